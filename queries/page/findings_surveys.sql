-- purpose: sufficient statistics of the survey metrics that findings compare, several breakdowns at once
-- grain: a group of one of the dimensions ('' the whole selection), where monthly of one month
-- parameters: scope, selection, dimensions, monthly
-- columns: dimension, group, month, nps, csat, ces
select
    d.dimension,
    survey_group(nullif(d.dimension, ''), v, v.responded_at) as "group",
    case when $monthly::boolean then month_key(v.responded_at) else '' end as month,
    nps(v) as nps,
    csat(v) as csat,
    ces(v) as ces
from survey_selected($scope, $selection) as v
cross join (select unnest($dimensions::varchar[]) as dimension) as d
where survey_group(nullif(d.dimension, ''), v, v.responded_at) is not null
group by all
