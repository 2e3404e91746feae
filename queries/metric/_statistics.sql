-- purpose: the sufficient statistics that metrics are made of; a query returns these, never a
-- finished ratio, so that groups can be put together and intervals computed. "counted" and "met" are
-- conditions on a row; unknown (null) is no.

create or replace macro count_of(counted) as {'n': count(*) filter (where counted)};

create or replace macro share_of(counted, met) as {
    'x': count(*) filter (where counted and met),
    'n': count(*) filter (where counted)
};

create or replace macro mean_of(counted, number) as {
    'n': count(*) filter (where counted),
    'mean': avg(number::double) filter (where counted),
    'sd': stddev_samp(number::double) filter (where counted)
};

create or replace macro quantile_of(counted, number, q) as {
    'n': count(*) filter (where counted),
    'value': quantile_cont(number::double, q) filter (where counted)
};

create or replace macro survival_of(counted, ended, hours) as {
    'events': coalesce(list(hours) filter (where counted and ended), []),
    'censored': coalesce(list(hours) filter (where counted and not ended), [])
};
