-- purpose: one load, who and what, with its counts
insert into store.load_log
select
    $load_id, $loaded_at, $loaded_by, $file_name, $sha256, $table_name, $mapping,
    $read, $inserted, $updated, $unchanged, $refused, $seconds, $unmapped,
    $removed;
