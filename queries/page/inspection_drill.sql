-- purpose: the inspections that a metric counts, newest first; part: counted or met
-- grain: one row per inspection
-- parameters: scope, selection, metric, part, limit?, offset?
-- columns: inspection_id, project_id, project_name, region, staff_id, inspected_on, item, phase,
-- score, passed, finding, severity, due_on, rectified_on, rechecked_on, recheck_passed
select
    i.inspection_id,
    i.project_id,
    i.project_name,
    i.region,
    i.staff_id,
    i.inspected_on,
    i.item,
    i.phase,
    i.score,
    i.passed,
    i.finding,
    i.severity,
    i.due_on,
    i.rectified_on,
    i.rechecked_on,
    i.recheck_passed
from inspection_selected($scope, $selection) as i
where case $metric
    when 'inspection_score' then drilled_all($part, inspection_score_counted(i))
    when 'rectified_on_time' then drilled($part, rectified_on_time_counted(i), rectified_on_time_met(i))
end
order by i.inspected_on desc, i.inspection_id
limit $limit
offset $offset
