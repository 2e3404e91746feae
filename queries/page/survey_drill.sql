-- purpose: the surveys that a metric counts, newest first; part: counted, met, or promoters,
-- passives, detractors of nps
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
from survey_selected($scope, $selection) as v
where case $metric
    when 'nps' then nps_counted(v) and $part in ('counted', nps_group(v))
    when 'csat' then drilled($part, csat_counted(v), csat_met(v))
    when 'csat_mean' then drilled_all($part, csat_mean_counted(v))
    when 'ces' then drilled_all($part, ces_counted(v))
    when 'ces_easy' then drilled($part, ces_easy_counted(v), ces_easy_met(v))
end
order by v.responded_at desc, v.survey_id
limit $limit
offset $offset
