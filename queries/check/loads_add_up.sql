-- purpose: no row of a load is lost, and its refused rows are in quarantine
select load_id from load_log where "read" <> inserted + updated + unchanged + refused
union all
select load_log.load_id
from load_log
left join (
    select load_id, count(*) as held from private.quarantine group by load_id
) as quarantine on quarantine.load_id = load_log.load_id
where load_log.refused <> coalesce(quarantine.held, 0);
