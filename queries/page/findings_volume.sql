-- purpose: records and complaints of every month, for the over-dispersion of counts
-- grain: a group of one of the dimensions ('' the whole selection) and a month
-- parameters: scope, selection, dimensions
-- columns: dimension, group, month, record_count, complaint_count
select
    d.dimension,
    record_group(nullif(d.dimension, ''), r) as "group",
    month_key(r.created_at) as month,
    record_count(r) as record_count,
    complaint_count(r) as complaint_count
from record_selected($scope, $selection) as r
cross join (select unnest($dimensions::varchar[]) as dimension) as d
where record_group(nullif(d.dimension, ''), r) is not null
group by all
