-- purpose: the findings of inspections by how severe they are, in which phase of the service, and what
-- became of them
-- grain: one row per severity (null: none given) and phase (null: none given) with a finding
-- parameters: scope, selection
-- columns: severity, phase, findings, on_time, late, overdue, pending, undated
select
    i.severity,
    i.phase,
    count(*) as findings,
    count(*) filter (where rectification_outcome(i) = 'on_time') as on_time,
    count(*) filter (where rectification_outcome(i) = 'late') as late,
    count(*) filter (where rectification_outcome(i) = 'overdue') as overdue,
    count(*) filter (where rectification_outcome(i) = 'pending') as pending,
    count(*) filter (where rectification_outcome(i) = 'undated') as undated
from inspection_selected($scope, $selection) as i
where i.finding is not null
group by i.severity, i.phase
order by i.severity, i.phase
