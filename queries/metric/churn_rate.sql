-- metric: churn_rate
-- formula: customers with left_on ≤ end of the period ÷ customers active at its start (joined_on null or
-- ≤ start, left_on null or ≥ start)
-- population: customers, once per period (period_start, period_end)

create or replace macro churn_rate_counted(c) as
(c.joined_on is null or c.joined_on <= c.period_start)
and (c.left_on is null or c.left_on >= c.period_start);
create or replace macro churn_rate_met(c) as c.left_on <= c.period_end;
create or replace macro churn_rate(c) as share_of(churn_rate_counted(c), churn_rate_met(c));
