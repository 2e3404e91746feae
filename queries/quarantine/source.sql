-- purpose: how the file of the load was read
insert into private.load_source select $load_id, $header, $mapping_name, $mapping;
