-- A target of one metric; the narrowest scope and then the exact month (YYYY-MM) win.
create table target (
    metric varchar not null,
    scope_type varchar not null,
    scope_id varchar,
    month varchar,
    value double not null
);
