-- purpose: the records for which what the standard of their level asks has not been done yet; outcome:
-- overdue, or pending (still within the time); the earliest deadline first
-- grain: one row per record
-- parameters: scope, selection, outcome, limit?
-- columns: record_id, project_id, project_name, staff_id, kind, category, level, created_at, deadline,
-- days_left
select
    r.record_id,
    r.project_id,
    r.project_name,
    r.staff_id,
    r.kind,
    r.category,
    r.level,
    r.created_at,
    standard_deadline(r) as deadline,
    hours_between(r.as_of, standard_deadline(r)) / 24 as days_left
from record_selected($scope, $selection) as r
where standard_outcome(r) = $outcome and $outcome in ('overdue', 'pending')
order by deadline, r.record_id
limit $limit
