-- purpose: what customers say of each member of staff, for the scorecards; rating is the customer's part
-- of the 360° review
-- grain: one row per member of staff with a survey
-- parameters: scope, selection
-- columns: staff_id, surveys, csat, rating
select
    v.staff_id,
    count(*) as surveys,
    csat(v) as csat,
    rating(v) as rating
from survey_selected($scope, $selection) as v
where v.staff_id is not null
group by v.staff_id
order by v.staff_id
