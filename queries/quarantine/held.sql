-- purpose: rows of the table that earlier loads refused and that wait, or shall not be loaded; of the
--          same file also those that are closed
-- parameters: table_name, sha256
create or replace table work.held as
select
    r.load_id, r.line, r.state,
    q.sha256, q.source_text, q.row_key, coalesce(q.edited, false) as edited, s.header
from store.refused_row as r
inner join private.quarantine as q on q.load_id = r.load_id and q.line = r.line
left join private.load_source as s on s.load_id = r.load_id
where
    r.table_name = $table_name
    and (r.state in ('open', 'dismissed') or (r.state = 'closed' and q.sha256 = $sha256));
