-- metric: on_time_rate
-- formula: resolved_at ≤ due_at ÷ records with due_at that are resolved or whose due_at ≤ as-of
-- population: records not cancelled, by created_at

create or replace macro on_time_rate_counted(r) as
r.due_at is not null and (r.resolved_at is not null or r.due_at <= r.as_of);
create or replace macro on_time_rate_met(r) as r.resolved_at <= r.due_at;
create or replace macro on_time_rate(r) as share_of(on_time_rate_counted(r), on_time_rate_met(r));
