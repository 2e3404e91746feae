-- purpose: the refused rows of the load that are not held yet
-- parameters: load_id, table_name, file_name, sha256
insert into private.quarantine
select
    $load_id, $table_name, $file_name, $sha256,
    r.line, r.source_text, r.reasons, r.problems, r.fields, r.row_key, $load_id, false
from work.refusal as r
anti join work.known as k on k.line = r.line
order by r.line;
