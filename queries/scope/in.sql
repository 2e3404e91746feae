-- purpose: every row that a scope may see, one table macro per table; nothing else reads the store.
-- grain: as the table; records and surveys carry what their project, customer and record say.
-- A scope is {everything, projects}. A null scope, or one that names nothing, sees no row.

create or replace macro project_in(scope) as table
select * from store.project
where scope['everything'] or list_contains(scope['projects'], project_id);

create or replace macro customer_in(scope) as table
select * from store.customer
where scope['everything'] or list_contains(scope['projects'], project_id);

create or replace macro category_in(scope) as table
select * from store.category
where scope['everything'] or len(scope['projects']) > 0;

-- how long after the handover a record was created, in calendar days; null where that is not known
create or replace macro handover_band(handover_on, created_at) as
case
    when handover_on is null then null
    when date_diff('day', handover_on, created_at::date) < 0 then 'before'
    when date_diff('day', handover_on, created_at::date) <= 7 then '0-7'
    when date_diff('day', handover_on, created_at::date) <= 30 then '8-30'
    when date_diff('day', handover_on, created_at::date) <= 60 then '31-60'
    when date_diff('day', handover_on, created_at::date) <= 100 then '61-100'
    when date_diff('day', handover_on, created_at::date) <= 180 then '101-180'
    when date_diff('day', handover_on, created_at::date) <= 365 then '181-365'
    else '>365'
end;

-- records: with region and name of the project, segment and VIP mark of the customer, grade and
-- team of who is responsible, the customer's (else the project's) handover and how long after it,
-- and the as-of time
create or replace macro service_record_in(scope) as table
select
    r.*,
    p.project_name,
    p.region,
    p.households,
    c.segment,
    c.vip,
    s.grade,
    s.team,
    coalesce(c.handed_over_on, p.handed_over_on) as handover_on,
    handover_band(coalesce(c.handed_over_on, p.handed_over_on), r.created_at) as since_handover,
    i.as_of
from store.service_record as r
join project_in(scope) as p on p.project_id = r.project_id
left join store.customer as c on c.customer_id = r.customer_id
left join store.staff as s on s.staff_id = r.staff_id
cross join store.store_info as i;

-- complaints, not cancelled: "repeated" says whether the same customer raised another one of the
-- same category within 30 days after this one was resolved, "repeatable" whether that is known yet
create or replace macro complaint_in(scope) as table
with complaint as (
    select * from service_record_in(scope) where kind = 'complaint' and status <> 'cancelled'
)
select
    a.*,
    coalesce(b.created_at <= a.resolved_at + interval 30 day, false) as repeated,
    a.resolved_at is not null and a.customer_id is not null and a.category is not null
    and a.as_of >= a.resolved_at + interval 30 day as repeatable
from complaint as a
asof left join (select customer_id, category, created_at from complaint) as b
    on a.customer_id = b.customer_id and a.category = b.category and a.resolved_at < b.created_at;

-- surveys: with what their record says (null without a record) under record_…, stage, kind, category,
-- level, the tiers and the time since handover, and grade and team of the survey's own staff; one that
-- names a record counts once that record is there to be seen
create or replace macro survey_in(scope) as table
select
    v.*,
    p.project_name,
    p.region,
    c.segment,
    c.vip,
    s.grade,
    s.team,
    r.kind,
    r.category,
    r.stage,
    r.level,
    r.tier_target,
    r.tier_delivered,
    r.channel as record_channel,
    r.created_at as record_created_at,
    r.since_handover
from store.survey as v
join project_in(scope) as p on p.project_id = v.project_id
left join store.customer as c on c.customer_id = v.customer_id
left join store.staff as s on s.staff_id = v.staff_id
left join service_record_in(scope) as r on r.record_id = v.record_id
where v.record_id is null or r.record_id is not null;

create or replace macro survey_dimension_in(scope) as table
select d.*, v.* exclude (survey_id)
from store.survey_dimension as d
join survey_in(scope) as v on v.survey_id = d.survey_id;

-- surveys with any SERVQUAL row, and their perceptions side by side (null where not given)
create or replace macro perceived_in(scope) as table
with perceived as (
    select
        survey_id,
        max(perception) filter (where dimension = 'reliability') as reliability,
        max(perception) filter (where dimension = 'responsiveness') as responsiveness,
        max(perception) filter (where dimension = 'assurance') as assurance,
        max(perception) filter (where dimension = 'empathy') as empathy,
        max(perception) filter (where dimension = 'tangibles') as tangibles
    from store.survey_dimension
    group by survey_id
)
select v.*, p.* exclude (survey_id)
from survey_in(scope) as v
join perceived as p on p.survey_id = v.survey_id;

-- staff: those of the scope's projects, and those responsible for a record or survey in it
create or replace macro staff_in(scope) as table
select * from store.staff
where scope['everything']
    or list_contains(scope['projects'], project_id)
    or staff_id in (select staff_id from service_record_in(scope))
    or staff_id in (select staff_id from survey_in(scope));

-- contracts of the scope's projects
create or replace macro contract_in(scope) as table
select c.* from store.contract as c
semi join project_in(scope) as p on p.project_id = c.project_id;

-- inspections: with region and name of the project and the as-of time
create or replace macro inspection_in(scope) as table
select i.*, p.project_name, p.region, o.as_of
from store.inspection as i
join project_in(scope) as p on p.project_id = i.project_id
cross join store.store_info as o;

-- those who belong to the scope's projects (staff_in has also those who only worked in them)
create or replace macro member_in(scope) as table
select s.*, p.project_name, p.region
from store.staff as s
left join store.project as p on p.project_id = s.project_id
where scope['everything'] or list_contains(scope['projects'], s.project_id);

-- training and reviews: of the scope's members, with what is known of the person
create or replace macro training_in(scope) as table
select t.*, m.staff_name, m.project_id, m.project_name, m.region, m.hired_on, m.left_on
from store.training as t
join member_in(scope) as m on m.staff_id = t.staff_id;

create or replace macro review_in(scope) as table
select r.*, m.staff_name, m.project_id, m.project_name, m.region
from store.review as r
join member_in(scope) as m on m.staff_id = r.staff_id;

create or replace macro store_info_in(scope) as table
select * from store.store_info
where scope['everything'] or len(scope['projects']) > 0;

-- targets of the company, and of the scope's own regions and projects; a value that is no number is none
create or replace macro target_in(scope) as table
select * from store.target
where isfinite(value)
    and case scope_type
        when 'company' then scope['everything'] or len(scope['projects']) > 0
        when 'region' then scope_id in (select region from project_in(scope))
        when 'project' then scope_id in (select project_id from project_in(scope))
    end;

-- surveys that name a record, and ratings that name a survey, which has not arrived yet
create or replace macro survey_unmatched_in(scope) as table
select v.survey_id, v.record_id, v.project_id
from store.survey as v
join project_in(scope) as p on p.project_id = v.project_id
where v.record_id is not null and v.record_id not in (select record_id from store.service_record);

create or replace macro survey_dimension_unmatched_in(scope) as table
select d.survey_id, d.dimension
from store.survey_dimension as d
where scope['everything'] and d.survey_id not in (select survey_id from store.survey);

-- loads concern the whole company
create or replace macro load_log_in(scope) as table
select * from store.load_log where scope['everything'];

create or replace macro load_problem_in(scope) as table
select * from store.load_problem where scope['everything'];

-- standards concern the whole company; everybody who may see anything may see them
create or replace macro standard_in(scope) as table
select s.*
from store.standard as s
semi join store_info_in(scope) as i on true;

-- improvement actions: of the scope's projects, and those of the whole company for everybody who may
-- see anything
create or replace macro action_in(scope) as table
select a.*, p.project_name, p.region, i.as_of
from store.action as a
left join project_in(scope) as p on p.project_id = a.project_id
join store_info_in(scope) as i on a.project_id is null or p.project_id is not null;
