-- One survey sent; responded_at is null while it is unanswered. Sorted by project_id, responded_at,
-- but for what small loads put at its end.
create table survey (
    survey_id varchar not null,
    record_id varchar,
    project_id varchar not null,
    customer_id varchar,
    staff_id varchar,
    sent_at timestamp,
    responded_at timestamp,
    channel varchar,
    nps tinyint,
    csat tinyint,
    ces tinyint,
    attitude tinyint,
    ability tinyint,
    efficiency tinyint,
    content_quality tinyint,
    after_sales tinyint,
    comment varchar
);
