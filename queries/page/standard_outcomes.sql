-- purpose: where the records with a standard stand: met, missed, overdue or pending
-- grain: one row per metric of a standard that has a record; of on_time_rate: records with a promised
-- time
-- parameters: scope, selection
-- columns: metric, records, met, missed, overdue, pending
with standing as (
    select
        case r.level
            when 'L1' then 'response_l1_rate'
            when 'L2' then 'onsite_l2_rate'
            when 'L3' then 'complete_l3_rate'
        end as metric,
        standard_outcome(r) as outcome
    from record_selected($scope, $selection) as r
    where r.level is not null
    union all
    select
        'on_time_rate',
        promise_outcome(r)
    from record_selected($scope, $selection) as r
    where r.due_at is not null
)

select
    metric,
    count(*) as records,
    count(*) filter (where outcome = 'met') as met,
    count(*) filter (where outcome = 'missed') as missed,
    count(*) filter (where outcome = 'overdue') as overdue,
    count(*) filter (where outcome = 'pending') as pending
from standing
group by metric
order by metric
