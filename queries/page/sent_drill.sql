-- purpose: the surveys that the response rate counts, newest first; part: counted or met
-- grain: one row per survey
-- parameters: scope, selection, metric, part, limit?, offset?
-- columns: survey_id, record_id, project_id, project_name, region, customer_id, staff_id, kind,
-- stage, category, level, sent_at, responded_at, channel, nps, csat, ces, attitude, ability,
-- efficiency, content_quality, after_sales, comment
select
    v.survey_id,
    v.record_id,
    v.project_id,
    v.project_name,
    v.region,
    v.customer_id,
    v.staff_id,
    v.kind,
    v.stage,
    v.category,
    v.level,
    v.sent_at,
    v.responded_at,
    v.channel,
    v.nps,
    v.csat,
    v.ces,
    v.attitude,
    v.ability,
    v.efficiency,
    v.content_quality,
    v.after_sales,
    v.comment
from survey_sent($scope, $selection) as v
where case $metric
    when 'response_rate' then drilled($part, response_rate_counted(v), response_rate_met(v))
end
order by v.sent_at desc, v.survey_id
limit $limit
offset $offset
