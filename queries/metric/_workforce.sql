-- purpose: what the scorecard of a person is made of beside the metrics of the catalogue.

-- resolved_at − created_at ≤ 72 h ÷ records whose 72 h have passed at as-of or that are resolved
create or replace macro resolved_within_3d_counted(r) as
r.resolved_at is not null or r.created_at + interval 72 hour <= r.as_of;
create or replace macro resolved_within_3d_met(r) as r.resolved_at <= r.created_at + interval 72 hour;
create or replace macro resolved_within_3d(r) as
share_of(resolved_within_3d_counted(r), resolved_within_3d_met(r));

-- value-added records with revenue > 0 ÷ records
create or replace macro value_added_counted(r) as true;
create or replace macro value_added_met(r) as r.kind = 'value_added' and r.revenue > 0;
create or replace macro value_added(r) as share_of(value_added_counted(r), value_added_met(r));

-- a 360° rating counts where all three of its items are present
create or replace macro rating_counted(v) as
v.ability is not null and v.attitude is not null and v.efficiency is not null;
create or replace macro rating(v) as
mean_of(rating_counted(v), (v.ability + v.attitude + v.efficiency) / 3);
