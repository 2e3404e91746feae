-- One row: what the whole store is. as_of is null while the store holds no record and no survey.
create table store_info (
    contract_version integer not null,
    as_of timestamp,
    demo boolean not null default false,
    published_at timestamp not null
);
