-- purpose: expectation and perception per SERVQUAL dimension, over rows that have both
-- grain: one row per dimension
-- parameters: scope, selection
-- columns: dimension, n, expectation, perception
select
    dimension,
    count(*) as n,
    avg(expectation) as expectation,
    avg(perception) as perception
from dimension_selected($scope, $selection)
where expectation is not null and perception is not null
group by dimension
order by dimension
