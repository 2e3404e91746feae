-- purpose: the projects of a scope, and what is known of each
-- grain: one row per project
-- parameters: scope
-- columns: project_id, project_name, region, city, property_type, households, handed_over_on
select
    project_id,
    project_name,
    region,
    city,
    property_type,
    households,
    handed_over_on
from project_in($scope)
order by project_id
