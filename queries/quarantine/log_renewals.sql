-- purpose: what is wrong with held rows that the load read again, in the public ledger
update store.refused_row as r
set problems = n.failed
from (
    select k.load_id, k.held_line, f.failed
    from work.known as k
    inner join work.refusal as f on f.line = k.line
    where k.renews
) as n
where n.load_id = r.load_id and n.held_line = r.line;
