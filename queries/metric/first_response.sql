-- metric: first_response_median, first_response_p90
-- formula: quantile of first_response_at − created_at in hours, linear interpolation
-- population: records not cancelled, by created_at, with a first response

create or replace macro first_response_median_counted(r) as r.first_response_at is not null;
create or replace macro first_response_median(r) as
quantile_of(first_response_median_counted(r), hours_between(r.created_at, r.first_response_at), 0.5);

create or replace macro first_response_p90_counted(r) as r.first_response_at is not null;
create or replace macro first_response_p90(r) as
quantile_of(first_response_p90_counted(r), hours_between(r.created_at, r.first_response_at), 0.9);
