-- metric: response_rate
-- formula: answered ÷ sent
-- population: surveys, by sent_at

create or replace macro response_rate_counted(v) as v.sent_at is not null;
create or replace macro response_rate_met(v) as v.responded_at is not null;
create or replace macro response_rate(v) as share_of(response_rate_counted(v), response_rate_met(v));
