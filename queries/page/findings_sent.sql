-- purpose: sufficient statistics of the response rate, several breakdowns at once
-- grain: a group of one of the dimensions ('' the whole selection), where monthly of one month
-- parameters: scope, selection, dimensions, monthly
-- columns: dimension, group, month, response_rate
select
    d.dimension,
    survey_group(nullif(d.dimension, ''), v, v.sent_at) as "group",
    case when $monthly::boolean then month_key(v.sent_at) else '' end as month,
    response_rate(v) as response_rate
from survey_sent($scope, $selection) as v
cross join (select unnest($dimensions::varchar[]) as dimension) as d
where survey_group(nullif(d.dimension, ''), v, v.sent_at) is not null
group by all
