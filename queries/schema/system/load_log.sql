-- One load that was published. "read" = inserted + updated + unchanged + refused.
create table load_log (
    load_id varchar not null,
    loaded_at timestamp not null,
    loaded_by varchar not null,
    file_name varchar not null,
    sha256 varchar not null,
    table_name varchar not null,
    mapping varchar not null,
    "read" bigint not null,
    inserted bigint not null,
    updated bigint not null,
    unchanged bigint not null,
    refused bigint not null,
    seconds double not null,
    unmapped varchar[] not null,  -- source columns that no rule mapped
    removed bigint                -- rows that a file in place of the whole table did not have
);
