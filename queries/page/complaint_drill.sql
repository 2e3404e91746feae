-- purpose: the complaints that the repeat rate counts, newest first; part: counted or met
-- grain: one row per complaint
-- parameters: scope, selection, metric, part, limit?, offset?
-- columns: record_id, project_id, project_name, region, customer_id, staff_id, kind, stage,
-- category, risk, channel, level, tier_target, tier_delivered, status, created_at, due_at,
-- first_response_at, on_site_at, resolved_at, fed_back_at, closed_at, reopen_count, escalated,
-- cost, title
select
    c.record_id,
    c.project_id,
    c.project_name,
    c.region,
    c.customer_id,
    c.staff_id,
    c.kind,
    c.stage,
    c.category,
    c.risk,
    c.channel,
    c.level,
    c.tier_target,
    c.tier_delivered,
    c.status,
    c.created_at,
    c.due_at,
    c.first_response_at,
    c.on_site_at,
    c.resolved_at,
    c.fed_back_at,
    c.closed_at,
    c.reopen_count,
    c.escalated,
    c.cost,
    c.title
from complaint_selected($scope, $selection) as c
where case $metric
    when 'repeat_rate' then drilled($part, repeat_rate_counted(c), repeat_rate_met(c))
end
order by c.created_at desc, c.record_id
limit $limit
offset $offset
