-- metric: tier_index
-- formula: mean of the delivered tier's rank (below 0 … memorable 4)
-- population: records not cancelled, by created_at

create or replace macro tier_index_counted(r) as r.tier_delivered is not null;
create or replace macro tier_index(r) as mean_of(tier_index_counted(r), tier_rank(r.tier_delivered));
