-- purpose: the customers with the most complaints that the repeat rate counts as repeated
-- grain: one row per customer with a repeated complaint
-- parameters: scope, selection, limit?
-- columns: customer_id, project_id, project_name, complaints, repeated, open, categories, last_created_at,
-- customers
select
    c.customer_id,
    arg_max(c.project_id, c.created_at) as project_id,
    arg_max(c.project_name, c.created_at) as project_name,
    count(*) as complaints,
    repeat_rate(c).x as repeated,
    open_count(c).n as open,
    list(distinct coalesce(c.category, '') order by coalesce(c.category, '')) as categories,
    max(c.created_at) as last_created_at,
    count(*) over () as customers
from complaint_selected($scope, $selection) as c
where c.customer_id is not null
group by c.customer_id
having repeat_rate(c).x > 0
order by repeated desc, complaints desc, last_created_at desc, c.customer_id
limit $limit
