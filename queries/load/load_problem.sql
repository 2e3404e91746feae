-- purpose: how many rows of the load met each rule
insert into store.load_problem
select $load_id, 'refused', problem[2], problem[1], count(*)
from (select unnest(problems) as problem from work.outcome where state = 'refused')
group by all
union all
select $load_id, 'warning', warning[2], warning[1], count(*)
from (select unnest(warnings) as warning from work.outcome where state <> 'refused')
group by all
order by all;
