-- purpose: the people that the training coverage counts, those who missed most first; part: counted or
-- met
-- grain: one row per member of staff
-- parameters: scope, selection, metric, part, limit?, offset?
-- columns: staff_id, staff_name, project_id, project_name, region, required_sessions,
-- attended_sessions
select
    s.staff_id,
    s.staff_name,
    s.project_id,
    s.project_name,
    s.region,
    s.required_sessions,
    s.attended_sessions
from trainee_selected($scope, $selection, null) as s
where case $metric
    when 'training_coverage' then drilled($part, training_coverage_counted(s), training_coverage_met(s))
end
order by s.required_sessions - s.attended_sessions desc, s.staff_id
limit $limit
offset $offset
