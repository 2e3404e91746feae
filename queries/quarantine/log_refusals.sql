-- purpose: the refused rows of the load, in the public ledger
-- parameters: load_id, table_name, now, who
insert into store.refused_row
select
    $load_id,
    r.line,
    $table_name,
    r.failed,
    case when k.line is null then 'open' else 'superseded' end,
    k.load_id,
    k.held_line,
    case when k.line is not null then $now::timestamp end,
    case when k.line is not null then $who end
from work.refusal as r
left join work.known as k on k.line = r.line
order by r.line;
