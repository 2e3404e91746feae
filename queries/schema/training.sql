-- One person in one training session.
create table training (
    training_id varchar not null,
    staff_id varchar not null,
    course varchar not null,
    held_on date not null,
    required boolean not null,
    attended boolean not null,
    score double,
    passed boolean,
    hours double
);
