-- purpose: what several metrics say of one row; a macro takes the row itself (the alias of its table).

create or replace macro hours_between(earlier, later) as (epoch_us(later) - epoch_us(earlier)) / 3.6e9;

create or replace macro is_complaint(r) as r.kind = 'complaint';

create or replace macro is_open(r) as
r.created_at <= r.as_of and (r.resolved_at is null or r.resolved_at > r.as_of);

create or replace macro age_in_days(r) as hours_between(r.created_at, r.as_of) / 24;
