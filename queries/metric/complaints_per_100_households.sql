-- metric: complaints_per_100_households
-- formula: 100 × complaints ÷ households ÷ months, months = days ÷ 30.4375; complaints and households of
-- projects whose households are known; n = households
-- population: complaints of the records not cancelled, by created_at; households of the selected projects

create or replace macro complaints_per_100_households_counted(r) as
is_complaint(r) and r.households is not null;
create or replace macro complaints_per_100_households(complaints, households, days) as {
    'x': coalesce(complaints, 0),
    'n': coalesce(households, 0),
    'days': days
};
