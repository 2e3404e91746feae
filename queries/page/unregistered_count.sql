-- purpose: how many projects, staff and customers records name that no file has described yet
-- grain: one row per table that has any
-- parameters: scope
-- columns: table_name, names
select 'project' as table_name, count(*) as names from project_in($scope) where not registered
having count(*) > 0
union all
select 'staff', count(*) from staff_in($scope) where not registered having count(*) > 0
union all
select 'customer', count(*) from customer_in($scope) where not registered having count(*) > 0
