-- purpose: the records whose standard of their level is not met yet: overdue ones and those that still
-- have time, the longest overdue first
-- grain: one row per record
-- parameters: scope, selection, limit?
-- columns: record_id, project_id, project_name, staff_id, kind, category, level, created_at, deadline,
-- hours_left, outcome
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
    hours_between(r.as_of, standard_deadline(r)) as hours_left,
    standard_outcome(r) as outcome
from record_selected($scope, $selection) as r
where standard_outcome(r) in ('overdue', 'pending')
order by deadline, r.record_id
limit $limit
