-- Service points earned by a member of staff.
create table points (
    entry_id varchar not null,
    staff_id varchar not null,
    earned_on date not null,
    points double not null,
    reason varchar not null
);
