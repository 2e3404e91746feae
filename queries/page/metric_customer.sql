-- purpose: sufficient statistics of the churn rate; by month each month is a period of its own
-- grain: a group of the breakdown; by: null (one total row, group ''), project, region, month or segment
-- parameters: scope, selection, by?
-- columns: group, churn_rate
select
    customer_group($by, c) as "group",
    churn_rate(c) as churn_rate
from customer_selected($scope, $selection, $by) as c
where customer_group($by, c) is not null
group by 1
