"""The figures that findings compare: many metrics of many groups in one query per population."""

from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from math import sqrt
from typing import NamedTuple

import pandas as pd

from dashboard import estimators
from dashboard.access import Scope
from dashboard.estimators import Parts
from dashboard.measures import Measure
from dashboard.metrics import METRICS, Statistic
from dashboard.selection import Selection
from dashboard.store import Store

QUERIES: Mapping[str, tuple[str, ...]] = {
    "findings_records": (
        "record_count",
        "complaint_count",
        "response_l1_rate",
        "onsite_l2_rate",
        "complete_l3_rate",
        "standard_rate",
        "on_time_rate",
        "reopen_rate",
        "escalation_rate",
        "tier_attainment",
    ),
    "findings_surveys": ("nps", "csat", "ces"),
    "findings_sent": ("response_rate",),
    "findings_resolution": ("resolved_within_30d",),
    "findings_repeats": ("repeat_rate",),
    "findings_customers": ("churn_rate",),
}
"""Query → metrics that it gives the sufficient statistics of."""


class Cell(NamedTuple):
    """A group of a dimension ('' the whole selection), in one month (YYYY-MM) or in all ('')."""

    dimension: str
    group: str
    month: str = ""


Figures = Mapping[str, Mapping[Cell, Measure]]
"""Metric → cell → measure."""

ALL = Cell("", "")


def figures(
    store: Store,
    scope: Scope,
    selection: Selection,
    wanted: Mapping[str, Collection[str]],
    *,
    monthly: bool = False,
) -> Figures:
    """Every metric by the dimensions in which it is wanted (dimension → metrics)."""
    asked = {
        query: [each for each, those in wanted.items() if {*metrics} & {*those}]
        for query, metrics in QUERIES.items()
    }
    asked = {query: dimensions for query, dimensions in asked.items() if dimensions}

    def ask(query: str) -> pd.DataFrame:
        return store.run(query, scope, selection, dimensions=asked[query], monthly=monthly)

    with ThreadPoolExecutor() as pool:  # a query of few rows keeps one core busy
        answers = dict(zip(asked, pool.map(ask, asked), strict=True))
    return {
        metric: _cells(metric, rows, wanted)
        for query, rows in answers.items()
        for metric in QUERIES[query]
    }


def _cells(
    metric: str, rows: pd.DataFrame, wanted: Mapping[str, Collection[str]]
) -> dict[Cell, Measure]:
    cells = [Cell(*row) for row in rows[["dimension", "group", "month"]].itertuples(index=False)]
    kept = [place for place, cell in enumerate(cells) if metric in wanted[cell.dimension]]
    found = measured(metric, list(rows[METRICS[metric].column].take(kept)))
    return dict(zip([cells[each] for each in kept], found, strict=True))


def measured(metric: str, groups: list[Parts]) -> list[Measure]:
    """The measures of a metric from the sufficient statistics of its groups."""
    return [
        Measure(metric, figure.value, figure.n, figure.low, figure.high, parts)
        for parts, figure in zip(groups, estimators.figures(METRICS[metric], groups), strict=True)
    ]


def monthly(store: Store, scope: Scope, selection: Selection, metric: str) -> dict[str, Measure]:
    """Month (YYYY-MM) → the metric over the whole selection, in order."""
    found = figures(store, scope, selection, {"": (metric,)}, monthly=True)[metric]
    return {cell.month: found[cell] for cell in sorted(found)}


def rest(metric: str, whole: Measure, groups: list[Measure]) -> list[Measure | None]:
    """For each group the measure of the whole selection without it.

    ``None`` where nothing is left. A survival curve is not taken apart: its rest is the whole,
    which holds the group and so makes it look less different than it is.
    """
    entry = METRICS[metric]
    if entry.statistic is Statistic.SURVIVAL_SHARE:
        return [whole if whole.n > group.n else None for group in groups]
    parts = [_less(entry.statistic, whole.parts, group.parts) for group in groups]
    measures = measured(metric, parts)
    return [each if each.n > 0 else None for each in measures]


def _less(statistic: Statistic, whole: Parts, part: Parts) -> Parts:
    if statistic is not Statistic.MEAN:
        return {name: whole[name] - (part.get(name) or 0) for name in whole}
    n = whole["n"] - part["n"]
    if n <= 0 or not part["n"]:
        return whole if n > 0 else {"n": 0, "mean": None, "sd": None}
    mean = (whole["n"] * whole["mean"] - part["n"] * part["mean"]) / n
    squares = (whole["n"] - 1) * (whole["sd"] or 0) ** 2 - (part["n"] - 1) * (part["sd"] or 0) ** 2
    between = part["n"] * (part["mean"] - whole["mean"]) ** 2 + n * (mean - whole["mean"]) ** 2
    return {"n": n, "mean": mean, "sd": sqrt(max(squares - between, 0) / max(n - 1, 1))}


def monthly_counts(
    store: Store, scope: Scope, selection: Selection, dimensions: list[str]
) -> pd.DataFrame:
    """Records and complaints: [dimension, group, month, record_count, complaint_count]."""
    rows = store.run("findings_volume", scope, selection, dimensions=dimensions)
    return rows.assign(
        **{name: [each["n"] for each in rows[name]] for name in ("record_count", "complaint_count")}
    )
