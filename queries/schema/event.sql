-- A community event.
create table event (
    event_id varchar not null,
    project_id varchar not null,
    name varchar not null,
    held_on date not null,
    invited integer,
    attended integer
);
