-- purpose: the share of the selection's records that lacks what a figure needs, for the notes on
-- data quality; each share is of the rows that should have it
-- grain: one row
-- parameters: scope, selection
-- columns: no_staff, no_feedback
select
    1 - count(r.staff_id) / nullif(count(*), 0) as no_staff,
    1 - count(r.fed_back_at) filter (where r.kind = 'complaint' and r.resolved_at is not null)
    / nullif(count_if(r.kind = 'complaint' and r.resolved_at is not null), 0) as no_feedback
from record_selected($scope, $selection) as r
