-- purpose: every score lies on its scale
select survey_id as id from survey
where
    nps not between 0 and 10
    or ces not between 1 and 7
    or csat not between 1 and 5
    or attitude not between 1 and 5
    or ability not between 1 and 5
    or efficiency not between 1 and 5
    or content_quality not between 1 and 5
    or after_sales not between 1 and 5
union all
select survey_id from survey_dimension
where expectation not between 1 and 5 or perception not between 1 and 5
union all
select review_id from review
where
    ability not between 1 and 5 or attitude not between 1 and 5 or efficiency not between 1 and 5;
