-- metric: closed_loop_rate
-- formula: complaints with first_response_at, resolved_at, fed_back_at and closed_at ÷ complaints older
-- than 30 days at as-of
-- population: records not cancelled, by created_at

create or replace macro closed_loop_rate_counted(r) as
is_complaint(r) and r.created_at + interval 30 day < r.as_of;
create or replace macro closed_loop_rate_met(r) as
r.first_response_at is not null
and r.resolved_at is not null
and r.fed_back_at is not null
and r.closed_at is not null;
create or replace macro closed_loop_rate(r) as
share_of(closed_loop_rate_counted(r), closed_loop_rate_met(r));
