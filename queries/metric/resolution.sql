-- metric: resolution_mean, resolution_median, resolved_within_30d
-- formula: mean of resolved_at − created_at in hours; Kaplan–Meier median and 1 − survival at 30 days,
-- records open at as-of censored there
-- population: records not cancelled, by created_at; the mean: resolved ones only

create or replace macro resolution_mean_counted(r) as r.resolved_at is not null;
create or replace macro resolution_mean(r) as
mean_of(resolution_mean_counted(r), hours_between(r.created_at, r.resolved_at));

create or replace macro resolution_median_counted(r) as r.created_at <= r.as_of;
create or replace macro resolution_median(r) as
survival_of(
    resolution_median_counted(r),
    not is_open(r),
    hours_between(r.created_at, case when is_open(r) then r.as_of else r.resolved_at end)
);

create or replace macro resolved_within_30d_counted(r) as resolution_median_counted(r);
