-- purpose: projects, staff and customers that records name and no file has described yet
-- grain: one row per name
-- parameters: scope, limit?
-- columns: table_name, id
select 'project' as table_name, project_id as id from project_in($scope) where not registered
union all
select 'staff', staff_id from staff_in($scope) where not registered
union all
select 'customer', customer_id from customer_in($scope) where not registered
order by table_name, id
limit $limit
