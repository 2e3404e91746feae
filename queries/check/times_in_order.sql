-- purpose: nothing happens to a record before it was created, or to a finding before it was made
select record_id as id from service_record
where least(
    first_response_at, investigated_at, on_site_at, resolved_at, fed_back_at, closed_at
) < created_at
union all
select inspection_id from inspection where rectified_on < inspected_on;
