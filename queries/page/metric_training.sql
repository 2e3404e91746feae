-- purpose: sufficient statistics of the training metrics that count sessions
-- grain: a group of the breakdown; by: null (one total row, group ''), project, region, staff or month
-- parameters: scope, selection, by?
-- columns: group, training_pass_rate
select
    staff_group($by, t, t.held_on) as "group",
    training_pass_rate(t) as training_pass_rate
from training_selected($scope, $selection) as t
where staff_group($by, t, t.held_on) is not null
group by 1
