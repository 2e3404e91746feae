-- purpose: refused rows that are open, with all that is held of them
-- grain: one row per row that is open; of some loads, also what they met that is held from before
-- parameters: loads (null for all), table_name (null for all)
select
    q.load_id, q.line, q.table_name, q.file_name, q.source_text, q.reasons,
    coalesce(
        q.problems,
        list_transform(
            list_zip(r.problems, q.reasons),
            lambda p: {'column_name': p[1].column_name, 'rule': p[1].rule, 'value': null::varchar}
        )
    ) as problems,
    q.fields, q.row_key, coalesce(q.edited, false) as edited,
    s.header, s.mapping_name, s.mapping
from store.refused_row as r
inner join private.quarantine as q on q.load_id = r.load_id and q.line = r.line
left join private.load_source as s on s.load_id = q.read_by
where
    r.state = 'open'
    and ($table_name::varchar is null or r.table_name = $table_name)
    and (
        $loads::varchar[] is null
        or list_contains($loads::varchar[], r.load_id)
        or (r.load_id, r.line) in (
            select (closed_by, closed_line) from store.refused_row
            where state = 'superseded' and list_contains($loads::varchar[], load_id)
        )
    )
order by q.table_name, s.header, q.load_id, q.line;
