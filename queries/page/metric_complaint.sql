-- purpose: sufficient statistics of the repeat rate
-- grain: a group of the breakdown; by: null (one total row, group ''), project, region, staff, month,
-- kind, category, stage, level, channel, tier, target_tier, segment, grade, team, weekday, hour or
-- handover
-- parameters: scope, selection, by?
-- columns: group, repeat_rate
select
    record_group($by, c) as "group",
    repeat_rate(c) as repeat_rate
from complaint_selected($scope, $selection) as c
where record_group($by, c) is not null
group by 1
