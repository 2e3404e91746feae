-- purpose: the loads that a store file tells of, the first one first
select
    load_id, loaded_at as "at", loaded_by as who, file_name as file, sha256, table_name as "table",
    mapping, "read", inserted, updated, unchanged, refused,
    coalesce(
        (
            select sum(row_count)::bigint from load_problem
            where load_problem.load_id = load_log.load_id and severity = 'warning'
        ),
        0
    ) as warnings,
    seconds
from load_log
order by loaded_at, load_log.rowid;
