-- metric: complete_l3_rate
-- formula: L3 records with resolved_at − created_at ≤ 72 h ÷ L3 records whose 72 h have passed at
-- as-of or that have resolved_at
-- population: records not cancelled, by created_at

create or replace macro complete_l3_rate_counted(r) as
r.level = 'L3' and (r.resolved_at is not null or r.created_at + interval 72 hour <= r.as_of);
create or replace macro complete_l3_rate_met(r) as r.resolved_at <= r.created_at + interval 72 hour;
create or replace macro complete_l3_rate(r) as share_of(complete_l3_rate_counted(r), complete_l3_rate_met(r));
