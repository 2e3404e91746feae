-- purpose: what the filter bar offers: regions, projects and categories in the scope
-- grain: one row per option
-- parameters: scope
-- columns: filter, value, label, parent, label_en
select 'region' as filter, region as value, region as label, null as parent, null as label_en
from project_in($scope)
where region is not null
group by region
union all
select 'project', project_id, project_name, region, null
from project_in($scope)
union all
select 'category', r.category, any_value(c.label_zh), null, any_value(c.label_en)
from service_record_in($scope) as r
left join category_in($scope) as c on c.category = r.category
where r.category is not null
group by r.category
order by filter, label, value
