-- purpose: refused rows that are held already: by the id of a download, or the same text again
-- parameters: header, sha256
-- columns: line, load_id, held_line, by_id, renews (whether what is held takes this reading)
create or replace table work.known as
with
corrected as (
    select c.line, h.load_id, h.line as held_line, true as by_id, h.edited, h.state
    from work.corrects as c
    inner join work.held as h on h.load_id = c.load_id and h.line = c.held_line
    where h.state <> 'closed' and c.line in (select line from work.refusal)
    -- two rows with one id cannot both be held as it
    qualify row_number() over (partition by h.load_id, h.line order by c.line) = 1
),
same as (
    select r.line, h.load_id, h.line as held_line, false as by_id, h.edited, h.state
    from work.refusal as r
    inner join work.held as h
        on h.source_text = r.source_text and (h.header = $header or h.sha256 = $sha256)
    where r.line not in (select line from corrected)
    qualify row_number() over (
        partition by r.line order by h.state <> 'open', h.line <> r.line, h.load_id, h.line
    ) = 1
)
select
    k.line, k.load_id, k.held_line, k.by_id,
    -- of a correction that cannot be taken apart, and of a row whose correction waits, nothing is taken
    case when k.by_id then r.fields is not null else k.state <> 'closed' and not k.edited end
    and row_number() over (
        partition by k.load_id, k.held_line order by k.by_id desc, k.line
    ) = 1 as renews
from (from corrected union all from same) as k
inner join work.refusal as r on r.line = k.line;
