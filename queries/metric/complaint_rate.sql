-- metric: complaint_rate
-- formula: 1000 × complaints ÷ records
-- population: records not cancelled, by created_at

create or replace macro complaint_rate_counted(r) as true;
create or replace macro complaint_rate_met(r) as is_complaint(r);
create or replace macro complaint_rate(r) as share_of(complaint_rate_counted(r), complaint_rate_met(r));
