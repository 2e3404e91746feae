-- purpose: sufficient statistics of the record metrics that findings compare, several breakdowns at once
-- grain: a group of one of the dimensions ('' the whole selection), where monthly of one month
-- parameters: scope, selection, dimensions, monthly
-- columns: dimension, group, month, record_count, complaint_count, response_l1_rate, onsite_l2_rate,
-- complete_l3_rate, standard_rate, on_time_rate, reopen_rate, escalation_rate, tier_attainment
select
    d.dimension,
    record_group(nullif(d.dimension, ''), r) as "group",
    case when $monthly::boolean then month_key(r.created_at) else '' end as month,
    record_count(r) as record_count,
    complaint_count(r) as complaint_count,
    response_l1_rate(r) as response_l1_rate,
    onsite_l2_rate(r) as onsite_l2_rate,
    complete_l3_rate(r) as complete_l3_rate,
    standard_rate(r) as standard_rate,
    on_time_rate(r) as on_time_rate,
    reopen_rate(r) as reopen_rate,
    escalation_rate(r) as escalation_rate,
    tier_attainment(r) as tier_attainment
from record_selected($scope, $selection) as r
cross join (select unnest($dimensions::varchar[]) as dimension) as d
where record_group(nullif(d.dimension, ''), r) is not null
group by all
