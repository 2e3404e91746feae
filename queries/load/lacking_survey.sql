-- purpose: how many accepted surveys of the load were not answered
insert into store.load_problem
select $load_id, 'lacking', 'unanswered', 'responded_at', count(*)
from work.checked as c
semi join (select line from work.outcome where state <> 'refused') as o on o.line = c.line
where c.responded_at is null
having count(*) > 0;
