-- metric: response_l1_rate
-- formula: L1 records with first_response_at − created_at ≤ 2 h ÷ L1 records whose 2 h have passed at
-- as-of or that have first_response_at
-- population: records not cancelled, by created_at

create or replace macro response_l1_rate_counted(r) as
r.level = 'L1' and (r.first_response_at is not null or r.created_at + interval 2 hour <= r.as_of);
create or replace macro response_l1_rate_met(r) as r.first_response_at <= r.created_at + interval 2 hour;
create or replace macro response_l1_rate(r) as share_of(response_l1_rate_counted(r), response_l1_rate_met(r));
