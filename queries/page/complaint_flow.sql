-- purpose: complaints raised, resolved and open at the end of each month or week of the selection; those
-- raised before it count as open, too; unit: month or week (from Monday)
-- grain: one row per month or week that has begun by the as-of time, its first and last day within the
-- selection; before them one row without days, for what was open when the selection began; none
-- where no complaint of any date is selected
-- parameters: scope, selection, unit
-- columns: first_day, last_day, closing, created, resolved, open, age_bucket
with complaint as (
    select
        r.created_at,
        r.resolved_at,
        coalesce(r.resolved_at, 'infinity'::timestamp) as open_until,
        r.as_of
    from record_matching($scope, $selection) as r
    where r.status <> 'cancelled' and complaint_count_counted(r)
),

span as (
    select
        unnest(generate_series(
            date_trunc($unit, $selection['date_from']),
            least($selection['date_to'], i.as_of::date),
            case $unit when 'week' then interval 1 week else interval 1 month end
        ))::date as begins,
        i.as_of
    from store_info_in($scope) as i
),

period as (
    select
        begins,
        greatest(begins, $selection['date_from']) as first_day,
        least(
            (begins + case $unit when 'week' then interval 1 week else interval 1 month end)::date - 1,
            $selection['date_to']
        ) as last_day,
        least(last_day + interval 1 day - interval 1 microsecond, as_of) as closing
    from span
    union all
    select null, null, null, least($selection['date_from']::timestamp - interval 1 microsecond, as_of)
    from store_info_in($scope)
),

moved as (
    select
        date_trunc($unit, moment)::date as begins,
        count(*) filter (where raised) as created,
        count(*) filter (where not raised) as resolved
    from (
        select created_at as moment, true as raised, as_of from complaint
        union all
        select resolved_at, false, as_of from complaint
    )
    where in_period($selection, moment) and moment <= as_of
    group by 1
),

-- one row per complaint and end at which it was open, that end in the place of the as-of time
waiting as (
    select c.* replace (p.closing as as_of)
    from complaint as c
    join period as p on c.created_at <= p.closing and c.open_until > p.closing
),

waited as (
    select
        w.as_of as closing,
        open_count(w).n as open,
        age_bucket(w) as age_bucket
    from waiting as w
    group by w.as_of
)

select
    p.first_day,
    p.last_day,
    p.closing,
    coalesce(m.created, 0) as created,
    coalesce(m.resolved, 0) as resolved,
    coalesce(w.open, 0) as open,
    coalesce(w.age_bucket, {'0-3': 0, '3-7': 0, '7-30': 0, '>30': 0}) as age_bucket
from period as p
left join moved as m on m.begins = p.begins
left join waited as w on w.closing = p.closing
where (select count(*) from complaint) > 0
order by p.closing
