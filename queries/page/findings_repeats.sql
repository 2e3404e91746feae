-- purpose: sufficient statistics of the repeat rate, several breakdowns at once
-- grain: a group of one of the dimensions ('' the whole selection), where monthly of one month
-- parameters: scope, selection, dimensions, monthly
-- columns: dimension, group, month, repeat_rate
select
    d.dimension,
    record_group(nullif(d.dimension, ''), c) as "group",
    case when $monthly::boolean then month_key(c.created_at) else '' end as month,
    repeat_rate(c) as repeat_rate
from complaint_selected($scope, $selection) as c
cross join (select unnest($dimensions::varchar[]) as dimension) as d
where record_group(nullif(d.dimension, ''), c) is not null
group by all
