-- purpose: times to resolution in hours, ended and censored, several breakdowns at once
-- grain: a group of one of the dimensions ('' the whole selection), where monthly of one month
-- parameters: scope, selection, dimensions, monthly
-- columns: dimension, group, month, resolution_median
select
    d.dimension,
    record_group(nullif(d.dimension, ''), r) as "group",
    case when $monthly::boolean then month_key(r.created_at) else '' end as month,
    resolution_median(r) as resolution_median
from record_selected($scope, $selection) as r
cross join (select unnest($dimensions::varchar[]) as dimension) as d
where record_group(nullif(d.dimension, ''), r) is not null
group by all
