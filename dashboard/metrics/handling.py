"""Volume and handling: how much there is, and how fast and how well it is dealt with."""

from collections.abc import Iterator
from functools import partial

from dashboard.codes import CODES
from dashboard.metrics.model import Better, Metric, Population, Statistic, Unit

_record = partial(Metric, population=Population.RECORD, query="metric_record")
_share = partial(_record, unit=Unit.PERCENT, statistic=Statistic.SHARE)
_hours = partial(_record, unit=Unit.HOURS, better=Better.LOW)
_count = partial(_record, unit=Unit.COUNT, decimals=0)


def _volume() -> Iterator[Metric]:
    yield _count(
        "record_count",
        "Records",
        "Number of records created in the period, cancelled ones left out.",
        better=Better.NONE,
        statistic=Statistic.COUNT,
    )
    yield _count(
        "complaint_count",
        "Complaints",
        "Number of complaints created in the period.",
        better=Better.LOW,
        statistic=Statistic.COUNT,
    )
    yield _record(
        "complaint_rate",
        "Complaint rate",
        "1000 × complaints ÷ records created in the period.",
        unit=Unit.PER_MILLE,
        better=Better.LOW,
        statistic=Statistic.SHARE,
    )
    yield _record(
        "complaints_per_100_households",
        "Complaints per 100 households",
        "100 × complaints created in the period ÷ households of the selected projects ÷ months of "
        "the period (days ÷ 30.4375).",
        unit=Unit.RATE,
        better=Better.LOW,
        statistic=Statistic.HOUSEHOLD_RATE,
        query="metric_household",
        decimals=2,
        needs="project.households",
    )


def _backlog() -> Iterator[Metric]:
    yield _count(
        "open_count",
        "Open records",
        "Records created in the period that are not resolved at the as-of time.",
        better=Better.LOW,
        statistic=Statistic.COUNT,
    )
    yield _count(
        "open_over_30d",
        "Complaints open over 30 days",
        "Complaints created in the period, open at the as-of time and older than 30 days then; n "
        "is the number of open complaints.",
        better=Better.LOW,
        statistic=Statistic.PART,
    )
    yield _count(
        "age_bucket",
        "Age of open records",
        "Open records by their age at the as-of time: under 3, 3 to 7, 7 to 30, 30 and more days.",
        better=Better.NONE,
        statistic=Statistic.TABLE,
        nothing=dict.fromkeys(("0-3", "3-7", "7-30", ">30"), 0),
    )


def _response() -> Iterator[Metric]:
    yield _hours(
        "first_response_median",
        "First response, median",
        "Median of the time from creation to first response, over records created in the period "
        "that have a first response.",
        statistic=Statistic.QUANTILE,
        needs="first_response_at",
    )
    yield _hours(
        "first_response_p90",
        "First response, 90th percentile",
        "Nine of ten first responses came within this time, over records created in the period "
        "that have a first response.",
        statistic=Statistic.QUANTILE,
        needs="first_response_at",
    )
    yield _share(
        "response_l1_rate",
        "Level 1 confirmed within 2 h",
        "Level 1 records with a first response within 2 hours ÷ level 1 records that have a "
        "response or whose 2 hours have passed at the as-of time.",
        better=Better.HIGH,
        target=90,
        needs="level",
    )
    yield _share(
        "onsite_l2_rate",
        "Level 2 on site within 24 h",
        "Level 2 records with staff on site within 24 hours ÷ level 2 records that were visited or "
        "whose 24 hours have passed at the as-of time.",
        better=Better.HIGH,
        target=90,
        needs="level",
    )
    yield _share(
        "complete_l3_rate",
        "Level 3 completed within 3 days",
        "Level 3 records resolved within 72 hours ÷ level 3 records that are resolved or whose "
        "72 hours have passed at the as-of time.",
        better=Better.HIGH,
        target=90,
        needs="level",
    )
    yield _share(
        "standard_rate",
        "Response standards met",
        "Records that met the response standard of their level (2 h, 24 h, 3 days) ÷ records whose "
        "standard was due. Records not yet due are left out.",
        better=Better.HIGH,
        needs="level",
    )
    yield _share(
        "on_time_rate",
        "Resolved by the promised time",
        "Records resolved by their due time ÷ records with a due time that are resolved or overdue "
        "at the as-of time.",
        better=Better.HIGH,
        needs="due_at",
    )
    yield _count(
        "delay_grade",
        "Delay beyond the standard",
        "Records created in the period whose response standard was due (level 1: response in 2 h, "
        "level 2: on site in 24 h, level 3: resolved in 3 days), by how late they were beyond it: "
        "not at all, minor up to 3 days, moderate up to 7 days, severe. What is still missing is "
        "late up to the as-of time.",
        better=Better.NONE,
        statistic=Statistic.TABLE,
        nothing=dict.fromkeys(CODES["delay_grade"], 0),
        needs="level",
    )


def _resolution() -> Iterator[Metric]:
    yield _hours(
        "resolution_mean",
        "Time to resolution, mean",
        "Mean time from creation to resolution, over resolved records created in the period.",
        statistic=Statistic.MEAN,
    )
    yield _hours(
        "resolution_median",
        "Time to resolution, median",
        "Time within which half of the records created in the period are resolved (Kaplan–Meier; "
        "open records count up to the as-of time).",
        statistic=Statistic.SURVIVAL_MEDIAN,
        query="metric_resolution",
    )
    yield _share(
        "resolved_within_30d",
        "Resolved within 30 days",
        "Estimated share of the records created in the period that are resolved within 30 days "
        "(1 − Kaplan–Meier survival; open records count up to the as-of time).",
        better=Better.HIGH,
        statistic=Statistic.SURVIVAL_SHARE,
        query="metric_resolution",
        shares="resolution_median",
        target=90,
    )


def _quality() -> Iterator[Metric]:
    yield _share(
        "closed_loop_rate",
        "Closed-loop complaints",
        "Complaints with first response, resolution, feedback and closing all recorded ÷ "
        "complaints created in the period and older than 30 days at the as-of time.",
        better=Better.HIGH,
        target=95,
    )
    yield _share(
        "reopen_rate",
        "Reopened",
        "Records reopened at least once ÷ resolved records created in the period.",
        better=Better.LOW,
        target=5,
    )
    yield _share(
        "escalation_rate",
        "Escalated",
        "Escalated records ÷ records created in the period.",
        better=Better.LOW,
    )
    yield _share(
        "repeat_rate",
        "Repeat complaints",
        "Complaints followed by another of the same customer and category within 30 days of being "
        "resolved ÷ complaints of a known customer and category whose 30 days have passed at the "
        "as-of time. The later one may lie outside the selection.",
        better=Better.LOW,
        population=Population.COMPLAINT,
        query="metric_complaint",
        target=5,
        needs="customer_id",
    )
    yield _record(
        "cost_per_record",
        "Cost per record",
        "Σ cost ÷ records created in the period that have a cost.",
        unit=Unit.MONEY,
        better=Better.LOW,
        statistic=Statistic.MEAN,
        decimals=2,
        needs="cost",
    )
    yield _share(
        "focus_share",
        "Complaints within 100 days of handover",
        "Complaints created 0 to 100 days after the handover of the home (else of the project) ÷ "
        "complaints created in the period after a known handover.",
        better=Better.LOW,
        needs="handed_over_on",
    )


METRICS = (*_volume(), *_backlog(), *_response(), *_resolution(), *_quality())
