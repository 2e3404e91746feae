-- purpose: the rows of a scope that a selection asks for; the one place that says what a filter means.
-- grain: as the table.
-- A selection is {date_from, date_to, projects, regions, …}; dates are inclusive, an empty list does
-- not filter, and an empty string in a list stands for "none".

create or replace macro chosen(list, value) as
len(list) = 0 or list_contains(list, coalesce(value, ''));

create or replace macro in_period(selection, moment) as
moment >= selection['date_from'] and moment < selection['date_to'] + interval 1 day;

create or replace macro project_selected(scope, selection) as table
select * from project_in(scope)
where chosen(selection['projects'], project_id) and chosen(selection['regions'], region);

-- does a record (or what a survey knows of its record) meet the filters on records?
create or replace macro chosen_record(selection, kind, category, stage, level, channel, target, delivered, created_at) as
chosen(selection['kinds'], kind)
and chosen(selection['categories'], category)
and chosen(selection['stages'], stage)
and chosen(selection['levels'], level)
and chosen(selection['channels'], channel)
and chosen(selection['target_tiers'], target)
and chosen(selection['tiers'], delivered)
and (len(selection['weekdays']) = 0 or list_contains(selection['weekdays'], isodow(created_at)::integer))
and (len(selection['hours']) = 0 or list_contains(selection['hours'], hour(created_at)::integer));

-- does a record or complaint r of the selected projects meet all filters but the period?
create or replace macro record_wanted(selection, r) as
chosen_record(
    selection, r.kind, r.category, r.stage, r.level, r.channel, r.tier_target, r.tier_delivered, r.created_at
)
and chosen(selection['segments'], r.segment)
and chosen(selection['staff'], r.staff_id)
and chosen(selection['grades'], r.grade)
and chosen(selection['teams'], r.team)
and chosen(selection['customers'], r.customer_id)
and chosen(selection['handovers'], r.since_handover)
and found(
    selection, [r.record_id, r.customer_id, r.staff_id, r.project_name, r.title, r.detail], [r.staff_id, r.category]
);

-- records of any date, cancelled ones too
create or replace macro record_matching(scope, selection) as table
select r.* from service_record_in(scope) as r
semi join project_selected(scope, selection) as p on p.project_id = r.project_id
where record_wanted(selection, r);

-- records created in the period, cancelled ones too
create or replace macro record_listed(scope, selection) as table
select * from record_matching(scope, selection) where in_period(selection, created_at);

-- the records of every record metric
create or replace macro record_selected(scope, selection) as table
select * from record_listed(scope, selection) where status <> 'cancelled';

-- the same for complaints, with "repeated" and "repeatable"; others of the scope may be the repeats
create or replace macro complaint_selected(scope, selection) as table
select r.* from complaint_in(scope) as r
semi join project_selected(scope, selection) as p on p.project_id = r.project_id
where in_period(selection, r.created_at) and record_wanted(selection, r);

-- surveys of any date: kind, category, stage, level, channel and tier through the record; a survey
-- without a record has none of them
create or replace macro survey_matching(scope, selection) as table
select v.* from survey_in(scope) as v
semi join project_selected(scope, selection) as p on p.project_id = v.project_id
where chosen_record(
        selection, v.kind, v.category, v.stage, v.level, v.record_channel, v.tier_target,
        v.tier_delivered, v.record_created_at
    )
    and chosen(selection['segments'], v.segment)
    and chosen(selection['staff'], v.staff_id)
    and chosen(selection['grades'], v.grade)
    and chosen(selection['teams'], v.team)
    and chosen(selection['customers'], v.customer_id)
    and chosen(selection['handovers'], v.since_handover)
    and found(
        selection, [v.survey_id, v.record_id, v.customer_id, v.staff_id, v.project_name, v.comment],
        [v.staff_id, v.category]
    );

-- surveys answered in the period: the survey metrics
create or replace macro survey_selected(scope, selection) as table
select * from survey_matching(scope, selection) where in_period(selection, responded_at);

-- surveys sent in the period: the response rate
create or replace macro survey_sent(scope, selection) as table
select * from survey_matching(scope, selection) where in_period(selection, sent_at);

-- SERVQUAL rows of the surveys answered in the period
create or replace macro dimension_selected(scope, selection) as table
select d.* from survey_dimension_in(scope) as d
semi join survey_selected(scope, selection) as v on v.survey_id = d.survey_id;

-- the same surveys, one row each, with their perceptions side by side
create or replace macro perceived_selected(scope, selection) as table
select p.* from perceived_in(scope) as p
semi join survey_selected(scope, selection) as v on v.survey_id = p.survey_id;

-- targets of any month for what is selected: the company's; the region's where all selected projects
-- lie in one; the project's where one is selected. "breadth" is 1 for the narrowest scope
create or replace macro target_selected(scope, selection) as table
with place as (
    select
        case when count(*) = 1 then any_value(project_id) end as project_id,
        case when count(*) = count(region) and count(distinct region) = 1 then any_value(region) end as region
    from project_selected(scope, selection)
)
select t.*, list_position(['project', 'region', 'company'], t.scope_type) as breadth
from target_in(scope) as t
cross join place as p
where t.scope_type = 'company'
    or (t.scope_type = 'region' and t.scope_id = p.region)
    or (t.scope_type = 'project' and t.scope_id = p.project_id);

-- the selection's period as one row, by month as one row for each calendar month's part of it
create or replace macro period_selected(selection, breakdown) as table
select
    greatest(month_start::date, selection['date_from']) as period_start,
    least((month_start + interval 1 month - interval 1 day)::date, selection['date_to']) as period_end,
    date_diff('day', period_start, period_end) + 1 as days
from generate_series(
    date_trunc('month', selection['date_from']), selection['date_to'], interval 1 month
) as months (month_start)
where breakdown = 'month'
union all
select
    selection['date_from'],
    selection['date_to'],
    date_diff('day', selection['date_from'], selection['date_to']) + 1
where breakdown is null or breakdown <> 'month';

-- customers of any date, once for each period; one without a project only where no project or region
-- is selected
create or replace macro customer_selected(scope, selection, breakdown) as table
select c.*, p.project_name, p.region, t.period_start, t.period_end
from customer_in(scope) as c
left join project_in(scope) as p on p.project_id = c.project_id
cross join period_selected(selection, breakdown) as t
where chosen(selection['projects'], c.project_id)
    and chosen(selection['regions'], p.region)
    and chosen(selection['segments'], c.segment)
    and chosen(selection['customers'], c.customer_id)
    and found(selection, [c.customer_id, p.project_name], []::varchar[]);

-- kind, category, stage, level, channel, tiers, segment, customer, grade, team, weekday, hour and time
-- since handover mean nothing for inspections, training and reviews and leave them alone; dates are
-- their own

-- inspections made in the period; staff: who was inspected
create or replace macro inspection_selected(scope, selection) as table
select i.* from inspection_in(scope) as i
semi join project_selected(scope, selection) as p on p.project_id = i.project_id
where in_period(selection, i.inspected_on)
    and chosen(selection['staff'], i.staff_id)
    and found(selection, [i.inspection_id, i.staff_id, i.project_name, i.item, i.finding], [i.staff_id]);

-- is a person (or what a row knows of them) of the selected projects, and one of the selected staff?
create or replace macro chosen_member(selection, project_id, region, staff_id) as
chosen(selection['projects'], project_id)
and chosen(selection['regions'], region)
and chosen(selection['staff'], staff_id);

-- one person in one session held in the period
create or replace macro training_selected(scope, selection) as table
select t.* from training_in(scope) as t
where in_period(selection, t.held_on)
    and chosen_member(selection, t.project_id, t.region, t.staff_id)
    and found(selection, [t.training_id, t.staff_id, t.staff_name, t.project_name, t.course], []::varchar[]);

-- reviews given in the period
create or replace macro review_selected(scope, selection) as table
select r.* from review_in(scope) as r
where in_period(selection, r.reviewed_on)
    and chosen_member(selection, r.project_id, r.region, r.staff_id);

-- those with a required session in the period while employed, once for each period: how many they had
-- and how many of them they attended
create or replace macro trainee_selected(scope, selection, breakdown) as table
select
    t.staff_id,
    any_value(t.staff_name) as staff_name,
    any_value(t.project_id) as project_id,
    any_value(t.project_name) as project_name,
    any_value(t.region) as region,
    p.period_start,
    count(*) as required_sessions,
    count(*) filter (where t.attended) as attended_sessions
from training_selected(scope, selection) as t
join period_selected(selection, breakdown) as p on t.held_on between p.period_start and p.period_end
where t.required
    and (t.hired_on is null or t.hired_on <= t.held_on)
    and (t.left_on is null or t.left_on >= t.held_on)
group by t.staff_id, p.period_start;
