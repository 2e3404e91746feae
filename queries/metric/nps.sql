-- metric: nps
-- formula: 100 × (share of 9–10 − share of 0–6) over surveys with nps
-- population: surveys, by responded_at

create or replace macro nps_counted(v) as v.nps is not null;
create or replace macro nps_group(v) as
case when v.nps >= 9 then 'promoters' when v.nps >= 7 then 'passives' else 'detractors' end;
create or replace macro nps(v) as {
    'promoters': count(*) filter (where nps_counted(v) and nps_group(v) = 'promoters'),
    'passives': count(*) filter (where nps_counted(v) and nps_group(v) = 'passives'),
    'detractors': count(*) filter (where nps_counted(v) and nps_group(v) = 'detractors')
};
