-- metric: standard_rate, delay_grade
-- formula: met ÷ due of response_l1_rate, onsite_l2_rate and complete_l3_rate together; the due ones by
-- how late they were beyond the standard of their level (what is missing: late up to as-of): none,
-- minor ≤ 3 d, moderate ≤ 7 d, severe
-- population: records not cancelled, by created_at

create or replace macro standard_rate_counted(r) as
response_l1_rate_counted(r) or onsite_l2_rate_counted(r) or complete_l3_rate_counted(r);
create or replace macro standard_rate_met(r) as
case r.level
    when 'L1' then response_l1_rate_met(r)
    when 'L2' then onsite_l2_rate_met(r)
    when 'L3' then complete_l3_rate_met(r)
end;
create or replace macro standard_rate(r) as share_of(standard_rate_counted(r), standard_rate_met(r));

create or replace macro delay_grade_counted(r) as standard_rate_counted(r);
create or replace macro delay_days(r) as
case r.level
    when 'L1' then hours_between(r.created_at + interval 2 hour, coalesce(r.first_response_at, r.as_of))
    when 'L2' then hours_between(r.created_at + interval 24 hour, coalesce(r.on_site_at, r.as_of))
    when 'L3' then hours_between(r.created_at + interval 72 hour, coalesce(r.resolved_at, r.as_of))
end / 24;
create or replace macro delay_grade_of(r) as
case
    when standard_rate_met(r) then 'none'
    when delay_days(r) <= 3 then 'minor'
    when delay_days(r) <= 7 then 'moderate'
    else 'severe'
end;
-- Graded once and taken apart after that: a macro is put in place of each of its calls, and planning
-- takes longer than reading.
create or replace macro delay_grade(r) as list_transform(
    [histogram(delay_grade_of(r)) filter (where delay_grade_counted(r))],
    lambda graded: {
        'none': coalesce(graded['none'], 0),
        'minor': coalesce(graded['minor'], 0),
        'moderate': coalesce(graded['moderate'], 0),
        'severe': coalesce(graded['severe'], 0)
    }
)[1];
