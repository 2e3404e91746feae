-- metric: gap_reliability, gap_responsiveness, gap_assurance, gap_empathy, gap_tangibles
-- formula: mean of perception − expectation over rows with both
-- population: SERVQUAL rows of surveys, by responded_at

create or replace macro gap_counted(d, of) as
d.dimension = of and d.expectation is not null and d.perception is not null;
create or replace macro gap(d, of) as mean_of(gap_counted(d, of), d.perception - d.expectation);

create or replace macro gap_reliability_counted(d) as gap_counted(d, 'reliability');
create or replace macro gap_reliability(d) as gap(d, 'reliability');

create or replace macro gap_responsiveness_counted(d) as gap_counted(d, 'responsiveness');
create or replace macro gap_responsiveness(d) as gap(d, 'responsiveness');

create or replace macro gap_assurance_counted(d) as gap_counted(d, 'assurance');
create or replace macro gap_assurance(d) as gap(d, 'assurance');

create or replace macro gap_empathy_counted(d) as gap_counted(d, 'empathy');
create or replace macro gap_empathy(d) as gap(d, 'empathy');

create or replace macro gap_tangibles_counted(d) as gap_counted(d, 'tangibles');
create or replace macro gap_tangibles(d) as gap(d, 'tangibles');
