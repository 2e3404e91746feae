"""From the sufficient statistics of a metric to its value, n and interval, for many groups at once.

The conventions of the catalogue: shares in percent (``complaint_rate`` per 1000), NPS in points,
durations in hours; nothing of nothing is ``None``, a count of nothing 0.
"""

from collections.abc import Callable, Mapping, Sequence
from math import isnan
from typing import Any, NamedTuple

import numpy as np

from dashboard import stats
from dashboard.codes import CODES
from dashboard.metrics import Metric, Statistic, Unit

Parts = Mapping[str, Any]
"""The sufficient statistics of one group; their names are given at ``metrics.Statistic``."""

DAYS_OF_MONTH = 30.4375
HOURS_OF_30_DAYS = 720.0
DRIVERS_NEED = 50
"""The fewest surveys from which the drivers of satisfaction are estimated."""

_SCALE = {Unit.PERCENT: 100.0, Unit.PER_MILLE: 1000.0, Unit.POINTS: 100.0}


class Figure(NamedTuple):
    """Value, n and 95 % interval of one group."""

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None


def figures(metric: Metric, groups: Sequence[Parts]) -> list[Figure]:
    """The figure of every group, in order."""
    return _ESTIMATORS[metric.statistic](metric, groups)


def scale(metric: Metric) -> float:
    """What a proportion (NPS: a difference of proportions) is multiplied with to be shown."""
    return _SCALE.get(metric.unit, 1.0)


def _counts(_: Metric, groups: Sequence[Parts]) -> list[Figure]:
    return [Figure(parts.get("n", 0), parts.get("n", 0)) for parts in groups]


def _part_counts(_: Metric, groups: Sequence[Parts]) -> list[Figure]:
    return [Figure(parts.get("x", 0), parts.get("n", 0)) for parts in groups]


def _shares(metric: Metric, groups: Sequence[Parts]) -> list[Figure]:
    x, n = _column(groups, "x", 0), _column(groups, "n", 0)
    return _scaled(metric, _ratio(x, n), n, stats.wilson(x, n))


def _means(metric: Metric, groups: Sequence[Parts]) -> list[Figure]:
    n, mean = _column(groups, "n", 0), _column(groups, "mean")
    return _scaled(metric, mean, n, stats.mean_interval(n, mean, _column(groups, "sd")))


def _values(_: Metric, groups: Sequence[Parts]) -> list[Figure]:
    return [Figure(_known(parts.get("value")), parts.get("n", 0)) for parts in groups]


def _net_promoter_scores(metric: Metric, groups: Sequence[Parts]) -> list[Figure]:
    up, even, down = (_column(groups, each, 0) for each in ("promoters", "passives", "detractors"))
    n = up + even + down
    return _scaled(metric, _ratio(up - down, n), n, stats.nps_interval(up, even, down))


def _survival_medians(_: Metric, groups: Sequence[Parts]) -> list[Figure]:
    curves = [survival(parts) for parts in groups]
    medians = [curve.median() for curve in curves]
    return [
        Figure(median.value, curve.n, median.low, median.high)
        for curve, median in zip(curves, medians, strict=True)
    ]


def _survival_shares(metric: Metric, groups: Sequence[Parts]) -> list[Figure]:
    curves = [survival(parts) for parts in groups]
    points = [curve.at(HOURS_OF_30_DAYS) for curve in curves]
    return [
        Figure(
            _complement(metric, point.value),
            curve.n,
            _complement(metric, point.high),
            _complement(metric, point.low),
        )
        for curve, point in zip(curves, points, strict=True)
    ]


def _household_rates(_: Metric, groups: Sequence[Parts]) -> list[Figure]:
    return [
        Figure(
            100 * parts["x"] / parts["n"] / (parts["days"] / DAYS_OF_MONTH)
            if parts.get("n")
            else None,
            parts.get("n", 0),
        )
        for parts in groups
    ]


def _tables(_: Metric, groups: Sequence[Parts]) -> list[Figure]:
    return [Figure(None, _total(parts)) for parts in groups]


def survival(parts: Parts) -> stats.SurvivalCurve:
    """The survival curve of the parts of a survival metric, in hours."""
    return stats.kaplan_meier(parts.get("events", ()), parts.get("censored", ()))


def drivers(parts: Parts) -> stats.Drivers:
    """What drives satisfaction, from the parts of ``drivers``; predictors in order of the codes."""
    size = 1 + len(CODES["dimension"])
    nothing: Parts = {"n": 0, "sums": np.zeros(size), "products": np.zeros((size, size))}
    given = parts or nothing
    return stats.drivers(given["n"], given["sums"], np.stack(given["products"]))


def table(metric: Metric, parts: Parts) -> dict[str, Any]:
    """The table of a metric that is one.

    Counts as they are; counts of a metric in percent as percentages with n; drivers as n, ``r2``
    (0 to 1) and the percentage of each dimension, n alone where there are fewer than DRIVERS_NEED.
    """
    if metric.statistic is Statistic.DRIVERS:
        return _driver_table(parts)
    if metric.unit is not Unit.PERCENT:
        return dict(parts)
    n = _total(parts)
    return {name: 100 * count / n if n else None for name, count in parts.items()} | {"n": n}


def _driver_table(parts: Parts) -> dict[str, Any]:
    n = parts.get("n", 0)
    if n < DRIVERS_NEED:
        return {"n": n}
    found = drivers(parts)
    shares = [None] * len(CODES["dimension"]) if found.shares is None else 100 * found.shares
    named = zip(CODES["dimension"], shares, strict=True)
    return {"n": n, "r2": found.r2} | {name: _known(share) for name, share in named}


def _perceptions(_: Metric, groups: Sequence[Parts]) -> list[Figure]:
    return [Figure(None, parts.get("n", 0)) for parts in groups]


def _total(counts: Mapping[str, Any] | int) -> int:
    if isinstance(counts, Mapping):
        return sum(_total(each) for each in counts.values())
    return int(counts)


def _scaled(
    metric: Metric, value: stats.Floats, n: stats.Floats, bounds: stats.Bounds
) -> list[Figure]:
    factor = scale(metric)
    return [
        Figure(_known(each * factor), int(size), _known(low * factor), _known(high * factor))
        for each, size, low, high in zip(value, n, bounds.low, bounds.high, strict=True)
    ]


def _complement(metric: Metric, proportion: float | None) -> float | None:
    return None if proportion is None else (1 - proportion) * scale(metric)


def _column(groups: Sequence[Parts], name: str, default: float = np.nan) -> stats.Floats:
    values = (parts.get(name, default) for parts in groups)
    return np.array([default if each is None else each for each in values], dtype=float)


def _ratio(x: stats.Floats, n: stats.Floats) -> stats.Floats:
    ratio: stats.Floats = np.divide(x, n, out=np.full(n.shape, np.nan), where=n > 0)
    return ratio


def _known(number: float | None) -> float | None:
    return None if number is None or isnan(number) else float(number)


_ESTIMATORS: Mapping[Statistic, Callable[[Metric, Sequence[Parts]], list[Figure]]] = {
    Statistic.COUNT: _counts,
    Statistic.PART: _part_counts,
    Statistic.SHARE: _shares,
    Statistic.MEAN: _means,
    Statistic.QUANTILE: _values,
    Statistic.SCORE: _values,
    Statistic.NPS: _net_promoter_scores,
    Statistic.SURVIVAL_MEDIAN: _survival_medians,
    Statistic.SURVIVAL_SHARE: _survival_shares,
    Statistic.HOUSEHOLD_RATE: _household_rates,
    Statistic.TABLE: _tables,
    Statistic.DRIVERS: _perceptions,
}
