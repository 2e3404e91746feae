-- purpose: the sessions that a training metric counts, newest first; part: counted or met
-- grain: one row per person and session
-- parameters: scope, selection, metric, part, limit?, offset?
-- columns: training_id, staff_id, staff_name, project_id, project_name, region, course, held_on,
-- required, attended, score, passed, hours
select
    t.training_id,
    t.staff_id,
    t.staff_name,
    t.project_id,
    t.project_name,
    t.region,
    t.course,
    t.held_on,
    t.required,
    t.attended,
    t.score,
    t.passed,
    t.hours
from training_selected($scope, $selection) as t
where case $metric
    when 'training_pass_rate' then drilled($part, training_pass_rate_counted(t), training_pass_rate_met(t))
end
order by t.held_on desc, t.training_id
limit $limit
offset $offset
