-- purpose: complaints of the first hundred days after the project's handover, week by week, whatever
-- the selection's period
-- grain: one row per project handed over since records are kept, and week since then (0 to 14) that
-- had begun at the as-of time; days: those of the week that had passed, at most 7 (the last has 3)
-- parameters: scope
-- columns: project_id, week, days, households, complaints
with place as (
    select
        p.project_id,
        p.handed_over_on,
        p.households,
        date_diff('day', p.handed_over_on, i.as_of::date) as age
    from project_in($scope) as p
    cross join store_info_in($scope) as i
    where p.handed_over_on >= (select min(created_at)::date from service_record_in($scope))
),

weekly as (
    select
        p.project_id,
        p.handed_over_on,
        p.households,
        w.week,
        least(7, 101 - 7 * w.week, p.age + 1 - 7 * w.week) as days
    from place as p
    cross join unnest(range(15)) as w (week)
    where p.age >= 7 * w.week
),

complaint as (
    select
        c.project_id,
        date_diff('day', p.handed_over_on, c.created_at::date) // 7 as week,
        count(*) as complaints
    from service_record_in($scope) as c
    join place as p on p.project_id = c.project_id
    where complaint_count_counted(c) and c.status <> 'cancelled'
        and date_diff('day', p.handed_over_on, c.created_at::date) between 0 and 100
    group by 1, 2
)

select
    w.project_id,
    w.week,
    w.days,
    w.households,
    coalesce(c.complaints, 0) as complaints
from weekly as w
left join complaint as c on c.project_id = w.project_id and c.week = w.week
order by w.project_id, w.week
