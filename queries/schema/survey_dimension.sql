-- One SERVQUAL dimension of one survey: expectation and perception, 1 to 5.
create table survey_dimension (
    survey_id varchar not null,
    dimension varchar not null,
    expectation tinyint,
    perception tinyint
);
