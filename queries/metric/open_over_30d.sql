-- metric: open_over_30d
-- formula: number of open complaints older than 30 days at as-of; n = open complaints
-- population: records not cancelled, by created_at

create or replace macro open_over_30d_counted(r) as is_complaint(r) and is_open(r);
create or replace macro open_over_30d_met(r) as r.created_at + interval 30 day < r.as_of;
create or replace macro open_over_30d(r) as share_of(open_over_30d_counted(r), open_over_30d_met(r));
