-- purpose: what has become of the rows that each load refused, the newest load first
-- grain: one row per load that refused any
-- parameters: scope
-- columns: load_id, loaded_at, loaded_by, file_name, table_name, refused, open, closed, dismissed,
-- superseded (held as a row of an earlier load), waiting (open here or there)
select
    r.load_id, l.loaded_at, l.loaded_by, l.file_name, l.table_name,
    count(*) as refused,
    count(*) filter (r.state = 'open') as open,
    count(*) filter (r.state = 'closed') as closed,
    count(*) filter (r.state = 'dismissed') as dismissed,
    count(*) filter (r.state = 'superseded') as superseded,
    count(*) filter (r.held_state = 'open') as waiting
from refused_row_in($scope) as r
inner join load_log_in($scope) as l on l.load_id = r.load_id
group by all
order by l.loaded_at desc, r.load_id
