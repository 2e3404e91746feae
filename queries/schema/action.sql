-- One improvement action in the plan, do, check, act cycle.
create table action (
    action_id varchar not null,
    project_id varchar,
    metric varchar not null,
    title varchar not null,
    cause varchar,
    owner_id varchar,
    phase varchar not null,
    opened_on date not null,
    due_on date,
    closed_on date
);
