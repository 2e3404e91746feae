-- metric: training_pass_rate
-- formula: passed ÷ attended sessions, required or not, with passed known
-- population: sessions of the staff of the selected projects, by held_on

create or replace macro training_pass_rate_counted(t) as t.attended and t.passed is not null;
create or replace macro training_pass_rate_met(t) as t.passed;
create or replace macro training_pass_rate(t) as
share_of(training_pass_rate_counted(t), training_pass_rate_met(t));
