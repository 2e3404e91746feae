-- purpose: a refused row is held in quarantine once, with its state; one that is held from an earlier
--          load says where
select load_id, line, 'not held' as wrong
from refused_row as r
where r.state <> 'superseded' and (r.load_id, r.line) not in (
    select (load_id, line) from private.quarantine
)
union all
select load_id, line, 'not in the ledger'
from private.quarantine as q
where (q.load_id, q.line) not in (
    select (load_id, line) from refused_row where state <> 'superseded'
)
union all
select load_id, line, 'held twice' from private.quarantine group by load_id, line having count(*) > 1
union all
select load_id, line, 'superseded by nothing'
from refused_row as r
where r.state = 'superseded' and (r.closed_by, r.closed_line) not in (
    select (load_id, line) from private.quarantine
)
union all
select load_id, line, 'no such state'
from refused_row
where
    state not in ('open', 'closed', 'dismissed', 'superseded')
    or (state = 'open') <> (closed_at is null)
    or (state in ('closed', 'superseded')) <> (closed_by is not null)
    or (state = 'superseded') <> (closed_line is not null)
    or load_id not in (select load_id from load_log);
