-- metric: inspection_score
-- formula: mean score
-- population: inspections with a score, by inspected_on

create or replace macro inspection_score_counted(i) as i.score is not null;
create or replace macro inspection_score(i) as mean_of(inspection_score_counted(i), i.score);
