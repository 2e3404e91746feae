-- purpose: the ledger of rows that were refused before there was one; contract 1 kept sentences only
insert into store.refused_row
select
    q.load_id,
    q.line,
    q.table_name,
    list_transform(
        q.reasons,
        lambda reason: {
            'column_name': split_part(reason, ': ', 1),
            'rule': case
                when reason like '%: is missing' then 'missing'
                when reason like '%'' is not one of %' then 'unknown_code'
                when reason like '% lies more than a day after the load' then 'in_future'
                when reason like '% lies before created_at %' then 'before_created_at'
                when reason like '% lies before inspected_on %' then 'before_inspected_on'
                when reason like '% in this file with different content' then 'duplicate_key'
                when reason like '%: a score needs the time of %' then 'score_without_time'
                when regexp_matches(reason, ' is (not between \S+ and \S+|below \S+|above \S+)$')
                    then 'out_of_range'
                else 'unreadable'
            end
        }
    ),
    'open', null, null, null, null
from private.quarantine as q
anti join store.refused_row as r on r.load_id = q.load_id and r.line = q.line
order by q.load_id, q.line;
