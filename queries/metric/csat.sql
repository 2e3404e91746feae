-- metric: csat, csat_mean
-- formula: share of 4–5 over surveys with csat; mean csat
-- population: surveys, by responded_at

create or replace macro csat_counted(v) as v.csat is not null;
create or replace macro csat_met(v) as v.csat >= 4;
create or replace macro csat(v) as share_of(csat_counted(v), csat_met(v));

create or replace macro csat_mean_counted(v) as v.csat is not null;
create or replace macro csat_mean(v) as mean_of(csat_mean_counted(v), v.csat);
