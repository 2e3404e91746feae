-- metric: tier_share
-- formula: number of records in each of the five delivered states; shares over their sum
-- population: records not cancelled, by created_at

create or replace macro tier_share_counted(r) as r.tier_delivered is not null;
create or replace macro tier_share(r) as {
    'below': count(*) filter (where r.tier_delivered = 'below'),
    'basic': count(*) filter (where r.tier_delivered = 'basic'),
    'satisfying': count(*) filter (where r.tier_delivered = 'satisfying'),
    'exceeding': count(*) filter (where r.tier_delivered = 'exceeding'),
    'memorable': count(*) filter (where r.tier_delivered = 'memorable')
};
