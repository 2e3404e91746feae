-- purpose: the refused rows of the load, as they are held; work.taken has their fields
create or replace table work.refusal as
select
    o.line,
    t.source_text,
    list_transform(o.problems, lambda p: p[3]) as reasons,
    list_transform(o.problems, lambda p: {'column_name': p[1], 'rule': p[2], 'value': p[4]}) as problems,
    list_transform(o.problems, lambda p: {'column_name': p[1], 'rule': p[2]}) as failed,
    t.fields,
    to_json(o.identity)::varchar as row_key
from work.outcome as o
inner join work.taken as t on t.line = o.line
where o.state = 'refused'
order by o.line;
