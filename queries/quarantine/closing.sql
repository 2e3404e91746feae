-- purpose: held rows that the load closes: it takes a row with their id, their text or their key, or
--          its mapping leaves out a row with their text
-- parameters: header, sha256
create or replace table work.closing as
with
corrected as (
    select h.load_id, h.line
    from work.corrects as c
    inner join work.held as h on h.load_id = c.load_id and h.line = c.held_line
    inner join work.outcome as o on o.line = c.line and o.state <> 'refused'
),
same as (
    select h.load_id, h.line
    from work.held as h
    inner join work.source as s on s.source_text = h.source_text
    left join work.outcome as o on o.line = s.line
    where
        (h.header = $header or h.sha256 = $sha256)
        and coalesce(o.state <> 'refused', true)
),
keyed as (
    select h.load_id, h.line
    from work.held as h
    inner join work.outcome as o on to_json(o.identity)::varchar = h.row_key
    where h.state = 'open' and o.state <> 'refused'
)
select c.load_id, c.line
from (from corrected union from same union from keyed) as c
anti join work.known as k on k.load_id = c.load_id and k.held_line = c.line
where (c.load_id, c.line) not in (select (load_id, line) from work.held where state = 'closed');
