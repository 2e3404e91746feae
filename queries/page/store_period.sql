-- purpose: the days on which records were created or surveys sent or answered, for the period presets
-- grain: one row
-- parameters: scope
-- columns: first_day, last_day
with day as (
    select created_at::date as active_on from service_record_in($scope)
    union all
    select coalesce(responded_at, sent_at)::date from survey_in($scope)
)
select min(active_on) as first_day, max(active_on) as last_day
from day
