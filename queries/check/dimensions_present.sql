-- purpose: every project, member of staff and customer that a row names has a row
with
projects as (
    select project_id from service_record
    union select project_id from survey
    union select project_id from staff
    union select project_id from customer
    union select project_id from inspection
    union select project_id from action
    union select project_id from contract
    union select project_id from handover_check
    union select project_id from event
),
people as (
    select staff_id from service_record
    union select staff_id from survey
    union select staff_id from review
    union select staff_id from training
    union select staff_id from inspection
    union select staff_id from contract
    union select staff_id from skill
    union select staff_id from points
),
customers as (
    select customer_id from service_record
    union select customer_id from survey
    union select customer_id from contract
    union select customer_id from handover_check
)
select 'project' as dimension, project_id as id from projects
where project_id is not null and project_id not in (select project_id from project)
union all
select 'staff', staff_id from people
where staff_id is not null and staff_id not in (select staff_id from staff)
union all
select 'customer', customer_id from customers
where customer_id is not null and customer_id not in (select customer_id from customer);
