-- purpose: what customers wrote beside their scores, newest first; csat: only that rating; answer: only
-- promoters, passives or detractors; sought: only comments that say it
-- grain: one row per survey with a comment that is not blank; "found" counts all of them, beyond the limit
-- parameters: scope, selection, csat?, answer?, sought?, limit?, offset?
-- columns: survey_id, record_id, project_id, project_name, kind, category, responded_at, csat, nps, ces,
-- comment, found
select
    v.survey_id,
    v.record_id,
    v.project_id,
    v.project_name,
    v.kind,
    v.category,
    v.responded_at,
    v.csat,
    v.nps,
    v.ces,
    v.comment,
    count(*) over () as found
from survey_selected($scope, $selection) as v
where trim(v.comment) <> ''
    and ($csat is null or v.csat = $csat)
    and ($answer is null or (nps_counted(v) and nps_group(v) = $answer))
    and said(v.comment, $sought)
order by v.responded_at desc, v.survey_id
limit $limit
offset $offset
