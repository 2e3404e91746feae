-- purpose: sufficient statistics of the training metrics that count people; by month each month is a
-- period of its own
-- grain: a group of the breakdown; by: null (one total row, group ''), project, region, staff or month
-- parameters: scope, selection, by?
-- columns: group, training_coverage
select
    staff_group($by, s, s.period_start) as "group",
    training_coverage(s) as training_coverage
from trainee_selected($scope, $selection, $by) as s
where staff_group($by, s, s.period_start) is not null
group by 1
