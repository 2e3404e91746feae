-- purpose: improvement actions that should be finished and are not, the longest overdue first
-- grain: one row per action whose due date lies before the as-of day and that is not closed
-- parameters: scope, selection
-- columns: action_id, project_id, project_name, metric, title, owner_id, phase, opened_on, due_on,
-- days_overdue
select
    a.action_id,
    a.project_id,
    a.project_name,
    a.metric,
    a.title,
    a.owner_id,
    a.phase,
    a.opened_on,
    a.due_on,
    date_diff('day', a.due_on, a.as_of::date) as days_overdue
from action_in($scope) as a
where a.due_on < a.as_of::date
    and a.closed_on is null
    and chosen($selection['projects'], a.project_id)
    and chosen($selection['regions'], a.region)
order by days_overdue desc, a.action_id
