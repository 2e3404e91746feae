-- metric: escalation_rate
-- formula: escalated records ÷ records
-- population: records not cancelled, by created_at

create or replace macro escalation_rate_counted(r) as true;
create or replace macro escalation_rate_met(r) as r.escalated;
create or replace macro escalation_rate(r) as share_of(escalation_rate_counted(r), escalation_rate_met(r));
