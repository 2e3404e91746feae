-- metric: open_count
-- formula: number of records with created_at ≤ as-of and resolved_at null or > as-of
-- population: records not cancelled, by created_at

create or replace macro open_count_counted(r) as is_open(r);
create or replace macro open_count(r) as count_of(open_count_counted(r));
