-- purpose: how many records of the selection lack what a figure needs, for the notes on data quality
-- grain: one row
-- parameters: scope, selection
-- columns: records, no_staff, no_customer, no_category, no_level, no_tier, no_due, zero_duration
select
    count(*) as records,
    count(*) - count(r.staff_id) as no_staff,
    count(*) - count(r.customer_id) as no_customer,
    count(*) - count(r.category) as no_category,
    count(*) - count(r.level) as no_level,
    count(*) - count(r.tier_delivered) as no_tier,
    count(*) - count(r.due_at) as no_due,
    count(*) filter (r.resolved_at = r.created_at) as zero_duration
from record_selected($scope, $selection) as r
