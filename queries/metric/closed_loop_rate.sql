-- metric: closed_loop_rate
-- formula: complaints with first_response_at, resolved_at, fed_back_at and closed_at ÷ complaints older
-- than 30 days at as-of
-- population: records not cancelled, by created_at
-- Beside x and n the statistics hold the funnel: how many complaints reached each of the five steps,
-- and how many stopped before it ("not_…"). A step is reached through all those before it, but not
-- through the investigation, which the rate does not need; the last step reached is the rate's x.

create or replace macro closed_loop_rate_counted(r) as
is_complaint(r) and r.created_at + interval 30 day < r.as_of;

create or replace macro loop_accepted(r) as r.first_response_at is not null;
create or replace macro loop_investigated(r) as loop_accepted(r) and r.investigated_at is not null;
create or replace macro loop_handled(r) as loop_accepted(r) and r.resolved_at is not null;
create or replace macro loop_fed_back(r) as loop_handled(r) and r.fed_back_at is not null;
create or replace macro closed_loop_rate_met(r) as loop_fed_back(r) and r.closed_at is not null;

-- a macro is written out wherever it is used: this one, with all its cases, only for a drill-through
create or replace macro closed_loop_part(r, part) as
case part
    when 'counted' then true
    when 'met' then closed_loop_rate_met(r)
    when 'accepted' then loop_accepted(r)
    when 'investigated' then loop_investigated(r)
    when 'handled' then loop_handled(r)
    when 'fed_back' then loop_fed_back(r)
    when 'archived' then closed_loop_rate_met(r)
    when 'not_accepted' then not loop_accepted(r)
    when 'not_investigated' then loop_accepted(r) and not loop_investigated(r)
    when 'not_handled' then loop_accepted(r) and not loop_handled(r)
    when 'not_fed_back' then loop_handled(r) and not loop_fed_back(r)
    when 'not_archived' then loop_fed_back(r) and not closed_loop_rate_met(r)
    else false
end;
create or replace macro closed_loop_count(r, part) as
count(*) filter (where closed_loop_rate_counted(r) and part);
create or replace macro closed_loop_rate(r) as {
    'x': closed_loop_count(r, closed_loop_rate_met(r)),
    'n': closed_loop_count(r, true),
    'accepted': closed_loop_count(r, loop_accepted(r)),
    'investigated': closed_loop_count(r, loop_investigated(r)),
    'handled': closed_loop_count(r, loop_handled(r)),
    'fed_back': closed_loop_count(r, loop_fed_back(r)),
    'archived': closed_loop_count(r, closed_loop_rate_met(r)),
    'not_accepted': closed_loop_count(r, not loop_accepted(r)),
    'not_investigated': closed_loop_count(r, loop_accepted(r) and not loop_investigated(r)),
    'not_handled': closed_loop_count(r, loop_accepted(r) and not loop_handled(r)),
    'not_fed_back': closed_loop_count(r, loop_handled(r) and not loop_fed_back(r)),
    'not_archived': closed_loop_count(r, loop_fed_back(r) and not closed_loop_rate_met(r))
};
