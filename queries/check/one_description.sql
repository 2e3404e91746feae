-- purpose: one row says what the store is
select count(*) as descriptions from store_info having count(*) <> 1;
