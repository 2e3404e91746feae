-- purpose: for which column and rule the rows of each load were refused, and how many are still open;
-- a row that breaks several rules counts for each, one that was held already only for the earlier load
-- grain: one row per load, column and rule
-- parameters: scope
-- columns: load_id, table_name, column_name, rule, open, closed, dismissed
select
    load_id, table_name, problem.column_name, problem.rule,
    count(*) filter (state = 'open') as open,
    count(*) filter (state = 'closed') as closed,
    count(*) filter (state = 'dismissed') as dismissed
from (
    select load_id, table_name, state, unnest(problems) as problem
    from refused_row_in($scope)
    where state <> 'superseded'
)
group by all
order by load_id, open desc, problem.column_name, problem.rule
