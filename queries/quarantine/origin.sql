-- purpose: how the rows with these ids are to be read: as they were read last; what is not held any
--          more is left out. Rows that were read alike at first are alike, whichever was read again
-- grain: one row per way of reading
-- parameters: loads, lines (of the rows, side by side)
with
reading as (
    select
        q.table_name, f.mapping as first_mapping,
        s.mapping, s.mapping_name, s.header, (l.loaded_at, l.rowid) as moment
    from private.quarantine as q
    inner join (
        select unnest($loads::varchar[]) as load_id, unnest($lines::bigint[]) as line
    ) as asked on asked.load_id = q.load_id and asked.line = q.line
    left join private.load_source as f on f.load_id = q.load_id
    left join private.load_source as s on s.load_id = q.read_by
    left join store.load_log as l on l.load_id = coalesce(q.read_by, q.load_id)
),
latest as (
    select
        table_name, first_mapping,
        arg_max(mapping, moment) as mapping,
        arg_max(mapping_name, moment) as mapping_name,
        arg_max(header, moment) as header
    from reading
    group by table_name, first_mapping
)
select
    table_name, mapping,
    any_value(mapping_name) as mapping_name, any_value(header) as header
from latest
group by table_name, mapping;
