-- purpose: what happened to one record, survey or inspection, in order of time: its own events, the
-- steps of its procedure, its surveys, and other records of the same customer within 90 days of it
-- grain: one row per event; at is null for what has not happened, listed where it is wanted by a standard
-- (standard_at) or a promise (promised_at)
-- parameters: scope, source, item
-- columns: event, at, standard_at, promised_at, key, text, department, kind, category, status, accepted,
-- nps, csat, ces
with record as (
    select * from service_record_in($scope) where $source = 'service_record' and record_id = $item
),

survey as (
    select * from survey_in($scope)
    where ($source = 'survey' and survey_id = $item) or ($source = 'service_record' and record_id = $item)
),

inspection as (
    select * from inspection_in($scope) where $source = 'inspection' and inspection_id = $item
),

centre as (
    select customer_id, record_id, created_at as moment from record
    union all
    select customer_id, record_id, coalesce(responded_at, sent_at) from survey where $source = 'survey'
),

happened as (
    select unnest(record_events(r), recursive := true) from record as r
    union all by name
    select unnest(survey_events(v), recursive := true), v.survey_id as key, v.comment as text, v.nps, v.csat, v.ces
    from survey as v
    union all by name
    select unnest(inspection_events(i), recursive := true) from inspection as i
    union all by name
    select
        'step' as event, s.done_at as at, s.due_at as promised_at, s.step as text, s.department, s.accepted
    from record_step_in($scope) as s
    where $source = 'service_record' and s.record_id = $item
    union all by name
    select
        'other' as event, o.created_at as at, o.record_id as key, o.title as text, o.kind, o.category, o.status
    from service_record_in($scope) as o
    join centre as c on c.customer_id = o.customer_id
    where o.record_id is distinct from c.record_id
        and o.created_at between c.moment - interval 90 day and c.moment + interval 90 day
)

select
    h.event,
    h.at,
    h.standard_at,
    h.promised_at,
    h.key,
    h.text,
    h.department,
    h.kind,
    h.category,
    h.status,
    h.accepted,
    h.nps,
    h.csat,
    h.ces
from happened as h
where coalesce(h.at, h.standard_at, h.promised_at) is not null
order by
    coalesce(h.at, h.standard_at, h.promised_at),
    list_position(
        [
            'created', 'inspected', 'sent', 'answered', 'first_response', 'on_site', 'investigated', 'step',
            'delay_notified', 'resolved', 'rectified', 'rechecked', 'fed_back', 'closed', 'other'
        ],
        h.event
    ),
    h.key,
    h.text
