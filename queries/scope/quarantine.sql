-- purpose: refused rows and what has become of them, without any of their texts
-- grain: one row per row that a load refused; held_state is the state of the row that stands for it

-- refused rows concern the whole company, as loads do
create or replace macro refused_row_in(scope) as table
select r.*, coalesce(h.state, r.state) as held_state
from store.refused_row as r
left join store.refused_row as h
    on r.state = 'superseded' and h.load_id = r.closed_by and h.line = r.closed_line
where scope['everything'];
