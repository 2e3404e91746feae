-- purpose: the region of each project, and the team that serves it, where it is one
-- grain: one row per project; team is null where its present staff are of several or of none
-- parameters: scope
-- columns: project_id, region, team
with served as (
    select project_id, any_value(team) as team
    from member_in($scope)
    where left_on is null and team is not null
    group by project_id
    having count(distinct team) = 1
)
select p.project_id, p.region, s.team
from project_in($scope) as p
left join served as s on s.project_id = p.project_id
order by p.project_id
