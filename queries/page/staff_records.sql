-- purpose: the handling of each member of staff, for the scorecards
-- grain: one row per member of staff with a record
-- parameters: scope, selection
-- columns: staff_id, records, standard_rate, resolved_within_3d, reopen_rate, value_added
select
    r.staff_id,
    count(*) as records,
    standard_rate(r) as standard_rate,
    resolved_within_3d(r) as resolved_within_3d,
    reopen_rate(r) as reopen_rate,
    value_added(r) as value_added
from record_selected($scope, $selection) as r
where r.staff_id is not null
group by r.staff_id
order by r.staff_id
