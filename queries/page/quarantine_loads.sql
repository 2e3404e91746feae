-- purpose: what has become of the rows that each load refused, the newest load first
-- grain: one row per load that refused any
-- parameters: scope
-- columns: load_id, refused, open, closed, dismissed
select load_id, refused, refused as open, 0 as closed, 0 as dismissed
from load_log_in($scope)
where refused > 0
order by loaded_at desc, load_id
