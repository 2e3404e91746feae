-- purpose: open rows shall not be loaded
-- parameters: loads, lines (of the rows, side by side), now, who
update store.refused_row as r
set state = 'dismissed', closed_at = $now, closed_who = $who
from (select unnest($loads::varchar[]) as load_id, unnest($lines::bigint[]) as line) as chosen
where chosen.load_id = r.load_id and chosen.line = r.line and r.state = 'open';
