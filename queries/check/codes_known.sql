-- purpose: the codes that pages group by are codes of the contract
select 'kind' as column_name, kind as code from service_record
where kind not in ('consultation', 'repair', 'complaint', 'follow_up', 'visit', 'value_added', 'praise')
union all
select 'stage', stage from service_record
where stage not in ('reception', 'information', 'follow_up', 'contract', 'handover', 'after_sales')
union all
select 'risk', risk from service_record
where risk not in ('contract', 'construction', 'facilities', 'service')
union all
select 'channel', channel from (
    select channel from service_record union all select channel from survey
)
where channel not in ('phone', 'face_to_face', 'app', 'wechat', 'email', 'web', 'other')
union all
select 'level', level from service_record where level not in ('L1', 'L2', 'L3')
union all
select 'tier_target', tier_target from service_record
where tier_target not in ('basic', 'satisfying', 'exceeding', 'memorable')
union all
select 'tier_delivered', tier_delivered from service_record
where tier_delivered not in ('below', 'basic', 'satisfying', 'exceeding', 'memorable')
union all
select 'status', status from service_record
where status not in ('open', 'in_progress', 'resolved', 'closed', 'cancelled')
union all
select 'dimension', dimension from survey_dimension
where dimension not in ('reliability', 'responsiveness', 'assurance', 'empathy', 'tangibles');
