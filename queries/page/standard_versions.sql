-- purpose: the service standards, every version with its state and dates
-- grain: one row per standard and version
-- parameters: scope
-- columns: standard_id, version, name, measure, scope, threshold, unit, state, effective_from,
-- effective_to
select standard_id, version, name, measure, s.scope, threshold, unit, state, effective_from, effective_to
from standard_in($scope) as s
order by standard_id, effective_from nulls first, version
