-- purpose: how many accepted records of the load lack what figures need, or took no time at all
insert into store.load_problem
select $load_id, 'lacking', rule, column_name, rows
from (
    unpivot (
        select
            count_if(c.staff_id is null) as staff_id,
            count_if(c.customer_id is null) as customer_id,
            count_if(c.category is null) as category,
            count_if(c.level is null) as level,
            count_if(c.first_response_at is null) as first_response_at,
            count_if(c.resolved_at is null) as resolved_at,
            count_if(c.resolved_at = c.created_at) as created_at
        from work.checked as c
        semi join (select line from work.outcome where state <> 'refused') as o on o.line = c.line
    )
    on staff_id, customer_id, category, level, first_response_at, resolved_at, created_at
    into name column_name value rows
)
cross join lateral (
    select case column_name when 'created_at' then 'zero_duration' else 'missing' end as rule
)
where rows > 0;
