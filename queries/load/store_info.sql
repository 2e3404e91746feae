-- purpose: what the whole store is; written anew by every load
delete from store.store_info;
insert into store.store_info
with
times as (
    select greatest(
        max(created_at), max(first_response_at), max(on_site_at),
        max(resolved_at), max(fed_back_at), max(closed_at)
    ) as latest
    from store.service_record
    union all
    select greatest(max(sent_at), max(responded_at)) as latest from store.survey
)
select $contract_version, max(latest), $demo, $published_at from times;
