-- metric: cost_per_record
-- formula: Σ cost ÷ records with cost
-- population: records not cancelled, by created_at

create or replace macro cost_per_record_counted(r) as r.cost is not null;
create or replace macro cost_per_record(r) as mean_of(cost_per_record_counted(r), r.cost);
