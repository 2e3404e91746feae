-- metric: focus_share
-- formula: complaints created 0 to 100 calendar days after handover ÷ complaints whose customer (else
-- project) was handed over at a known date ≤ created_at
-- population: records not cancelled, by created_at

create or replace macro focus_share_counted(r) as
is_complaint(r) and r.handover_on is not null and r.handover_on <= r.created_at;
create or replace macro focus_share_met(r) as
date_diff('day', r.handover_on, r.created_at::date) between 0 and 100;
create or replace macro focus_share(r) as share_of(focus_share_counted(r), focus_share_met(r));
