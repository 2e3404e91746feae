-- purpose: the customers that the churn rate counts, latest leavers first; part: counted or met
-- grain: one row per customer
-- parameters: scope, selection, metric, part, limit?, offset?
-- columns: customer_id, project_id, project_name, region, segment, vip, handed_over_on, joined_on,
-- left_on
select
    c.customer_id,
    c.project_id,
    c.project_name,
    c.region,
    c.segment,
    c.vip,
    c.handed_over_on,
    c.joined_on,
    c.left_on
from customer_selected($scope, $selection, null) as c
where case $metric
    when 'churn_rate' then drilled($part, churn_rate_counted(c), churn_rate_met(c))
end
order by c.left_on desc nulls last, c.joined_on desc nulls last, c.customer_id
limit $limit
offset $offset
