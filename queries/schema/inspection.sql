-- One supervision of one item, with its finding and rectification.
create table inspection (
    inspection_id varchar not null,
    project_id varchar not null,
    staff_id varchar,
    inspected_on date not null,
    item varchar not null,
    phase varchar,
    score double,
    passed boolean,
    finding varchar,
    severity varchar,
    due_on date,
    rectified_on date,
    rechecked_on date,
    recheck_passed boolean
);
