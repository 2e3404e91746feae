-- purpose: what each load refused, warned of or found missing, as a share of the rows read
-- grain: one row per load, severity, column and rule
-- parameters: scope
-- columns: load_id, severity, column_name, rule, rows, of
select p.load_id, p.severity, p.column_name, p.rule, p.row_count as rows, l."read" as of
from load_problem_in($scope) as p
join load_log_in($scope) as l on l.load_id = p.load_id
order by l.loaded_at desc, p.load_id, p.severity, p.row_count desc, p.column_name, p.rule
