-- metric: tier_attainment
-- formula: delivered ≥ target ÷ records with both
-- population: records not cancelled, by created_at

create or replace macro tier_attainment_counted(r) as
r.tier_target is not null and r.tier_delivered is not null;
create or replace macro tier_attainment_met(r) as tier_rank(r.tier_delivered) >= tier_rank(r.tier_target);
create or replace macro tier_attainment(r) as
share_of(tier_attainment_counted(r), tier_attainment_met(r));
