-- purpose: how a population is broken down; the one place that says what a group is.
-- grain: a key per row: '' where the row has none, and for the total (breakdown is null); null where
-- the population has no such key, and for an unknown one. Adding the key to the selection's filters
-- selects the rows of the group (a missing weekday or hour, of a survey without a record, cannot be).

create or replace macro month_key(moment) as strftime(moment, '%Y-%m');

create or replace macro record_key(
    breakdown, kind, category, stage, level, channel, target, delivered, created_at
) as
case breakdown
    when 'kind' then coalesce(kind, '')
    when 'category' then coalesce(category, '')
    when 'stage' then coalesce(stage, '')
    when 'level' then coalesce(level, '')
    when 'channel' then coalesce(channel, '')
    when 'target_tier' then coalesce(target, '')
    when 'tier' then coalesce(delivered, '')
    when 'weekday' then coalesce(isodow(created_at)::varchar, '')
    when 'hour' then coalesce(hour(created_at)::varchar, '')
end;

create or replace macro place_key(breakdown, s) as
case breakdown
    when 'project' then coalesce(s.project_id, '')
    when 'region' then coalesce(s.region, '')
end;

create or replace macro record_group(breakdown, r) as
case
    when breakdown is null then ''
    when breakdown = 'month' then month_key(r.created_at)
    when breakdown = 'staff' then coalesce(r.staff_id, '')
    when breakdown = 'grade' then coalesce(r.grade, '')
    when breakdown = 'team' then coalesce(r.team, '')
    when breakdown = 'handover' then coalesce(r.since_handover, '')
    when breakdown = 'segment' then coalesce(r.segment, '')
    when breakdown in ('project', 'region') then place_key(breakdown, r)
    else record_key(
        breakdown, r.kind, r.category, r.stage, r.level, r.channel, r.tier_target, r.tier_delivered,
        r.created_at
    )
end;

-- kind, category, stage, level, channel, tiers, weekday, hour and time since handover of a survey are
-- its record's
create or replace macro survey_group(breakdown, v, moment) as
case
    when breakdown is null then ''
    when breakdown = 'month' then month_key(moment)
    when breakdown = 'staff' then coalesce(v.staff_id, '')
    when breakdown = 'grade' then coalesce(v.grade, '')
    when breakdown = 'team' then coalesce(v.team, '')
    when breakdown = 'handover' then coalesce(v.since_handover, '')
    when breakdown = 'segment' then coalesce(v.segment, '')
    when breakdown in ('project', 'region') then place_key(breakdown, v)
    else record_key(
        breakdown, v.kind, v.category, v.stage, v.level, v.record_channel, v.tier_target, v.tier_delivered,
        v.record_created_at
    )
end;

create or replace macro customer_group(breakdown, c) as
case
    when breakdown is null then ''
    when breakdown = 'month' then month_key(c.period_start)
    when breakdown = 'segment' then coalesce(c.segment, '')
    else place_key(breakdown, c)
end;

-- inspections, training and those trained: by project, region, staff and month
create or replace macro staff_group(breakdown, s, day) as
case
    when breakdown is null then ''
    when breakdown = 'month' then month_key(day)
    when breakdown = 'staff' then coalesce(s.staff_id, '')
    else place_key(breakdown, s)
end;
