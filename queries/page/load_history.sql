-- purpose: the loads of the store, newest first
-- grain: one row per load
-- parameters: scope
-- columns: load_id, loaded_at, loaded_by, file_name, table_name, read, inserted, updated, unchanged, refused
select
    load_id, loaded_at, loaded_by, file_name, table_name, "read", inserted, updated, unchanged, refused
from load_log_in($scope)
order by loaded_at desc, load_id
