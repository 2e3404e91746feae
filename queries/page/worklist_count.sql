-- purpose: how many items each queue of the worklist holds, and how many of them are unfinished
-- grain: a queue: overdue, due_soon, open_over_30d, reopened, repeat, low_rating, rectification; '' for
-- all of them, an item in several queues once
-- parameters: scope, selection
-- columns: queue, items, unfinished
select
    coalesce(w.queue, '') as queue,
    count(distinct (w.source, w.item)) as items,
    count(distinct (w.source, w.item)) filter (where w.unfinished) as unfinished
from worklist_selected($scope, $selection) as w
group by rollup (w.queue)
having count(*) > 0
