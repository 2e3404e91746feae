-- purpose: sufficient statistics of the tier metrics
-- grain: a group of the breakdown; by: null (one total row, group ''), project, region, staff, month,
-- kind, category, stage, level, channel, tier, target_tier, segment, grade, team, weekday, hour or
-- handover
-- parameters: scope, selection, by?
-- columns: group, tier_share, tier_attainment, tier_index, tier_matrix
select
    record_group($by, r) as "group",
    tier_share(r) as tier_share,
    tier_attainment(r) as tier_attainment,
    tier_index(r) as tier_index,
    tier_matrix(r) as tier_matrix
from record_selected($scope, $selection) as r
where record_group($by, r) is not null
group by 1
