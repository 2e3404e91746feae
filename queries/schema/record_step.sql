-- One step of the standard procedure of a record.
create table record_step (
    record_id varchar not null,
    step_no integer not null,
    step varchar not null,
    department varchar,
    due_at timestamp,
    done_at timestamp,
    accepted boolean
);
