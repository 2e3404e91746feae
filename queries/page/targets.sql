-- purpose: the targets that apply to what is selected, of every month; the first one that fits wins
-- grain: one row per metric, scope and month, by metric, the narrowest scope first, then the months
-- before the one for all months (null)
-- parameters: scope, selection
-- columns: metric, scope_type, scope_id, month, value
select
    metric,
    scope_type,
    scope_id,
    month,
    value
from target_selected($scope, $selection)
order by metric, breadth, month nulls last, value
