-- purpose: what a search finds; the one place that says so.

-- does a text hold what is sought, in any letter case? nothing sought: always; no text: never
create or replace macro said(text, sought) as
coalesce(sought, '') = '' or coalesce(contains(lower(text), lower(sought)), false);

-- does a row hold what a selection seeks: in one of its texts, or as a key whose name holds it?
create or replace macro found(selection, texts, keys) as
said(array_to_string(texts, chr(10)), selection['sought']) or list_has_any(keys, selection['named']);
