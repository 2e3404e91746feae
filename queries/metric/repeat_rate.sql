-- metric: repeat_rate
-- formula: complaints followed by another of the same customer and category within 30 days of being
-- resolved ÷ complaints with resolved_at, customer and category whose 30 days have passed at as-of
-- population: complaints not cancelled, by created_at, with repeatable and repeated of complaint_in

create or replace macro repeat_rate_counted(c) as c.repeatable;
create or replace macro repeat_rate_met(c) as c.repeated;
create or replace macro repeat_rate(c) as share_of(repeat_rate_counted(c), repeat_rate_met(c));
