-- metric: drivers
-- formula: the share of R² of the linear regression of csat on the five perceptions that each explains,
-- averaged over all orders of entry; here n, the sums of csat and the five, and those of their products
-- population: surveys with csat and all five perceptions, by responded_at

create or replace macro drivers_counted(v) as
v.csat is not null and v.reliability is not null and v.responsiveness is not null
and v.assurance is not null and v.empathy is not null and v.tangibles is not null;

create or replace macro drivers_sum(v, number) as
coalesce(sum(number::integer) filter (where drivers_counted(v)), 0)::bigint;

create or replace macro drivers_sums(v, factor) as [
    drivers_sum(v, factor * v.csat),
    drivers_sum(v, factor * v.reliability),
    drivers_sum(v, factor * v.responsiveness),
    drivers_sum(v, factor * v.assurance),
    drivers_sum(v, factor * v.empathy),
    drivers_sum(v, factor * v.tangibles)
];

create or replace macro drivers(v) as {
    'n': count(*) filter (where drivers_counted(v)),
    'sums': drivers_sums(v, 1),
    'products': [
        drivers_sums(v, v.csat),
        drivers_sums(v, v.reliability),
        drivers_sums(v, v.responsiveness),
        drivers_sums(v, v.assurance),
        drivers_sums(v, v.empathy),
        drivers_sums(v, v.tangibles)
    ]
};
