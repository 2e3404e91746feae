-- purpose: personal data belongs to a described customer
select customer_id from private.customer_private
where customer_id not in (select customer_id from customer where registered);
