-- purpose: what puts a row on the worklist where no metric says so, beside the metric it belongs to.
-- The other queues are the rows that a metric counts as met: open_over_30d, reopen_rate (and what is
-- open again), repeat_rate; and those that rectified_on_time counts and does not: see scope/worklist.

-- open, and the promised time has come: counted and not met by on_time_rate, and not resolved yet
create or replace macro overdue(r) as is_open(r) and r.due_at <= r.as_of;

-- open, and the promised time comes within 24 hours
create or replace macro due_soon(r) as
is_open(r) and r.due_at > r.as_of and r.due_at <= r.as_of + interval 24 hour;

-- answered with satisfaction 1 or 2 of 5 more than 48 hours ago, and not followed up within them; v
-- has followed_up_at of low_rating_selected
create or replace macro low_rating(v) as v.csat <= 2;
create or replace macro low_rating_missed(v) as
v.responded_at + interval 48 hour <= v.as_of
and coalesce(v.followed_up_at > v.responded_at + interval 48 hour, true);
