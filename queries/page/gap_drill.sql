-- purpose: the surveys that a gap counts, newest first; for gap_index those of the dimension with the
-- fewest, none where a dimension has none
-- grain: one row per survey
-- parameters: scope, selection, metric, part, limit?, offset?
-- columns: survey_id, record_id, project_id, project_name, region, customer_id, staff_id, kind,
-- stage, category, level, sent_at, responded_at, dimension, expectation, perception
with counted as (
    select * from dimension_selected($scope, $selection) as d where gap_counted(d, d.dimension)
),

fewest as (
    select each.dimension
    from (
        select unnest(['reliability', 'responsiveness', 'assurance', 'empathy', 'tangibles']) as dimension
    ) as each
    left join counted on counted.dimension = each.dimension
    group by each.dimension
    order by count(counted.survey_id), each.dimension
    limit 1
)

select
    d.survey_id,
    d.record_id,
    d.project_id,
    d.project_name,
    d.region,
    d.customer_id,
    d.staff_id,
    d.kind,
    d.stage,
    d.category,
    d.level,
    d.sent_at,
    d.responded_at,
    d.dimension,
    d.expectation,
    d.perception
from counted as d
where case $metric
    when 'gap_reliability' then drilled_all($part, gap_reliability_counted(d))
    when 'gap_responsiveness' then drilled_all($part, gap_responsiveness_counted(d))
    when 'gap_assurance' then drilled_all($part, gap_assurance_counted(d))
    when 'gap_empathy' then drilled_all($part, gap_empathy_counted(d))
    when 'gap_tangibles' then drilled_all($part, gap_tangibles_counted(d))
    when 'gap_index' then drilled_all($part, d.dimension in (select f.dimension from fewest as f))
end
order by d.responded_at desc, d.survey_id
limit $limit
offset $offset
