-- purpose: who the staff of a scope are
-- grain: one row per member of staff
-- parameters: scope
-- columns: staff_id, staff_name, position, grade, team, project_id, hired_on, left_on
select staff_id, staff_name, position, grade, team, project_id, hired_on, left_on
from staff_in($scope)
order by staff_id
