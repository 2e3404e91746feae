-- purpose: sufficient statistics of the inspection metrics
-- grain: a group of the breakdown; by: null (one total row, group ''), project, region, staff or month
-- parameters: scope, selection, by?
-- columns: group, inspection_score, rectified_on_time
select
    staff_group($by, i, i.inspected_on) as "group",
    inspection_score(i) as inspection_score,
    rectified_on_time(i) as rectified_on_time
from inspection_selected($scope, $selection) as i
where staff_group($by, i, i.inspected_on) is not null
group by 1
