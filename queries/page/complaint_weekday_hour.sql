-- purpose: when complaints are raised, for the heatmap
-- grain: one row per weekday (Monday = 1) and hour with a complaint
-- parameters: scope, selection
-- columns: weekday, hour, count
select
    isodow(r.created_at)::integer as weekday,
    hour(r.created_at)::integer as hour,
    count(*) as count
from record_selected($scope, $selection) as r
where complaint_count_counted(r)
group by all
order by all
