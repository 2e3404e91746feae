-- purpose: every target that a scope may see, of every place and month; the query targets has those that
-- apply to a selection
-- grain: one row per metric, scope and month, by metric and scope, the months before the one for all
-- months (null)
-- parameters: scope
-- columns: metric, scope_type, scope_id, month, value
select
    metric,
    scope_type,
    scope_id,
    month,
    value
from target_in($scope)
order by metric, scope_type, scope_id, month nulls last, value
