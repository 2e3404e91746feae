-- metric: complaint_count
-- formula: number of complaints
-- population: records not cancelled, by created_at

create or replace macro complaint_count_counted(r) as is_complaint(r);
create or replace macro complaint_count(r) as count_of(complaint_count_counted(r));
