-- purpose: times to resolution in hours, ended and censored, of both survival metrics
-- grain: a group of the breakdown; by: null (one total row, group ''), project, region, staff, month,
-- kind, category, stage, level, channel, tier, target_tier, segment, grade, team, weekday, hour or
-- handover
-- parameters: scope, selection, by?
-- columns: group, resolution_median
select
    record_group($by, r) as "group",
    resolution_median(r) as resolution_median
from record_selected($scope, $selection) as r
where record_group($by, r) is not null
group by 1
