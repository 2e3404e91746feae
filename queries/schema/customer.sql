-- A customer without what identifies the person: name and phone are in customer_private.
create table customer (
    customer_id varchar not null,
    project_id varchar,
    segment varchar,
    vip boolean,
    handed_over_on date,
    joined_on date,
    left_on date,
    registered boolean not null default true  -- false: named by a record, not yet described by a customer file
);
