"""Measured metrics: what pages, exports and commands show of a selection.

The store gives sufficient statistics per group, ``estimators`` makes figures of them; here they
become ``Measure`` objects, compared with another period and with a target.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import nan
from typing import Any

import pandas as pd

from dashboard import estimators, stats
from dashboard.access import Scope
from dashboard.errors import QueryError
from dashboard.estimators import Parts
from dashboard.metrics import METRICS, Better, Metric, Statistic, Unit
from dashboard.selection import Selection
from dashboard.store import Queries

GROUPS = (
    "project",
    "region",
    "staff",
    "month",
    "kind",
    "category",
    "stage",
    "level",
    "channel",
    "tier",
    "target_tier",
    "segment",
    "grade",
    "team",
    "weekday",
    "hour",
    "handover",
)
"""What a population can be broken down by; customers only by project, region, month, segment."""

TOTAL = ""
"""Group key of the whole selection where it is not broken down (else: rows without a key)."""

SUPPRESSED_BELOW = 5
SMALL_BELOW = 30

Groups = dict[str, dict[str, "Measure"]]


@dataclass(frozen=True)
class Measure:
    """One metric of one group.

    ``value``, ``low`` and ``high`` (95 %) are in the metric's unit, ``None`` where there is nothing
    to measure or the catalogue defines no interval. ``parts`` are the sufficient statistics.
    """

    metric: str
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    parts: Parts = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """The change of a metric between two measures.

    ``delta`` is in per cent of the earlier value where ``relative``, else in the metric's unit (for
    shares: percentage points), with its interval where there is one. ``significant`` is ``None``
    where the catalogue defines no test.
    """

    delta: float | None
    low: float | None
    high: float | None
    significant: bool | None
    relative: bool


class Status(StrEnum):
    """A measure against its target; near: missed, but the interval contains the target."""

    MET = "met"
    NEAR = "near"
    MISSED = "missed"
    UNKNOWN = "unknown"


def measure(
    store: Queries,
    scope: Scope,
    selection: Selection,
    by: str | None = None,
    metrics: Collection[str] | None = None,
) -> Groups:
    """Group key → metric id → measure, keys ascending, metrics in the order asked for.

    ``by`` is one of GROUPS; ``None`` gives the single key TOTAL, which always has every metric. A
    group without rows is absent, and so is a metric that cannot be broken down that way. Only the
    queries of the metrics asked for run (default: all). Raises QueryError on unknown names.
    """
    wanted = _wanted(metrics)
    if by is not None and by not in GROUPS:
        raise QueryError(
            "Nothing is grouped by {by!r}.",
            "Use one of: {allowed}.",
            by=by,
            allowed=", ".join(GROUPS),
        )
    found: Groups = {TOTAL: {}} if by is None else {}
    for query, family in _by_query(wanted).items():
        rows = store.run(query, scope, selection, by=by)
        keys = list(rows["group"]) if len(rows) or by is not None else [TOTAL]
        for metric in family:
            parts = list(rows[metric.column]) if len(rows) else [metric.nothing for _ in keys]
            for key, each in zip(keys, _measures(metric, parts), strict=True):
                found.setdefault(key, {})[metric.id] = each
    order = [metric.id for metric in wanted]
    return {
        key: {metric: found[key][metric] for metric in order if metric in found[key]}
        for key in sorted(found)
    }


def frame(groups: Groups) -> pd.DataFrame:
    """A long frame [group, metric, value, n, low, high] of what ``measure`` returned."""
    rows = [
        (key, each.metric, each.value, each.n, each.low, each.high)
        for key, measured in groups.items()
        for each in measured.values()
    ]
    columns = ["group", "metric", "value", "n", "low", "high"]
    types = dict.fromkeys(("value", "low", "high"), "float64") | {"n": "int64"}
    return pd.DataFrame(rows, columns=columns).astype(types)


def table(each: Measure) -> dict[str, Any]:
    """The table of a metric that is one, see ``estimators.table``."""
    return estimators.table(METRICS[each.metric], each.parts)


def suppressed(each: Measure) -> bool:
    """Whether the value may not be shown by staff or project: n < 5, counts and tables excepted."""
    return METRICS[each.metric].unit is not Unit.COUNT and each.n < SUPPRESSED_BELOW


def small(each: Measure) -> bool:
    """Whether the value rests on a small sample: n < 30, counts excepted."""
    return METRICS[each.metric].unit is not Unit.COUNT and each.n < SMALL_BELOW


def status(each: Measure, target: float | None) -> Status:
    """The measure against a target in its own unit."""
    better = METRICS[each.metric].better
    if each.value is None or target is None or better is Better.NONE:
        return Status.UNKNOWN
    if each.value >= target if better is Better.HIGH else each.value <= target:
        return Status.MET
    if each.low is not None and each.high is not None and each.low <= target <= each.high:
        return Status.NEAR
    return Status.MISSED


def change(metric: str, before: Measure, after: Measure) -> Change:
    """How a metric changed; durations, money and counts in per cent, everything else in its unit.

    Tests: shares Newcombe, means Welch, NPS the sum of the two variances, survival shares MOVER,
    survival medians by intervals that do not overlap; none for counts, quantiles and rates.
    """
    entry = METRICS[metric]
    difference = _difference(entry, before, after)
    if entry.statistic is Statistic.SURVIVAL_MEDIAN:
        significant = stats.intervals_apart(_estimate(after), _estimate(before))
    else:
        significant = difference.excludes_zero
    if entry.unit in (Unit.HOURS, Unit.MONEY, Unit.COUNT, Unit.RATE):
        return Change(_relative(before.value, after.value), None, None, significant, relative=True)
    delta = (
        after.value - before.value if after.value is not None and before.value is not None else None
    )
    return Change(delta, difference.low, difference.high, significant, relative=False)


def control(metric: str, months: Sequence[Measure | None]) -> stats.Control:
    """Control limits of a metric's months, in order and in its unit; ``None``: a month without it.

    A p-chart for shares, an XmR chart for everything else; see ``stats.control``.
    """
    entry = METRICS[metric]
    series = [each or Measure(metric, None, 0) for each in months]
    sizes = [each.n for each in series]
    if entry.statistic is not Statistic.SHARE:
        values = [nan if each.value is None else each.value for each in series]
        return stats.xmr_chart(values, sizes)
    found = stats.p_chart([each.parts.get("x", 0) for each in series], sizes)
    factor = estimators.scale(entry)
    return replace(
        found, centre=found.centre * factor, low=found.low * factor, high=found.high * factor
    )


def _difference(entry: Metric, before: Measure, after: Measure) -> stats.Estimate:
    """The difference after − before with its own interval, in the metric's unit."""
    new, old = after.parts, before.parts
    if entry.statistic is Statistic.SURVIVAL_SHARE:
        return stats.recovered_difference(_estimate(after), _estimate(before))
    if not after.n or not before.n:
        return stats.NO_ESTIMATE
    if entry.statistic is Statistic.SHARE:
        found = stats.share_difference(new["x"], new["n"], old["x"], old["n"])
    elif entry.statistic is Statistic.MEAN:
        found = stats.mean_difference(_sample(new), _sample(old))
    elif entry.statistic is Statistic.NPS:
        found = stats.nps_difference(_answers(new), _answers(old))
    else:
        return stats.NO_ESTIMATE
    factor = estimators.scale(entry)
    return stats.Estimate(
        *(None if each is None else each * factor for each in (found.value, found.low, found.high))
    )


def _estimate(each: Measure) -> stats.Estimate:
    return stats.Estimate(each.value, each.low, each.high)


def _sample(parts: Parts) -> tuple[int, float, float]:
    return parts["n"], parts["mean"], parts["sd"]


def _answers(parts: Parts) -> tuple[int, int, int]:
    return parts["promoters"], parts["passives"], parts["detractors"]


def _relative(before: float | None, after: float | None) -> float | None:
    if not before or after is None:
        return None
    return 100 * (after / before - 1)


def _measures(metric: Metric, groups: list[Parts]) -> list[Measure]:
    return [
        Measure(metric.id, figure.value, figure.n, figure.low, figure.high, parts)
        for parts, figure in zip(groups, estimators.figures(metric, groups), strict=True)
    ]


def _wanted(metrics: Collection[str] | None) -> list[Metric]:
    if metrics is None:
        return list(METRICS.values())
    if unknown := [each for each in metrics if each not in METRICS]:
        raise QueryError(
            "There is no metric {metric!r}.",
            "Use one of: {allowed}.",
            metric=unknown[0],
            allowed=", ".join(METRICS),
        )
    return [METRICS[each] for each in metrics]


def _by_query(metrics: list[Metric]) -> Mapping[str, list[Metric]]:
    families: defaultdict[str, list[Metric]] = defaultdict(list)
    for metric in metrics:
        families[metric.query].append(metric)
    return families
