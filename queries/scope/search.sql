-- purpose: what a search finds; the one place that says so.

-- does a text hold what is sought, in any letter case? nothing sought: always; no text: never
create or replace macro said(text, sought) as
coalesce(sought, '') = '' or coalesce(contains(lower(text), lower(sought)), false);
