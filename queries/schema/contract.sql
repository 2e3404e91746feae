-- A purchase, lease or service contract of a customer.
create table contract (
    contract_id varchar not null,
    customer_id varchar not null,
    project_id varchar not null,
    staff_id varchar,
    kind varchar not null,
    signed_on date not null,
    amount decimal(18, 2)
);
