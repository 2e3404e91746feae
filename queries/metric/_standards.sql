-- purpose: where each record with a standard stands: met, missed (done too late), overdue (its time has
-- passed and nothing is done yet) or pending (there is still time). What is due in a metric, its n, is
-- met, missed and overdue together.

create or replace macro outcome_of(counted, met, done) as
case
    when not coalesce(counted, false) then 'pending'
    when coalesce(met, false) then 'met'
    when done then 'missed'
    else 'overdue'
end;

-- the standard of the response level; null for a record without a level
create or replace macro standard_outcome(r) as
case r.level
    when 'L1' then outcome_of(response_l1_rate_counted(r), response_l1_rate_met(r), r.first_response_at is not null)
    when 'L2' then outcome_of(onsite_l2_rate_counted(r), onsite_l2_rate_met(r), r.on_site_at is not null)
    when 'L3' then outcome_of(complete_l3_rate_counted(r), complete_l3_rate_met(r), r.resolved_at is not null)
end;

-- until when the standard of the level must be met; null for a record without a level
create or replace macro standard_deadline(r) as
case r.level
    when 'L1' then r.created_at + interval 2 hour
    when 'L2' then r.created_at + interval 24 hour
    when 'L3' then r.created_at + interval 72 hour
end;

-- the time that was promised for the resolution; null for a record without one
create or replace macro promise_outcome(r) as
case
    when r.due_at is not null
        then outcome_of(on_time_rate_counted(r), on_time_rate_met(r), r.resolved_at is not null)
end;

-- a finding: rectified on time, late, overdue (due and not rectified: with the two before, the n of the
-- metric), not due yet, or without a date
create or replace macro rectification_outcome(i) as
case
    when i.finding is null then null
    when i.due_on is null then 'undated'
    when not rectified_on_time_counted(i) then 'pending'
    when coalesce(rectified_on_time_met(i), false) then 'on_time'
    when i.rectified_on is not null then 'late'
    else 'overdue'
end;
