"""Satisfaction: what customers say, and whether they stay."""

from collections.abc import Iterator
from functools import partial

from dashboard.metrics.model import Better, Metric, Population, Statistic, Unit

_survey = partial(Metric, population=Population.SURVEY, query="metric_survey", better=Better.HIGH)
_gap = partial(
    Metric,
    population=Population.GAP,
    query="metric_dimension",
    unit=Unit.SCORE,
    better=Better.HIGH,
    decimals=2,
)


def _scores() -> Iterator[Metric]:
    yield _survey(
        "nps",
        "NPS",
        "Net promoter score: 100 × (share of 9–10 − share of 0–6) over surveys answered in the "
        "period that have it.",
        unit=Unit.POINTS,
        statistic=Statistic.NPS,
        target=50,
        needs="nps",
    )
    yield _survey(
        "csat",
        "CSAT",
        "Share of satisfied customers: ratings of 4 or 5 ÷ surveys answered in the period that "
        "have the rating.",
        unit=Unit.PERCENT,
        statistic=Statistic.SHARE,
        target=85,
        needs="csat",
    )
    yield _survey(
        "csat_mean",
        "CSAT, mean rating",
        "Mean satisfaction rating (1 to 5) over surveys answered in the period.",
        unit=Unit.SCORE,
        statistic=Statistic.MEAN,
        decimals=2,
        needs="csat",
    )
    yield _survey(
        "ces",
        "CES",
        "Customer effort: mean rating from 1 to 7, 7 = easiest, over surveys answered in the "
        "period.",
        unit=Unit.SCORE,
        statistic=Statistic.MEAN,
        decimals=2,
        target=5.5,
        needs="ces",
    )
    yield _survey(
        "ces_easy",
        "Found it easy",
        "Effort ratings of 5 to 7 ÷ surveys answered in the period that have the rating.",
        unit=Unit.PERCENT,
        statistic=Statistic.SHARE,
        needs="ces",
    )
    yield _survey(
        "response_rate",
        "Survey response rate",
        "Surveys answered ÷ surveys sent in the period.",
        unit=Unit.PERCENT,
        statistic=Statistic.SHARE,
        population=Population.SENT,
        query="metric_sent",
        target=30,
        needs="sent_at",
    )
    yield Metric(
        "churn_rate",
        "Customer churn",
        "Share of the customers active at the start of the period that left by its end.",
        unit=Unit.PERCENT,
        better=Better.LOW,
        statistic=Statistic.SHARE,
        population=Population.CUSTOMER,
        query="metric_customer",
        target=5,
        yearly=True,
    )


def _gaps() -> Iterator[Metric]:
    definition = (
        "Mean of perception − expectation (1 to 5 each) over surveys answered in the period that "
        "have both."
    )
    names = {
        "gap_reliability": "Gap in reliability",
        "gap_responsiveness": "Gap in responsiveness",
        "gap_assurance": "Gap in assurance",
        "gap_empathy": "Gap in empathy",
        "gap_tangibles": "Gap in tangibles",
    }
    for metric, name in names.items():
        yield _gap(metric, name, definition, statistic=Statistic.MEAN)
    yield _gap(
        "gap_index",
        "Mean gap",
        "Unweighted mean of the five gaps between perception and expectation; n is the smallest of "
        "the five.",
        statistic=Statistic.SCORE,
    )


_DRIVERS = Metric(
    "drivers",
    "Drivers of satisfaction",
    "How much of what the five perceptions together explain of the satisfaction rating (R² of a "
    "linear regression) each of them explains, averaged over all orders of entry; the five shares "
    "sum to 100 %. Over surveys answered in the period with the rating and all five perceptions; "
    "50 of them are needed.",
    unit=Unit.PERCENT,
    better=Better.NONE,
    statistic=Statistic.DRIVERS,
    population=Population.PERCEIVED,
    query="metric_perceived",
    needs="perception",
)

METRICS = (*_scores(), *_gaps(), _DRIVERS)
