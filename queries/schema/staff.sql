-- A member of staff or, where the source names no person, a responsible department.
create table staff (
    staff_id varchar not null,
    staff_name varchar not null,
    position varchar,
    grade varchar,
    team varchar,
    project_id varchar,
    hired_on date,
    left_on date,
    registered boolean not null default true  -- false: named by a record, not yet described by a staff file
);
