-- purpose: which part of a metric's rows a drill-through lists: 'counted' (n) or 'met' (numerator).

create or replace macro drilled(part, counted, met) as
counted and (part = 'counted' or (part = 'met' and met));

create or replace macro drilled_all(part, counted) as counted and part = 'counted';
