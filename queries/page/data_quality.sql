-- purpose: what is missing or contradictory in the records and surveys of the selection; names that are
-- not registered and parents that have not arrived, whatever the period; same_time are records created
-- at a time of day, to the second, that over 30 and at least 1 % of them share: entered in one go, or
-- without a time
-- grain: one row per check of something; "of" is the number of rows that were checked
-- parameters: scope, selection
-- columns: table_name, check, rows, of
with record as (
    select
        count(*) as of,
        count_if(r.staff_id is null) as no_staff,
        count_if(r.customer_id is null) as no_customer,
        count_if(r.category is null) as no_category,
        count_if(r.level is null) as no_level,
        count_if(r.first_response_at is null) as no_response,
        count_if(r.resolved_at is null) as no_resolution,
        count_if(r.resolved_at = r.created_at) as zero_duration,
        count_if(r.resolved_at > r.closed_at or r.due_at < r.created_at) as contradictory
    from record_selected($scope, $selection) as r
),

created as (
    select
        r.created_at::time as moment,
        count(*) as records
    from record_selected($scope, $selection) as r
    group by moment
),

same_time as (
    select
        sum(c.records) as of,
        sum(c.records) filter (c.records > 30 and c.records >= 0.01 * (select sum(records) from created)) as rows
    from created as c
),

complaint as (
    select
        count(*) as of,
        count_if(r.fed_back_at is null) as no_feedback
    from record_selected($scope, $selection) as r
    where r.kind = 'complaint' and r.resolved_at is not null
),

survey as (
    select
        count(*) as of,
        count_if(v.responded_at is null) as unanswered
    from survey_sent($scope, $selection) as v
),

checked as (
    select 'service_record' as table_name, "check", rows, of
    from (
        unpivot record
        on no_staff, no_customer, no_category, no_level, no_response, no_resolution, zero_duration, contradictory
        into name "check" value rows
    )
    union all
    select 'service_record', 'same_time', rows, of from same_time
    union all
    select 'service_record', 'no_feedback', no_feedback, of from complaint
    union all
    select 'survey', 'unanswered', unanswered, of from survey
    union all
    select 'survey', 'unmatched', (select count(*) from survey_unmatched_in($scope)), null
    union all
    select 'survey_dimension', 'unmatched', (select count(*) from survey_dimension_unmatched_in($scope)), null
    union all
    select 'project', 'unregistered', count_if(not registered), count(*) from project_in($scope)
    union all
    select 'staff', 'unregistered', count_if(not registered), count(*) from staff_in($scope)
    union all
    select 'customer', 'unregistered', count_if(not registered), count(*) from customer_in($scope)
)

select table_name, "check", coalesce(rows, 0)::bigint as rows, of::bigint as of
from checked
where rows > 0 or of > 0
