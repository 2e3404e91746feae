-- A residential community or building. Personal data: none.
create table project (
    project_id varchar not null,
    project_name varchar not null,
    region varchar,
    city varchar,
    property_type varchar,
    households integer,
    handed_over_on date,
    registered boolean not null default true  -- false: named by a record, not yet described by a project file
);
