-- purpose: expectation and perception per SERVQUAL dimension, over rows that have both
-- grain: a group of the breakdown and a dimension; by: null (group ''), project, region, staff, month,
-- kind, category, stage, level, channel, tier, target_tier, segment, grade, team, weekday or hour
-- parameters: scope, selection, by?
-- columns: group, dimension, n, expectation, perception
select
    survey_group($by, d, d.responded_at) as "group",
    dimension,
    count(*) as n,
    avg(expectation) as expectation,
    avg(perception) as perception
from dimension_selected($scope, $selection) as d
where expectation is not null
    and perception is not null
    and survey_group($by, d, d.responded_at) is not null
group by all
order by 1, 2
