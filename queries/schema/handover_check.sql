-- One item checked at handover.
create table handover_check (
    check_id varchar not null,
    project_id varchar not null,
    customer_id varchar,
    item varchar not null,
    checked_on date not null,
    passed boolean not null,
    fixed_on date
);
