-- purpose: sufficient statistics of the survey metrics
-- grain: a group of the breakdown; by: null (one total row, group ''), project, region, staff, month,
-- kind, category, stage, level, channel, tier, target_tier, segment, grade, team, weekday, hour or
-- handover
-- parameters: scope, selection, by?
-- columns: group, nps, csat, csat_mean, ces, ces_easy
select
    survey_group($by, v, v.responded_at) as "group",
    nps(v) as nps,
    csat(v) as csat,
    csat_mean(v) as csat_mean,
    ces(v) as ces,
    ces_easy(v) as ces_easy
from survey_selected($scope, $selection) as v
where survey_group($by, v, v.responded_at) is not null
group by 1
