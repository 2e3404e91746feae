-- purpose: complaints, households and days of the complaints per 100 households; households belong to a
-- project, so that every other breakdown sets a group's complaints against all of them
-- grain: a group of the breakdown; by: null (one total row, group ''), project, region, staff, month,
-- kind, category, stage, level, channel, tier, target_tier, segment, grade, team, weekday, hour or
-- handover
-- parameters: scope, selection, by?
-- columns: group, complaints_per_100_households
with place as (
    select
        case $by
            when 'month' then month_key(t.period_start)
            when 'project' then p.project_id
            when 'region' then coalesce(p.region, '')
            else ''
        end as "group",
        sum(p.households)::bigint as households,
        any_value(t.days) as days
    from project_selected($scope, $selection) as p
    cross join period_selected($selection, $by) as t
    where p.households is not null
    group by 1
),

complaint as (
    select
        record_group($by, r) as "group",
        count(*) as complaints
    from record_selected($scope, $selection) as r
    where complaints_per_100_households_counted(r) and record_group($by, r) is not null
    group by 1
)

select
    place."group",
    complaints_per_100_households(complaint.complaints, place.households, place.days)
        as complaints_per_100_households
from place
left join complaint on complaint."group" = place."group"
where $by is null or $by in ('project', 'region', 'month')
union all
select
    complaint."group",
    complaints_per_100_households(complaint.complaints, place.households, place.days)
from complaint
cross join place
where $by not in ('project', 'region', 'month')
