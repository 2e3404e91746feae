-- purpose: the days that the store covers, for the period presets
-- grain: one row
-- parameters: scope
-- columns: first_day, last_day
select
    least(
        (select min(created_at) from service_record_in($scope)),
        (select min(coalesce(responded_at, sent_at)) from survey_in($scope))
    )::date as first_day,
    (select as_of from store_info_in($scope))::date as last_day
