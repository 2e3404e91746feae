-- One version of a service standard: a measurable threshold and its state in the life cycle.
create table standard (
    standard_id varchar not null,
    version varchar not null,
    name varchar not null,
    measure varchar not null,
    scope varchar,
    threshold double not null,
    unit varchar not null,
    state varchar not null,
    effective_from date,
    effective_to date
);
