-- purpose: a survey with a score was answered at some time
select survey_id from survey
where responded_at is null
    and coalesce(
        nps, csat, ces, attitude, ability, efficiency, content_quality, after_sales
    ) is not null;
