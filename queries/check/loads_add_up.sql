-- purpose: no row of a load is lost, and each of its refused rows is in the ledger once
select load_id from load_log where "read" <> inserted + updated + unchanged + refused
union all
select load_log.load_id
from load_log
left join (
    select load_id, count(*) as rows, count(distinct line) as lines from refused_row group by load_id
) as ledger on ledger.load_id = load_log.load_id
where
    load_log.refused <> coalesce(ledger.rows, 0)
    or load_log.refused <> coalesce(ledger.lines, 0);
