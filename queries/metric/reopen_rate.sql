-- metric: reopen_rate
-- formula: records with reopen_count > 0 ÷ records with resolved_at
-- population: records not cancelled, by created_at

create or replace macro reopen_rate_counted(r) as r.resolved_at is not null;
create or replace macro reopen_rate_met(r) as r.reopen_count > 0;
create or replace macro reopen_rate(r) as share_of(reopen_rate_counted(r), reopen_rate_met(r));
