-- metric: record_count
-- formula: number of records
-- population: records not cancelled, by created_at

create or replace macro record_count_counted(r) as true;
create or replace macro record_count(r) as count_of(record_count_counted(r));
