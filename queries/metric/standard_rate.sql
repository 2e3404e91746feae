-- metric: standard_rate
-- formula: met ÷ due of response_l1_rate, onsite_l2_rate and complete_l3_rate together
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
