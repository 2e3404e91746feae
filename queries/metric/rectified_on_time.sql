-- metric: rectified_on_time
-- formula: findings with rectified_on ≤ due_on ÷ findings with due_on ≤ as-of
-- population: inspections, by inspected_on

create or replace macro rectified_on_time_counted(i) as i.finding is not null and i.due_on <= i.as_of;
create or replace macro rectified_on_time_met(i) as i.rectified_on <= i.due_on;
create or replace macro rectified_on_time(i) as
share_of(rectified_on_time_counted(i), rectified_on_time_met(i));
