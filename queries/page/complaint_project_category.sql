-- purpose: complaints by project and category, for the heatmap
-- grain: one row per project and category ('' for none) with a complaint
-- parameters: scope, selection
-- columns: project_id, project_name, category, count
select
    r.project_id,
    any_value(r.project_name) as project_name,
    coalesce(r.category, '') as category,
    count(*) as count
from record_selected($scope, $selection) as r
where complaint_count_counted(r)
group by r.project_id, coalesce(r.category, '')
order by r.project_id, category
