-- purpose: the key of every table identifies one row; nulls in a key are a value of their own
select 'project' as table_name, project_id as key from project group by project_id having count(*) > 1
union all
select 'staff', staff_id from staff group by staff_id having count(*) > 1
union all
select 'category', category from category group by category having count(*) > 1
union all
select 'customer', customer_id from customer group by customer_id having count(*) > 1
union all
select 'customer_private', customer_id from private.customer_private group by customer_id having count(*) > 1
union all
select 'service_record', record_id from service_record group by record_id having count(*) > 1
union all
select 'survey', survey_id from survey group by survey_id having count(*) > 1
union all
select 'survey_dimension', survey_id from survey_dimension group by survey_id, dimension having count(*) > 1
union all
select 'review', review_id from review group by review_id having count(*) > 1
union all
select 'training', training_id from training group by training_id having count(*) > 1
union all
select 'inspection', inspection_id from inspection group by inspection_id having count(*) > 1
union all
select 'standard', standard_id from standard group by standard_id, version having count(*) > 1
union all
select 'target', metric from target group by metric, scope_type, scope_id, month having count(*) > 1
union all
select 'action', action_id from action group by action_id having count(*) > 1
union all
select 'contract', contract_id from contract group by contract_id having count(*) > 1
union all
select 'record_step', record_id from record_step group by record_id, step_no having count(*) > 1
union all
select 'handover_check', check_id from handover_check group by check_id having count(*) > 1
union all
select 'event', event_id from event group by event_id having count(*) > 1
union all
select 'skill', staff_id from skill group by staff_id, skill having count(*) > 1
union all
select 'points', entry_id from points group by entry_id having count(*) > 1;
