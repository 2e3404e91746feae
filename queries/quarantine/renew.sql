-- purpose: held rows that the load read again take its reading; where they were when they were first
--          refused, and their text then, stays
-- parameters: load_id
update private.quarantine as q
set
    reasons = n.reasons,
    problems = n.problems,
    fields = n.fields,
    row_key = n.row_key,
    read_by = $load_id,
    edited = n.by_id
from (
    select k.load_id, k.held_line, k.by_id, f.* exclude (line)
    from work.known as k
    inner join work.refusal as f on f.line = k.line
    where k.renews
) as n
where n.load_id = q.load_id and n.held_line = q.line;
