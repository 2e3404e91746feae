-- purpose: who came back after a service of a delivered tier: customers who within 180 days after the
-- first of their records of that tier in the selection took a value-added service that brought revenue,
-- or signed a contract other than a purchase, inside or outside the selection but within the scope
-- grain: one row per delivered tier that the selection has customers of; "customers" are those whose 180
-- days have passed at the as-of time, "again" those of them who came back, "pending" the others
-- parameters: scope, selection
-- columns: tier, customers, again, pending
with served as (
    select
        customer_id,
        tier_delivered as tier,
        min(created_at) as served_at,
        any_value(as_of) >= min(created_at) + interval 180 day as known
    from record_selected($scope, $selection) as r
    where tier_share_counted(r) and customer_id is not null
    group by customer_id, tier_delivered
),

bought as (
    select customer_id, created_at as bought_at
    from service_record_in($scope)
    where kind = 'value_added' and revenue > 0 and status <> 'cancelled' and customer_id is not null
    union all
    select customer_id, signed_on + interval 1 day -- the time of the day is not known
    from contract_in($scope)
    where kind <> 'purchase'
),

came_back as (
    select s.*, coalesce(b.bought_at <= s.served_at + interval 180 day, false) as again
    from served as s
    asof left join bought as b on s.customer_id = b.customer_id and s.served_at < b.bought_at
)

select
    tier,
    count(*) filter (where known) as customers,
    count(*) filter (where known and again) as again,
    count(*) filter (where not known) as pending
from came_back
group by tier
order by tier
