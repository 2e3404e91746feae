-- purpose: the held rows that the load closes, in the public ledger
-- parameters: load_id, now, who
update store.refused_row as r
set state = 'closed', closed_by = $load_id, closed_at = $now, closed_who = $who
from work.closing as c
where c.load_id = r.load_id and c.line = r.line;
