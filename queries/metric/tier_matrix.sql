-- metric: tier_matrix
-- formula: number of records by target × delivered
-- population: records not cancelled, by created_at

create or replace macro tier_matrix_counted(r) as tier_attainment_counted(r);
create or replace macro tier_matrix_row(r, target) as {
    'below': count(*) filter (where r.tier_target = target and r.tier_delivered = 'below'),
    'basic': count(*) filter (where r.tier_target = target and r.tier_delivered = 'basic'),
    'satisfying': count(*) filter (where r.tier_target = target and r.tier_delivered = 'satisfying'),
    'exceeding': count(*) filter (where r.tier_target = target and r.tier_delivered = 'exceeding'),
    'memorable': count(*) filter (where r.tier_target = target and r.tier_delivered = 'memorable')
};
create or replace macro tier_matrix(r) as {
    'basic': tier_matrix_row(r, 'basic'),
    'satisfying': tier_matrix_row(r, 'satisfying'),
    'exceeding': tier_matrix_row(r, 'exceeding'),
    'memorable': tier_matrix_row(r, 'memorable')
};
