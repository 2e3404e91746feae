-- purpose: the parts of the 360° review that are not the customer's
-- grain: one row per member of staff and reviewer
-- parameters: scope, selection
-- columns: staff_id, reviewer, rating
select
    r.staff_id,
    r.reviewer,
    rating(r) as rating
from review_selected($scope, $selection) as r
where rating_counted(r)
group by r.staff_id, r.reviewer
order by r.staff_id, r.reviewer
