-- purpose: records by status, the only figure that cancelled ones are part of
-- grain: one row per status that occurs
-- parameters: scope, selection
-- columns: status, count
select
    r.status,
    count(*) as count
from record_listed($scope, $selection) as r
group by r.status
order by r.status
