-- metric: ces, ces_easy
-- formula: mean ces (7 = easiest); share of 5–7 over surveys with ces
-- population: surveys, by responded_at

create or replace macro ces_counted(v) as v.ces is not null;
create or replace macro ces(v) as mean_of(ces_counted(v), v.ces);

create or replace macro ces_easy_counted(v) as v.ces is not null;
create or replace macro ces_easy_met(v) as v.ces >= 5;
create or replace macro ces_easy(v) as share_of(ces_easy_counted(v), ces_easy_met(v));
