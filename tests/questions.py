"""Random questions to a portfolio: who asks, for what period and filters, broken down by what."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
from hypothesis import strategies as st

from dashboard.access import EVERYTHING, NOTHING, Scope
from dashboard.measures import GROUPS
from dashboard.metrics import METRICS
from dashboard.published import current_version, store_file
from dashboard.selection import HANDOVERS, Selection

FIELDS = {
    "project": "projects",
    "region": "regions",
    "staff": "staff",
    "kind": "kinds",
    "category": "categories",
    "stage": "stages",
    "level": "levels",
    "channel": "channels",
    "tier": "tiers",
    "target_tier": "target_tiers",
    "segment": "segments",
    "grade": "grades",
    "team": "teams",
    "weekday": "weekdays",
    "hour": "hours",
    "handover": "handovers",
}
"""The filter that selects a group, by what it is a group of; a month is a period."""

FAMILIES = tuple(dict.fromkeys(metric.query for metric in METRICS.values()))
"""The queries that measure, each a family of metrics."""

_VALUES = """
select 'project' as field, project_id as value from project
union select 'region', coalesce(region, '') from project
union select 'segment', coalesce(segment, '') from customer
union select 'grade', coalesce(grade, '') from staff
union select 'team', coalesce(team, '') from staff
union
select field, value
from (
    select
        coalesce(staff_id, '') as staff,
        kind,
        coalesce(category, '') as category,
        coalesce(stage, '') as stage,
        coalesce(level, '') as level,
        coalesce(channel, '') as channel,
        coalesce(tier_delivered, '') as tier,
        coalesce(tier_target, '') as target_tier
    from service_record
)
unpivot (value for field in (staff, kind, category, stage, level, channel, tier, target_tier))
order by 1, 2
"""


@dataclass(frozen=True)
class Question:
    """What a reader asks, and how the answer is looked at.

    ``by`` and ``pick`` choose a breakdown and one of its groups, and the day on which the period is
    cut in two; ``family`` the query that is broken down, ``inner`` a narrower scope and ``metric``
    the one whose rows are listed page by page.
    """

    scope: Scope
    selection: Selection
    by: str
    pick: int
    family: str
    inner: frozenset[str]
    metric: str


def vocabulary(folder: Path) -> dict[str, tuple[Any, ...]]:
    """Field of a selection → what can be chosen there: all values of a store, and one it lacks."""
    version = current_version(folder)
    assert version is not None
    with duckdb.connect(str(store_file(folder, version)), read_only=True) as connection:
        rows = connection.execute(_VALUES).fetchall()
    found = {
        field: (*(value for name, value in rows if name == by), "no such")
        for by, field in FIELDS.items()
    }
    return found | {
        "weekdays": tuple(range(1, 8)),
        "hours": tuple(range(24)),
        "handovers": (*HANDOVERS, ""),
    }


def questions(
    values: Mapping[str, tuple[Any, ...]], first: date, last: date
) -> st.SearchStrategy[Question]:
    """Questions to a portfolio with those values, mostly between the two dates."""
    projects = st.frozensets(st.sampled_from(values["projects"]), min_size=1, max_size=4)
    some = projects.map(Scope)
    return st.builds(
        Question,
        scope=_weighed((12, st.just(EVERYTHING)), (7, some), (1, st.just(NOTHING))),
        selection=_selections(values, first, last),
        by=st.sampled_from(GROUPS),
        pick=st.integers(0, 1000),
        family=st.sampled_from(FAMILIES),
        inner=projects,
        metric=st.sampled_from(list(METRICS)),
    )


def _weighed(*choices: tuple[int, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    """One of the strategies, each as often as its weight says."""
    return st.sampled_from([each for weight, each in choices for _ in range(weight)]).flatmap(
        lambda each: each
    )


@st.composite
def _selections(
    draw: st.DrawFn, values: Mapping[str, tuple[Any, ...]], first: date, last: date
) -> Selection:
    """A period and up to three filters, each of one to six values."""
    whole = st.just((first, last))
    period = draw(_weighed((4, whole), (3, _months(first, last)), (3, _periods(first, last))))
    fields = st.lists(st.sampled_from(list(FIELDS.values())), unique=True, min_size=3, max_size=3)
    chosen = draw(fields)[: draw(st.sampled_from([0, 1, 1, 1, 2, 2, 3]))]
    most = draw(st.integers(1, 6))
    filters: dict[str, Any] = {
        field: tuple(draw(st.permutations(values[field]))[:most]) for field in chosen
    }
    return Selection(*period, **filters)


@st.composite
def _months(draw: st.DrawFn, first: date, last: date) -> tuple[date, date]:
    """One to four whole months, or from one month end to another."""
    start = draw(st.dates(first, last)).replace(day=1)
    end = month_end(draw(st.dates(start, start + timedelta(days=100))))
    return draw(st.sampled_from([(start, end), (month_end(start), end)]))


@st.composite
def _periods(draw: st.DrawFn, first: date, last: date) -> tuple[date, date]:
    """Any period, also of one day, also of days on which nothing happened."""
    start = draw(st.dates(first - timedelta(days=60), last))
    days = draw(st.one_of(st.integers(0, 400), st.just(0)))
    long_after = (date(2031, 1, 1), date(2031, 3, 31))
    return draw(st.sampled_from([(start, start + timedelta(days=days))] * 9 + [long_after]))


def month_end(day: date) -> date:
    """The last day of that month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def narrowed(selection: Selection, by: str, key: str) -> Selection:
    """The selection with the key of a group added to its filters."""
    if by == "month":
        start = date(int(key[:4]), int(key[5:]), 1)
        return replace(
            selection,
            date_from=max(selection.date_from, start),
            date_to=min(selection.date_to, month_end(start)),
        )
    value: Any = int(key) if by in ("weekday", "hour") else key
    change: dict[str, Any] = {FIELDS[by]: (value,)}
    return replace(selection, **change)
