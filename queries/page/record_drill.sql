-- purpose: the records that a metric counts, newest first; part: counted, met, a bucket of
-- age_bucket, a grade of delay_grade, of a standard those missed, overdue or pending, or a step of
-- closed_loop_rate that was reached (after "not_": those that stopped before it)
-- grain: one row per record
-- parameters: scope, selection, metric, part, limit?, offset?
-- columns: record_id, project_id, project_name, region, customer_id, staff_id, kind, stage,
-- category, risk, channel, level, tier_target, tier_delivered, status, created_at, due_at,
-- first_response_at, on_site_at, resolved_at, fed_back_at, closed_at, reopen_count, escalated,
-- cost, title
select
    r.record_id,
    r.project_id,
    r.project_name,
    r.region,
    r.customer_id,
    r.staff_id,
    r.kind,
    r.stage,
    r.category,
    r.risk,
    r.channel,
    r.level,
    r.tier_target,
    r.tier_delivered,
    r.status,
    r.created_at,
    r.due_at,
    r.first_response_at,
    r.on_site_at,
    r.resolved_at,
    r.fed_back_at,
    r.closed_at,
    r.reopen_count,
    r.escalated,
    r.cost,
    r.title
from record_selected($scope, $selection) as r
where case $metric
    when 'record_count' then drilled_all($part, record_count_counted(r))
    when 'complaint_count' then drilled_all($part, complaint_count_counted(r))
    when 'complaint_rate' then drilled($part, complaint_rate_counted(r), complaint_rate_met(r))
    when 'complaints_per_100_households' then drilled_all($part, complaints_per_100_households_counted(r))
    when 'open_count' then drilled_all($part, open_count_counted(r))
    when 'open_over_30d' then drilled($part, open_over_30d_counted(r), open_over_30d_met(r))
    when 'age_bucket' then age_bucket_counted(r) and $part in ('counted', age_bucket_of(r))
    when 'first_response_median' then drilled_all($part, first_response_median_counted(r))
    when 'first_response_p90' then drilled_all($part, first_response_p90_counted(r))
    when 'response_l1_rate'
        then drilled($part, response_l1_rate_counted(r), response_l1_rate_met(r))
            or (r.level = 'L1' and standard_outcome(r) = $part)
    when 'onsite_l2_rate'
        then drilled($part, onsite_l2_rate_counted(r), onsite_l2_rate_met(r))
            or (r.level = 'L2' and standard_outcome(r) = $part)
    when 'complete_l3_rate'
        then drilled($part, complete_l3_rate_counted(r), complete_l3_rate_met(r))
            or (r.level = 'L3' and standard_outcome(r) = $part)
    when 'standard_rate'
        then drilled($part, standard_rate_counted(r), standard_rate_met(r)) or standard_outcome(r) = $part
    when 'on_time_rate'
        then drilled($part, on_time_rate_counted(r), on_time_rate_met(r)) or promise_outcome(r) = $part
    when 'resolution_mean' then drilled_all($part, resolution_mean_counted(r))
    when 'resolution_median' then drilled_all($part, resolution_median_counted(r))
    when 'resolved_within_30d' then drilled_all($part, resolved_within_30d_counted(r))
    when 'closed_loop_rate' then closed_loop_rate_counted(r) and closed_loop_part(r, $part)
    when 'reopen_rate' then drilled($part, reopen_rate_counted(r), reopen_rate_met(r))
    when 'escalation_rate' then drilled($part, escalation_rate_counted(r), escalation_rate_met(r))
    when 'cost_per_record' then drilled_all($part, cost_per_record_counted(r))
    when 'focus_share' then drilled($part, focus_share_counted(r), focus_share_met(r))
    when 'delay_grade' then delay_grade_counted(r) and $part in ('counted', delay_grade_of(r))
    when 'tier_share' then drilled_all($part, tier_share_counted(r))
    when 'tier_attainment' then drilled($part, tier_attainment_counted(r), tier_attainment_met(r))
    when 'tier_index' then drilled_all($part, tier_index_counted(r))
    when 'tier_matrix' then drilled_all($part, tier_matrix_counted(r))
end
order by r.created_at desc, r.record_id
limit $limit
offset $offset
