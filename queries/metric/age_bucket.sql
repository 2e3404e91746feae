-- metric: age_bucket
-- formula: open records by age in days at as-of, intervals closed on the left
-- population: records not cancelled, by created_at

create or replace macro age_bucket_counted(r) as is_open(r);
create or replace macro age_bucket_of(r) as
case
    when age_in_days(r) < 3 then '0-3'
    when age_in_days(r) < 7 then '3-7'
    when age_in_days(r) < 30 then '7-30'
    else '>30'
end;
create or replace macro age_bucket(r) as {
    '0-3': count(*) filter (where age_bucket_counted(r) and age_bucket_of(r) = '0-3'),
    '3-7': count(*) filter (where age_bucket_counted(r) and age_bucket_of(r) = '3-7'),
    '7-30': count(*) filter (where age_bucket_counted(r) and age_bucket_of(r) = '7-30'),
    '>30': count(*) filter (where age_bucket_counted(r) and age_bucket_of(r) = '>30')
};
