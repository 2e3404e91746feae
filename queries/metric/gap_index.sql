-- metric: gap_index
-- formula: unweighted mean of the five gaps, null unless all five are known; n = the smallest n
-- population: SERVQUAL rows of surveys, by responded_at

create or replace macro gap_index(d) as {
    'n': least(
        count(*) filter (where gap_reliability_counted(d)),
        count(*) filter (where gap_responsiveness_counted(d)),
        count(*) filter (where gap_assurance_counted(d)),
        count(*) filter (where gap_empathy_counted(d)),
        count(*) filter (where gap_tangibles_counted(d))
    ),
    'value': (
        gap_reliability(d).mean + gap_responsiveness(d).mean + gap_assurance(d).mean
        + gap_empathy(d).mean + gap_tangibles(d).mean
    ) / 5
};
