-- purpose: what the store holds at all in the scope, so that an empty page can say what to load
-- grain: one row
-- parameters: scope
-- columns: records, surveys, dimensions, tiers, staff, customers, investigated
select
    (select count(*) from service_record_in($scope)) as records,
    (select count(*) from survey_in($scope) where responded_at is not null) as surveys,
    (select count(*) from survey_dimension_in($scope)) as dimensions,
    (select count(tier_delivered) from service_record_in($scope)) as tiers,
    (select count(staff_id) from service_record_in($scope)) as staff,
    (select count(*) from customer_in($scope)) as customers,
    (select count(investigated_at) from service_record_in($scope) where kind = 'complaint') as investigated
