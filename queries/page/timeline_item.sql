-- purpose: what is known of one record, survey or inspection, above its timeline
-- grain: one row where the scope has it, else none; what its table lacks is null
-- parameters: scope, source, item
-- columns: source, item, project_id, project_name, region, customer_id, segment, vip, staff_id, kind,
-- stage, category, risk, level, channel, tier_target, tier_delivered, status, reopen_count, escalated,
-- cost, revenue, remedy, compensation, handled_by, phase, severity, score, title, detail, started_at,
-- as_of
with record as (
    select * from service_record_in($scope) where $source = 'service_record' and record_id = $item
),

survey as (
    select * from survey_in($scope) where $source = 'survey' and survey_id = $item
),

inspection as (
    select * from inspection_in($scope) where $source = 'inspection' and inspection_id = $item
),

found as (
    select *, record_id as item, created_at as started_at from record
    union all by name
    select
        * exclude (channel, comment, record_channel), survey_id as item, record_channel as channel,
        comment as detail, coalesce(sent_at, responded_at) as started_at
    from survey
    union all by name
    select
        * exclude (item, finding), inspection_id as item, i.item as title, finding as detail,
        inspected_on::timestamp as started_at
    from inspection as i
)

select
    $source::varchar as source,
    f.item,
    f.project_id,
    f.project_name,
    f.region,
    f.customer_id,
    f.segment,
    f.vip,
    f.staff_id,
    f.kind,
    f.stage,
    f.category,
    f.risk,
    f.level,
    f.channel,
    f.tier_target,
    f.tier_delivered,
    f.status,
    f.reopen_count,
    f.escalated,
    f.cost,
    f.revenue,
    f.remedy,
    f.compensation,
    f.handled_by,
    f.phase,
    f.severity,
    f.score,
    f.title,
    f.detail,
    f.started_at,
    o.as_of
from found as f
cross join store_info_in($scope) as o
