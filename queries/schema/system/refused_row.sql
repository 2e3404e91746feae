-- One refused row of a load and what has become of it, without any text of it. For every load,
-- refused = open + closed + dismissed + superseded.
create table refused_row (
    load_id varchar not null,
    line bigint not null,
    table_name varchar not null,
    problems struct(column_name varchar, rule varchar)[] not null,  -- as the row was read last
    -- open; closed: a later load took the row, or its mapping leaves it out; dismissed: it shall not be
    -- loaded; superseded: it is held already, as the row closed_line of the load closed_by
    state varchar not null,
    closed_by varchar,  -- a load; none for a row that was dismissed
    closed_line bigint,
    closed_at timestamp,
    closed_who varchar
);
