-- metric: training_coverage
-- formula: staff who attended every required session held in the period while employed ÷ staff with one
-- population: staff of the selected projects with a required session, once per period

create or replace macro training_coverage_counted(s) as s.required_sessions > 0;
create or replace macro training_coverage_met(s) as s.attended_sessions = s.required_sessions;
create or replace macro training_coverage(s) as
share_of(training_coverage_counted(s), training_coverage_met(s));
