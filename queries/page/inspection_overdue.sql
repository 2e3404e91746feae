-- purpose: findings that are due and not rectified, the longest overdue first
-- grain: one row per inspection
-- parameters: scope, selection, limit?
-- columns: inspection_id, project_id, project_name, staff_id, inspected_on, item, phase, finding,
-- severity, due_on, days_late
select
    i.inspection_id,
    i.project_id,
    i.project_name,
    i.staff_id,
    i.inspected_on,
    i.item,
    i.phase,
    i.finding,
    i.severity,
    i.due_on,
    date_diff('day', i.due_on, i.as_of::date) as days_late
from inspection_selected($scope, $selection) as i
where rectification_outcome(i) = 'overdue'
order by i.due_on, i.inspection_id
limit $limit
