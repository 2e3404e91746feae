-- metric: closed_loop_rate
-- formula: complaints with first_response_at, resolved_at, fed_back_at and closed_at ÷ complaints older
-- than 30 days at as-of
-- population: records not cancelled, by created_at
-- Beside x and n the statistics hold the funnel: how many complaints reached each of the five steps,
-- and how many stopped before it ("not_…"). A step is reached through all those before it, but not
-- through the investigation, which the rate does not need; the last step reached is the rate's x.

create or replace macro closed_loop_rate_counted(r) as
is_complaint(r) and r.created_at + interval 30 day < r.as_of;
create or replace macro closed_loop_rate_met(r) as
r.first_response_at is not null
and r.resolved_at is not null
and r.fed_back_at is not null
and r.closed_at is not null;

create or replace macro step_reached(r, step) as
case step
    when 'accepted' then r.first_response_at is not null
    when 'investigated' then r.first_response_at is not null and r.investigated_at is not null
    when 'handled' then r.first_response_at is not null and r.resolved_at is not null
    when 'fed_back'
        then r.first_response_at is not null and r.resolved_at is not null and r.fed_back_at is not null
    when 'archived' then closed_loop_rate_met(r)
end;
create or replace macro step_missed(r, step) as
not step_reached(r, step)
and case step
    when 'accepted' then true
    when 'investigated' then step_reached(r, 'accepted')
    when 'handled' then step_reached(r, 'accepted')
    when 'fed_back' then step_reached(r, 'handled')
    when 'archived' then step_reached(r, 'fed_back')
end;
create or replace macro closed_loop_part(r, part) as
case
    when part = 'counted' then true
    when part = 'met' then closed_loop_rate_met(r)
    when part in ('not_accepted', 'not_investigated', 'not_handled', 'not_fed_back', 'not_archived')
        then step_missed(r, part[5:])
    else coalesce(step_reached(r, part), false)
end;
create or replace macro closed_loop_count(r, part) as
count(*) filter (where closed_loop_rate_counted(r) and closed_loop_part(r, part));
create or replace macro closed_loop_rate(r) as {
    'x': closed_loop_count(r, 'met'),
    'n': closed_loop_count(r, 'counted'),
    'accepted': closed_loop_count(r, 'accepted'),
    'investigated': closed_loop_count(r, 'investigated'),
    'handled': closed_loop_count(r, 'handled'),
    'fed_back': closed_loop_count(r, 'fed_back'),
    'archived': closed_loop_count(r, 'archived'),
    'not_accepted': closed_loop_count(r, 'not_accepted'),
    'not_investigated': closed_loop_count(r, 'not_investigated'),
    'not_handled': closed_loop_count(r, 'not_handled'),
    'not_fed_back': closed_loop_count(r, 'not_fed_back'),
    'not_archived': closed_loop_count(r, 'not_archived')
};
