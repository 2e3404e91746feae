-- purpose: records by region, category and month, for the months in which a category stands out
-- grain: one row per region ('' for none), category and month with a record; records without a category
-- are left out
-- parameters: scope, selection
-- columns: region, category, month, count
select
    coalesce(r.region, '') as region,
    r.category,
    month_key(r.created_at) as month,
    count(*) as count
from record_selected($scope, $selection) as r
where r.category is not null
group by all
order by all
