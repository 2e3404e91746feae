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

create or replace macro step_accepted(r) as r.first_response_at is not null;
create or replace macro step_investigated(r) as step_accepted(r) and r.investigated_at is not null;
create or replace macro step_handled(r) as step_accepted(r) and r.resolved_at is not null;
create or replace macro step_fed_back(r) as step_handled(r) and r.fed_back_at is not null;
create or replace macro closed_loop_part(r, part) as
case part
    when 'counted' then true
    when 'met' then closed_loop_rate_met(r)
    when 'accepted' then step_accepted(r)
    when 'investigated' then step_investigated(r)
    when 'handled' then step_handled(r)
    when 'fed_back' then step_fed_back(r)
    when 'archived' then closed_loop_rate_met(r)
    when 'not_accepted' then not step_accepted(r)
    when 'not_investigated' then step_accepted(r) and not step_investigated(r)
    when 'not_handled' then step_accepted(r) and not step_handled(r)
    when 'not_fed_back' then step_handled(r) and not step_fed_back(r)
    when 'not_archived' then step_fed_back(r) and not closed_loop_rate_met(r)
    else false
end;
-- The parts are counted one by one, not through closed_loop_part: a macro is put in place of each of
-- its calls, and twelve calls of all twelve parts take longer to plan than any store to read.
create or replace macro closed_loop_count(r, reached) as
count(*) filter (where closed_loop_rate_counted(r) and reached);
create or replace macro closed_loop_rate(r) as {
    'x': closed_loop_count(r, closed_loop_rate_met(r)),
    'n': closed_loop_count(r, true),
    'accepted': closed_loop_count(r, step_accepted(r)),
    'investigated': closed_loop_count(r, step_investigated(r)),
    'handled': closed_loop_count(r, step_handled(r)),
    'fed_back': closed_loop_count(r, step_fed_back(r)),
    'archived': closed_loop_count(r, closed_loop_rate_met(r)),
    'not_accepted': closed_loop_count(r, not step_accepted(r)),
    'not_investigated': closed_loop_count(r, step_accepted(r) and not step_investigated(r)),
    'not_handled': closed_loop_count(r, step_accepted(r) and not step_handled(r)),
    'not_fed_back': closed_loop_count(r, step_handled(r) and not step_fed_back(r)),
    'not_archived': closed_loop_count(r, step_fed_back(r) and not closed_loop_rate_met(r))
};
