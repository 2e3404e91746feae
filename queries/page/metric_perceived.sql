-- purpose: sufficient statistics of the drivers of satisfaction
-- grain: a group of the breakdown; by: null (one total row, group ''), project, region, staff, month,
-- kind, category, stage, level, channel, tier, target_tier, segment, grade, team, weekday, hour or
-- handover
-- parameters: scope, selection, by?
-- columns: group, drivers
select
    survey_group($by, v, v.responded_at) as "group",
    drivers(v) as drivers
from perceived_selected($scope, $selection) as v
where survey_group($by, v, v.responded_at) is not null
group by 1
