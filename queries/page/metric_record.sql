-- purpose: sufficient statistics of the record metrics
-- grain: a group of the breakdown; by: null (one total row, group ''), project, region, staff, month,
-- kind, category, stage, level, channel, tier, target_tier, segment, grade, team, weekday, hour or
-- handover
-- parameters: scope, selection, by?
-- columns: group, record_count, complaint_count, complaint_rate, open_count, open_over_30d,
-- age_bucket, first_response_median, first_response_p90, response_l1_rate, onsite_l2_rate,
-- complete_l3_rate, standard_rate, on_time_rate, resolution_mean, closed_loop_rate, reopen_rate,
-- escalation_rate, cost_per_record, focus_share, delay_grade
select
    record_group($by, r) as "group",
    record_count(r) as record_count,
    complaint_count(r) as complaint_count,
    complaint_rate(r) as complaint_rate,
    open_count(r) as open_count,
    open_over_30d(r) as open_over_30d,
    age_bucket(r) as age_bucket,
    first_response_median(r) as first_response_median,
    first_response_p90(r) as first_response_p90,
    response_l1_rate(r) as response_l1_rate,
    onsite_l2_rate(r) as onsite_l2_rate,
    complete_l3_rate(r) as complete_l3_rate,
    standard_rate(r) as standard_rate,
    on_time_rate(r) as on_time_rate,
    resolution_mean(r) as resolution_mean,
    closed_loop_rate(r) as closed_loop_rate,
    reopen_rate(r) as reopen_rate,
    escalation_rate(r) as escalation_rate,
    cost_per_record(r) as cost_per_record,
    focus_share(r) as focus_share,
    delay_grade(r) as delay_grade
from record_selected($scope, $selection) as r
where record_group($by, r) is not null
group by 1
