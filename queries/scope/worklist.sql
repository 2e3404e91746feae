-- purpose: what has to be done in a selection, and why: the rows of the worklist.

-- low ratings answered in the period: with the as-of time and when the customer was first followed up
-- afterwards, by a follow-up record of theirs or by the feedback on the record that was rated
create or replace macro low_rating_selected(scope, selection) as table
with low as (
    select v.*, i.as_of
    from survey_selected(scope, selection) as v
    cross join store_info_in(scope) as i
    where low_rating(v)
),

follow_up as (
    select customer_id, created_at
    from service_record_in(scope)
    where kind = 'follow_up' and status <> 'cancelled' and customer_id in (select customer_id from low)
)

select
    v.* replace (coalesce(r.staff_id, v.staff_id) as staff_id),
    r.status,
    r.title,
    r.closed_at,
    least(f.created_at, case when r.fed_back_at >= v.responded_at then r.fed_back_at end) as followed_up_at
from low as v
asof left join follow_up as f
    on v.customer_id = f.customer_id and v.responded_at <= f.created_at
left join service_record_in(scope) as r on r.record_id = v.record_id;

-- the queues that a record is in, each with the hours and the number that its reason names
create or replace macro record_queues(r) as list_filter(
    [
        case when overdue(r) then {
            'queue': 'overdue', 'hours': hours_between(r.due_at, r.as_of), 'number': null::integer,
            'unfinished': true
        } end,
        case when due_soon(r) then {
            'queue': 'due_soon', 'hours': hours_between(r.due_at, r.as_of), 'number': null::integer,
            'unfinished': true
        } end,
        case when open_over_30d_counted(r) and open_over_30d_met(r) then {
            'queue': 'open_over_30d', 'hours': hours_between(r.created_at, r.as_of),
            'number': null::integer, 'unfinished': true
        } end,
        case when reopen_rate_met(r) then {
            'queue': 'reopened', 'hours': null::double, 'number': r.reopen_count,
            'unfinished': r.closed_at is null
        } end
    ],
    lambda each: each is not null
);

-- one row per queue and item: "item" is the key of a row of the table "source"; a rating belongs to its
-- record where it has one. "hours" is how late, and below 0 how soon; "number" how often reopened,
-- or the rating; "unfinished" whether there is still something to do; "urgency" the place of the queue
create or replace macro worklist_selected(scope, selection) as table
with listed as (
    select
        'service_record' as source, r.record_id as item, unnest(record_queues(r)) as reason,
        r.project_id, r.project_name, r.region, r.customer_id, r.staff_id, r.kind, r.category, r.level,
        r.status, r.title, r.created_at as started_at
    from record_selected(scope, selection) as r
    where (is_open(r) or reopen_rate_met(r)) and len(record_queues(r)) > 0 -- the first part is cheap

    union all by name
    select
        'service_record' as source, c.record_id as item,
        {
            'queue': 'repeat', 'hours': null::double, 'number': null::integer,
            'unfinished': c.closed_at is null
        } as reason,
        c.project_id, c.project_name, c.region, c.customer_id, c.staff_id, c.kind, c.category, c.level,
        c.status, c.title, c.created_at as started_at
    from complaint_selected(scope, selection) as c
    where repeat_rate_counted(c) and repeat_rate_met(c)

    union all by name
    select
        case when v.record_id is null then 'survey' else 'service_record' end as source,
        coalesce(v.record_id, v.survey_id) as item,
        {
            'queue': 'low_rating',
            'hours': hours_between(v.responded_at, coalesce(v.followed_up_at, v.as_of)),
            'number': v.csat::integer, 'unfinished': v.followed_up_at is null
        } as reason,
        v.project_id, v.project_name, v.region, v.customer_id, v.staff_id, v.kind, v.category, v.level,
        v.status, coalesce(v.title, v.comment) as title,
        coalesce(v.record_created_at, v.responded_at) as started_at
    from low_rating_selected(scope, selection) as v
    where low_rating_missed(v)

    union all by name
    select
        'inspection' as source, i.inspection_id as item,
        {
            'queue': 'rectification',
            'hours': 24.0 * date_diff('day', i.due_on, coalesce(i.rectified_on, i.as_of::date)),
            'number': null::integer, 'unfinished': i.rectified_on is null
        } as reason,
        i.project_id, i.project_name, i.region, null as customer_id, i.staff_id, null as kind,
        null as category, null as level, null as status, i.finding as title,
        i.inspected_on::timestamp as started_at
    from inspection_selected(scope, selection) as i
    where rectified_on_time_counted(i) and not coalesce(rectified_on_time_met(i), false)
)

select
    l.* exclude (reason),
    l.reason['queue'] as queue,
    l.reason['hours'] as hours,
    l.reason['number'] as number,
    l.reason['unfinished'] as unfinished,
    list_position(
        [
            'overdue', 'due_soon', 'open_over_30d', 'reopened', 'repeat', 'low_rating', 'rectification'
        ],
        l.reason['queue']
    ) as urgency
from listed as l;
