-- purpose: projects, staff and customers that records name and no file has described yet
-- grain: one row per name
-- parameters: scope, table?, limit?
-- columns: table_name, id, records
with
named as (
    select 'project' as table_name, project_id as id from project_in($scope) where not registered
    union all
    select 'staff', staff_id from staff_in($scope) where not registered
    union all
    select 'customer', customer_id from customer_in($scope) where not registered
),

used as (
    select 'project' as table_name, project_id as id, count(*) as records
    from service_record_in($scope) group by project_id
    union all
    select 'staff', staff_id, count(*) from service_record_in($scope) group by staff_id
    union all
    select 'customer', customer_id, count(*) from service_record_in($scope) group by customer_id
)

select n.table_name, n.id, coalesce(u.records, 0) as records
from named as n
left join used as u on u.table_name = n.table_name and u.id = n.id
where $table is null or n.table_name = $table
order by n.table_name, records desc, n.id
limit $limit
