-- purpose: what the cases of each member of staff cost and what such cases cost on average (the mean of
-- the selection's records of the same kind and category), with the sums that the variance of their
-- ratio needs
-- grain: one row per member of staff with a record that has a cost
-- parameters: scope, selection
-- columns: staff_id, n, cost, expected, cost_squared, cost_expected, expected_squared
with costed as (
    select
        r.staff_id,
        r.cost::double as cost,
        avg(r.cost::double) over (partition by r.kind, r.category) as expected
    from record_selected($scope, $selection) as r
    where cost_per_record_counted(r)
)

select
    staff_id,
    count(*) as n,
    sum(cost) as cost,
    sum(expected) as expected,
    sum(cost * cost) as cost_squared,
    sum(cost * expected) as cost_expected,
    sum(expected * expected) as expected_squared
from costed
where staff_id is not null
group by staff_id
order by staff_id
