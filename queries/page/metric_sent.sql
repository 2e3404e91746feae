-- purpose: sufficient statistics of the response rate
-- grain: a group of the breakdown; by: null (one total row, group ''), project, region, staff, month,
-- kind, category, stage, level, channel, tier, target_tier, segment, grade, team, weekday, hour or
-- handover
-- parameters: scope, selection, by?
-- columns: group, response_rate
select
    survey_group($by, v, v.sent_at) as "group",
    response_rate(v) as response_rate
from survey_sent($scope, $selection) as v
where survey_group($by, v, v.sent_at) is not null
group by 1
