-- purpose: the surveys that the drivers of satisfaction count, newest first
-- grain: one row per survey
-- parameters: scope, selection, metric, part, limit?, offset?
-- columns: survey_id, record_id, project_id, project_name, region, customer_id, staff_id, kind,
-- stage, category, level, sent_at, responded_at, csat, reliability, responsiveness, assurance,
-- empathy, tangibles, comment
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
    v.csat,
    v.reliability,
    v.responsiveness,
    v.assurance,
    v.empathy,
    v.tangibles,
    v.comment
from perceived_selected($scope, $selection) as v
where case $metric when 'drivers' then drilled_all($part, drivers_counted(v)) end
order by v.responded_at desc, v.survey_id
limit $limit
offset $offset
