"""What must agree in any portfolio: a figure, the rows behind it, its parts and what is narrower.

``disagreements`` asks all of it of one question and says what does not agree. It listens to the
queries alone: to listings, groups and filters, which have to tell the same story. The store has to
serve the queries of ``tallies``.
"""

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from math import isclose
from typing import Any

import pandas as pd

from dashboard import estimators
from dashboard.access import Scope
from dashboard.measures import TOTAL, Groups, Measure, measure, table
from dashboard.metrics import METRICS, Metric, Population, Statistic
from dashboard.selection import Selection
from dashboard.store import Store
from tests.questions import Question, narrowed

MOMENTS = {
    Population.RECORD: "created_at",
    Population.COMPLAINT: "created_at",
    Population.SURVEY: "responded_at",
    Population.SENT: "sent_at",
    Population.GAP: "responded_at",
    Population.PERCEIVED: "responded_at",
    Population.TRAINING: "held_on",
    Population.INSPECTION: "inspected_on",
}
PEOPLE = (Population.CUSTOMER, Population.TRAINEE)
WITHOUT_RECORD = (*PEOPLE, Population.TRAINING, Population.INSPECTION)
OF_A_RECORD = {
    "kind": "kinds",
    "stage": "stages",
    "category": "categories",
    "level": "levels",
    "channel": "channels",
    "tier_target": "target_tiers",
    "tier_delivered": "tiers",
}
"""Columns of a listed record, and the filters on them."""
COUNTED_APART = ("nps", "age_bucket", "delay_grade", "closed_loop_rate")
"""Metrics whose named parts are listed each."""

Totals = dict[str, Measure]


def disagreements(
    store: Store, question: Question, metrics: Collection[str] = tuple(METRICS)
) -> list[str]:
    """Everything in the answer to a question that does not agree, of the metrics asked for."""
    asked = [METRICS[metric] for metric in metrics]
    totals = measured(store, question.scope, question.selection, asked)
    some = [metric for metric in asked if metric.query == question.family] or asked
    listed = METRICS[question.metric] if question.metric in metrics else asked[0]
    checks: list[Callable[[], list[str]]] = [
        partial(_of_groups, store, question, some, totals),
        partial(_of_days, store, question, some, totals),
        partial(_of_scope, store, question, some, totals),
        partial(_of_listing, store, question, listed, totals[listed.id]),
        *(
            partial(_of_tallies, store, question, population, totals)
            for population in {METRICS[metric].population: None for metric in metrics}
        ),
    ]
    with ThreadPoolExecutor(2) as pool:
        return [each for found in pool.map(lambda check: check(), checks) for each in found]


def measured(
    store: Store, scope: Scope, selection: Selection, metrics: Collection[Metric]
) -> Totals:
    """The totals of some metrics; the queries run two at a time."""

    def family(query: str) -> Totals:
        ids = [metric.id for metric in metrics if metric.query == query]
        return measure(store, scope, selection, metrics=ids)[TOTAL]

    with ThreadPoolExecutor(2) as pool:
        queries = {metric.query: None for metric in metrics}
        return {name: each for part in pool.map(family, queries) for name, each in part.items()}


def _of_tallies(
    store: Store, question: Question, population: Population, totals: Totals
) -> list[str]:
    """The rows behind each figure are as many as it counts, and each is listed once."""
    expected = {
        (metric, part): rows
        for metric, each in totals.items()
        if METRICS[metric].population is population
        for part, rows in rows_behind(each).items()
    }
    asked = [{"metric": metric, "part": part} for metric, part in expected]
    rows = store.run(f"{population}_tally", question.scope, question.selection, asked=asked)
    found = {(metric, part): counts for metric, part, *counts in rows.itertuples(index=False)}
    return [
        f"{metric} lists {found.get((metric, part), [0, 0])} rows {part}, it counts {count}"
        for (metric, part), count in expected.items()
        if found.get((metric, part), [0, 0]) != [count, count]
    ]


def rows_behind(each: Measure) -> dict[str, int]:
    """Part of a metric → how many rows are behind it, by the definition of n in the catalogue."""
    entry = METRICS[each.metric]
    if entry.statistic is Statistic.HOUSEHOLD_RATE:
        return {"counted": numerator(each)}  # the rate's n are households
    if entry.statistic is Statistic.SHARE and each.n:
        met = (each.value or 0) * each.n / estimators.scale(entry)
        assert isclose(met, numerator(each), rel_tol=1e-9, abs_tol=1e-6)
    apart = dict(each.parts) if entry.id in COUNTED_APART else {}
    apart = {part: rows for part, rows in apart.items() if part not in ("x", "n")}
    return {"counted": each.n} | ({"met": numerator(each)} if entry.met else {}) | apart


def numerator(each: Measure) -> int:
    """The numerator of a share or rate, 0 for anything else."""
    return int(each.parts.get("x", 0))


def _of_groups(
    store: Store, question: Question, metrics: list[Metric], totals: Totals
) -> list[str]:
    """Groups add up to the whole, and each is what a filter on its key selects."""
    by, ids = question.by, [metric.id for metric in metrics]
    groups = measure(store, question.scope, question.selection, by, ids)
    found = not_adding_up(groups, by, {metric: totals[metric] for metric in ids})
    keys = [key for key in groups if key or by not in ("weekday", "hour")]
    if not keys:
        return found
    key = keys[question.pick % len(keys)]
    inside = measured(store, question.scope, narrowed(question.selection, by, key), metrics)
    there = {metric: inside[metric] for metric in groups[key]}
    found += [
        f"{each} of {by} {key!r} is not that filter's" for each in differing(groups[key], there)
    ]
    return found + [
        f"{each} has more with filter {by} {key!r}"
        for each in having_more(inside, totals)
        if by != "month" or METRICS[each].population is not Population.CUSTOMER
    ]  # customers join: more of them may be active at the start of a later month


def not_adding_up(groups: Groups, by: str, totals: Totals) -> list[str]:
    """Metrics whose groups, taken together, do not have the rows of the whole."""
    found = []
    for metric, whole in totals.items():
        entry = METRICS[metric]
        if metric == "gap_index" or (entry.population in PEOPLE and by == "month"):
            continue  # the smallest n; a customer is active, and a person trained, in many months
        parts = [group[metric] for group in groups.values() if metric in group]
        if entry.population in WITHOUT_RECORD and not parts:
            continue  # customers, training and inspections have no kind and no category
        apart = entry.statistic is not Statistic.HOUSEHOLD_RATE or by in ("project", "region")
        if sum(map(numerator, parts)) != numerator(whole) or (
            apart and sum(each.n for each in parts) != whole.n
        ):
            found.append(f"{metric} does not add up by {by}")
    return found


def differing(one: Totals, other: Totals) -> list[str]:
    """Metrics that are not the same in both."""
    return [
        metric
        for metric, each in one.items()
        if each.n != other[metric].n
        or not all(
            _same(getattr(each, name), getattr(other[metric], name))
            for name in ("value", "low", "high")
        )
        or (METRICS[metric].tabular and table(each) != table(other[metric]))
    ]


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


def having_more(narrow: Totals, wide: Totals) -> list[str]:
    """Metrics that have more rows behind them for less."""
    return [
        metric
        for metric, each in narrow.items()
        if rows_behind(each)["counted"] > rows_behind(wide[metric])["counted"]
    ]


def _of_days(store: Store, question: Question, metrics: list[Metric], totals: Totals) -> list[str]:
    """The two parts of a period, cut anywhere, have the rows of the whole."""
    selection = question.selection
    if selection.days == 1:
        return []
    last = selection.date_from + timedelta(days=question.pick % (selection.days - 1))
    before, after = (
        measured(store, question.scope, part, metrics)
        for part in (
            replace(selection, date_to=last),
            replace(selection, date_from=last + timedelta(days=1)),
        )
    )
    return [
        f"{metric} does not add up before and after {last}"
        for metric, each in before.items()
        if metric != "gap_index" and METRICS[metric].population not in PEOPLE
        for part, rows in rows_behind(totals[metric]).items()
        if rows_behind(each).get(part, 0) + rows_behind(after[metric]).get(part, 0) != rows
    ]


def _of_scope(store: Store, question: Question, metrics: list[Metric], totals: Totals) -> list[str]:
    """Who may see less never counts more."""
    seen = question.inner
    if not question.scope.everything:
        seen &= question.scope.projects
    narrow = measured(store, Scope(seen), question.selection, metrics)
    return [f"{each} has more for scope {sorted(seen)}" for each in having_more(narrow, totals)]


def _of_listing(store: Store, question: Question, metric: Metric, total: Measure) -> list[str]:
    """The listing is the same in pages as in one piece, and its rows are what is selected."""
    scope, selection = question.scope, question.selection

    def listing(limit: int | None, offset: int | None) -> pd.DataFrame:
        paging: dict[str, Any] = {"limit": limit, "offset": offset}
        return store.run(metric.drill, scope, selection, metric=metric.id, part="counted", **paging)

    whole = listing(None, None)
    found = [] if len(whole) == rows_behind(total)["counted"] else [f"{metric.id} lists others"]
    if whole.empty:
        return found
    cut = len(whole) // 2 + 1
    pages = pd.concat([listing(cut, 0), listing(cut, cut)], ignore_index=True)
    if not pages.astype(object).equals(whole.astype(object)):
        found.append(f"{metric.id} lists other rows in pages")
    if strangers := strange_rows(metric.population, whole, scope, selection):
        found.append(f"{metric.id} lists rows of another {', '.join(strangers)}")
    return found


def strange_rows(
    population: Population, rows: pd.DataFrame, scope: Scope, selection: Selection
) -> list[str]:
    """Columns by which some of the rows are outside the scope, the period or a filter."""
    filters = {"project_id": selection.projects, "region": selection.regions}
    if population is not Population.CUSTOMER:
        filters["staff_id"] = selection.staff
    if population not in WITHOUT_RECORD:
        filters |= {column: getattr(selection, name) for column, name in OF_A_RECORD.items()}
    if population not in (Population.RECORD, Population.COMPLAINT):
        filters.pop("channel", None)  # a survey's own channel is not its record's
    found = [
        column
        for column, chosen in filters.items()
        if chosen and column in rows and not set(rows[column].fillna("")) <= set(chosen)
    ]
    if not scope.everything and not set(rows["project_id"]) <= scope.projects:
        found.append("scope")
    if population in MOMENTS:
        days = pd.to_datetime(rows[MOMENTS[population]]).dt.date
        if not days.between(selection.date_from, selection.date_to).all():
            found.append("period")
    return found
