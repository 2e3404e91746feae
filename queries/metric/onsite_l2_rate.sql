-- metric: onsite_l2_rate
-- formula: L2 records with on_site_at − created_at ≤ 24 h ÷ L2 records whose 24 h have passed at
-- as-of or that have on_site_at
-- population: records not cancelled, by created_at

create or replace macro onsite_l2_rate_counted(r) as
r.level = 'L2' and (r.on_site_at is not null or r.created_at + interval 24 hour <= r.as_of);
create or replace macro onsite_l2_rate_met(r) as r.on_site_at <= r.created_at + interval 24 hour;
create or replace macro onsite_l2_rate(r) as share_of(onsite_l2_rate_counted(r), onsite_l2_rate_met(r));
