-- One 360 degree review by somebody other than the customer.
create table review (
    review_id varchar not null,
    staff_id varchar not null,
    reviewer varchar not null,
    reviewed_on date not null,
    ability tinyint,
    attitude tinyint,
    efficiency tinyint
);
