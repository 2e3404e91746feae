-- purpose: what is dated about one record, one survey or one inspection; nothing outside the scope.

-- steps of the standard procedure: of the records in the scope
create or replace macro record_step_in(scope) as table
select s.*
from store.record_step as s
semi join service_record_in(scope) as r on r.record_id = s.record_id;

-- what happens to a record: when (null: not yet), and by when the standard of its level and the promise
-- wanted it
create or replace macro event_of(name, moment, standard_at, promised_at) as {
    'event': name,
    'at': moment::timestamp,
    'standard_at': standard_at::timestamp,
    'promised_at': promised_at::timestamp
};

create or replace macro record_events(r) as [
    event_of('created', r.created_at, null, null),
    event_of('first_response', r.first_response_at, case r.level when 'L1' then standard_deadline(r) end, null),
    event_of('investigated', r.investigated_at, null, null),
    event_of('on_site', r.on_site_at, case r.level when 'L2' then standard_deadline(r) end, null),
    event_of('delay_notified', r.delay_notified_at, null, null),
    event_of('resolved', r.resolved_at, case r.level when 'L3' then standard_deadline(r) end, r.due_at),
    event_of('fed_back', r.fed_back_at, null, null),
    event_of('closed', r.closed_at, null, null)
];

create or replace macro survey_events(v) as [
    event_of('sent', v.sent_at, null, null),
    event_of('answered', v.responded_at, null, null)
];

-- the day of a finding's date counts whole
create or replace macro inspection_events(i) as [
    event_of('inspected', i.inspected_on, null, null),
    event_of('rectified', i.rectified_on, null, case when i.finding is not null then i.due_on end),
    event_of('rechecked', i.rechecked_on, null, null)
];
