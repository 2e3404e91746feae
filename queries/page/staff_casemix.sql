-- purpose: satisfaction by member of staff, kind and level of the case, over surveys with a record, for
-- the expected satisfaction of a mix of cases
-- grain: one row per member of staff (null: nobody named), kind and level (null: none)
-- parameters: scope, selection
-- columns: staff_id, kind, level, csat
select
    v.staff_id,
    v.kind,
    v.level,
    csat(v) as csat
from survey_selected($scope, $selection) as v
where v.kind is not null and csat_counted(v)
group by v.staff_id, v.kind, v.level
order by v.staff_id, v.kind, v.level
