-- purpose: held rows without fields that nobody filled in are to be read as their file was read now
-- parameters: load_id
update private.quarantine as q
set read_by = $load_id
from work.known as k
where k.load_id = q.load_id and k.held_line = q.line and k.by_id and not k.renews and q.fields is null;
