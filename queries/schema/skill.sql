-- A skill of a member of staff, level 0 to 5.
create table skill (
    staff_id varchar not null,
    skill varchar not null,
    level tinyint not null,
    certified boolean not null,
    assessed_on date not null
);
