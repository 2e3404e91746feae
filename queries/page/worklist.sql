-- purpose: the items of one queue of the worklist or of all, the most urgent first: unfinished ones, then
-- by the queue, the latest and the most often reopened, then the oldest
-- grain: one row per item; reasons: {queue, hours, number, unfinished} of every queue it is in
-- parameters: scope, selection, queue?, unfinished?, limit?, offset?
-- columns: source, item, reasons, unfinished, project_id, project_name, region, customer_id, staff_id,
-- kind, category, level, status, title, started_at, as_of
with listed as (
    select
        *,
        ($queue is null or queue = $queue)
        and (unfinished or not coalesce($unfinished::boolean, false)) as wanted
    from worklist_selected($scope, $selection)
),

item as (
    select
        w.source,
        w.item,
        list(
            {'queue': w.queue, 'hours': w.hours, 'number': w.number, 'unfinished': w.unfinished}
            order by w.urgency, w.hours desc
        ) as reasons,
        min({
            'finished': not w.unfinished,
            'urgency': w.urgency,
            'late': -coalesce(w.hours, 0),
            'often': -coalesce(w.number, 0)
        }) filter (where w.wanted) as place,
        any_value(w.project_id) as project_id,
        any_value(w.project_name) as project_name,
        any_value(w.region) as region,
        any_value(w.customer_id) as customer_id,
        any_value(w.staff_id) as staff_id,
        any_value(w.kind) as kind,
        any_value(w.category) as category,
        any_value(w.level) as level,
        any_value(w.status) as status,
        any_value(w.title) as title,
        any_value(w.started_at) as started_at
    from listed as w
    group by w.source, w.item
    having bool_or(w.wanted)
)

select
    i.source,
    i.item,
    i.reasons,
    not i.place['finished'] as unfinished,
    i.project_id,
    i.project_name,
    i.region,
    i.customer_id,
    i.staff_id,
    i.kind,
    i.category,
    i.level,
    i.status,
    i.title,
    i.started_at,
    o.as_of
from item as i
cross join store_info_in($scope) as o
order by i.place, i.started_at, i.item
limit $limit
offset $offset
