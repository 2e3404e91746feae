-- How many rows of a load met one rule: "refused" keeps the row out, "warning" lets it in.
create table load_problem (
    load_id varchar not null,
    severity varchar not null,
    rule varchar not null,
    column_name varchar not null,
    row_count bigint not null
);
