-- purpose: sufficient statistics of the churn rate, several breakdowns at once
-- grain: a group of one of the dimensions ('' the whole selection), where monthly of one month
-- parameters: scope, selection, dimensions, monthly
-- columns: dimension, group, month, churn_rate
select
    d.dimension,
    customer_group(nullif(d.dimension, ''), c) as "group",
    case when $monthly::boolean then month_key(c.period_start) else '' end as month,
    churn_rate(c) as churn_rate
from customer_selected($scope, $selection, case when $monthly::boolean then 'month' end) as c
cross join (select unnest($dimensions::varchar[]) as dimension) as d
where customer_group(nullif(d.dimension, ''), c) is not null
group by all
