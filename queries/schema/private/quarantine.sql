-- A refused row with its original text, which may hold personal data: in the private file only.
create table quarantine (
    load_id varchar not null,
    table_name varchar not null,
    file_name varchar not null,
    sha256 varchar not null,
    line bigint not null,       -- first line of the row in the source file, header = 1
    source_text varchar not null,
    reasons varchar[] not null  -- one per failed rule: "column: what is wrong"
);
