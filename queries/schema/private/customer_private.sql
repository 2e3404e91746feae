-- What identifies a customer. In the private file only; no page reads it.
create table customer_private (
    customer_id varchar not null,
    customer_name varchar,
    phone varchar
);
