-- purpose: refused rows with their line number, original text and reasons
insert into private.quarantine
select
    $load_id, $table_name, $file_name, $sha256,
    outcome.line, source.source_text, list_transform(outcome.problems, lambda p: p[3])
from work.outcome
inner join work.source on source.line = outcome.line
where outcome.state = 'refused'
order by outcome.line;
