-- Labels and the risk dimension of a category code.
create table category (
    category varchar not null,
    label_zh varchar,
    label_en varchar,
    risk varchar
);
