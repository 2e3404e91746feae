-- purpose: the status of a record is what its times say; cancelled stands, in progress may be early
select record_id, status from service_record
where status <> 'cancelled'
    and status <> case
        when closed_at is not null then 'closed'
        when resolved_at is not null then 'resolved'
        when first_response_at is not null or on_site_at is not null then 'in_progress'
        when status = 'in_progress' then 'in_progress'
        else 'open'
    end;
