-- How the file of a load was read, so that its rows can be read the same way again. The words of a
-- header are somebody's own: in the private file only.
create table load_source (
    load_id varchar not null,
    header varchar[] not null,
    mapping_name varchar not null,
    mapping varchar not null  -- the mapping file, as JSON
);
