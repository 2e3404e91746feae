-- purpose: sufficient statistics of the SERVQUAL gaps
-- grain: a group of the breakdown; by: null (one total row, group ''), project, region, staff, month,
-- kind, category, stage, level, channel, tier, target_tier, segment, grade, team, weekday, hour or
-- handover
-- parameters: scope, selection, by?
-- columns: group, gap_reliability, gap_responsiveness, gap_assurance, gap_empathy, gap_tangibles,
-- gap_index
select
    survey_group($by, d, d.responded_at) as "group",
    gap_reliability(d) as gap_reliability,
    gap_responsiveness(d) as gap_responsiveness,
    gap_assurance(d) as gap_assurance,
    gap_empathy(d) as gap_empathy,
    gap_tangibles(d) as gap_tangibles,
    gap_index(d) as gap_index
from dimension_selected($scope, $selection) as d
where survey_group($by, d, d.responded_at) is not null
group by 1
