-- A refused row with its original text, which may hold personal data: in the private file only. What
-- has become of it says refused_row. In rows of contract 1 all is null that stands after the reasons.
create table quarantine (
    load_id varchar not null,
    table_name varchar not null,
    file_name varchar not null,
    sha256 varchar not null,
    line bigint not null,        -- first line of the row in the source file, header = 1
    source_text varchar not null,
    reasons varchar[] not null,  -- one per failed rule: "column: what is wrong"
    problems struct(column_name varchar, rule varchar, value varchar)[],  -- the same; value breaks the rule
    fields varchar[],            -- under the header of read_by; null where the row was not taken apart
    row_key varchar,             -- its key as JSON, null where it is incomplete
    read_by varchar,             -- the load that read the row last, by its header and mapping
    edited boolean               -- whether somebody has changed the fields since
);
