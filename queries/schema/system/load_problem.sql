-- How many rows of a load met one rule: "refused" keeps the row out, "warning" lets it in, "lacking"
-- tells what figures will miss.
create table load_problem (
    load_id varchar not null,
    severity varchar not null,
    rule varchar not null,
    column_name varchar not null,
    row_count bigint not null
);
