"""How the groups of a breakdown stand among each other: rank bands, and what chance explains.

Both take what ``measures.measure`` returned for one metric. Groups whose value is suppressed
(n < 5) are left out: they are neither ranked nor drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd

from dashboard import estimators, stats
from dashboard.estimators import DAYS_OF_MONTH
from dashboard.measures import Measure, suppressed
from dashboard.metrics import METRICS, Better, Metric, Statistic
from dashboard.stats import Floats, Limits, Rank

FUNNELS = (Statistic.SHARE, Statistic.MEAN, Statistic.NPS, Statistic.HOUSEHOLD_RATE)
"""What chance does to a metric of these is known, so that it has control limits."""

_CURVE_POINTS = 80

Groups = Mapping[str, Measure]


def ranks(metric: str, groups: Groups) -> dict[str, Rank]:
    """Group key → rank and rank band among all groups with a value and an interval; 1 is best.

    Nobody is ranked in a metric that is neither better high nor low.
    """
    entry = METRICS[metric]
    ranked = {
        key: (each.value, each.low, each.high)
        for key, each in groups.items()
        if not suppressed(each) and None not in (each.value, each.low, each.high)
    }
    if entry.better is Better.NONE or not ranked:
        return {}
    score, low, high = np.array(list(ranked.values()), float).T
    if entry.better is Better.LOW:
        score, low, high = -score, -high, -low
    bands = stats.rank_bands(score, low, high)
    return {key: band for key, band in zip(ranked, bands, strict=True) if band is not None}


@dataclass(frozen=True)
class Funnel:
    """A metric's groups against its control limits, all in the metric's unit.

    ``points``: key → columns volume (cases; of a rate per household: households), value, n (rows
    counted), low and high (95 %), and beyond: how far outside of these, in half widths of them,
    signed; 0 within.
    ``curve``: columns volume, inner_low, inner_high (95 %), outer_low, outer_high (99.8 %).
    """

    centre: float
    points: pd.DataFrame
    curve: pd.DataFrame


def funnel(metric: str, whole: Measure, groups: Groups) -> Funnel | None:
    """The groups against the limits that chance gives a group of its volume around the whole.

    ``None`` where the metric has no such limits, or there is no group to draw.
    """
    entry = METRICS[metric]
    drawn = {
        key: each for key, each in groups.items() if each.value is not None and not suppressed(each)
    }
    if entry.statistic not in FUNNELS or whole.value is None or not drawn:
        return None
    volume = np.array([each.n for each in drawn.values()], float)
    value = np.array([each.value for each in drawn.values()], float)
    low, high = volume.min(), volume.max()
    if low == high:  # limits at one volume alone would not be seen
        low, high = max(1.0, low / 2), 1.5 * high
    grid = np.unique(np.geomspace(low, high, _CURVE_POINTS).round())
    inner = _limits(entry, whole, drawn, volume).inner
    points = pd.DataFrame(
        {
            "volume": volume,
            "value": value,
            "n": [_rows(entry, each) for each in drawn.values()],
            "low": inner.low,
            "high": inner.high,
            "beyond": _beyond(value, inner.low, inner.high),
        },
        index=list(drawn),
    )
    around = _limits(entry, whole, drawn, grid)
    columns = {
        f"{name}_{side}": getattr(band, side)
        for name, band in zip(Limits._fields, around, strict=True)
        for side in ("low", "high")
    }
    return Funnel(whole.value, points, pd.DataFrame({"volume": grid} | columns))


def _limits(entry: Metric, whole: Measure, groups: Groups, volume: Floats) -> Limits:
    factor, value = estimators.scale(entry), whole.value or 0.0
    if entry.statistic is Statistic.SHARE:
        found = stats.share_limits(volume, value / factor)
    elif entry.statistic is Statistic.HOUSEHOLD_RATE:
        months = whole.parts["days"] / DAYS_OF_MONTH
        found, factor = stats.count_limits(volume * months, value / 100), 100.0
    else:
        found = stats.mean_limits(volume, value / factor, _within(entry, groups))
    return Limits(*(type(band)(band.low * factor, band.high * factor) for band in found))


def _within(entry: Metric, groups: Groups) -> float:
    """The standard deviation within groups; of NPS that of answers worth +1, 0 and −1."""
    parts = [each.parts for each in groups.values()]
    if entry.statistic is Statistic.MEAN:
        sizes = [each["n"] for each in parts]
        return stats.within_sd(sizes, [_number(each["sd"]) for each in parts])
    up, even, down = (
        np.array([each[name] for each in parts], float)
        for name in ("promoters", "passives", "detractors")
    )
    n = up + even + down
    variance = (up + down) / n - ((up - down) / n) ** 2
    return stats.within_sd(n, np.sqrt(variance * n / np.maximum(n - 1, 1)))


def _beyond(value: Floats, low: Floats, high: Floats) -> Floats:
    """How far outside the limits, in half widths of them: 0 within."""
    half = np.maximum((high - low) / 2, 1e-12)
    outside = np.where(value > high, value - high, np.where(value < low, value - low, 0.0))
    # a count on the limit is within, whatever rounding says
    return np.where(np.abs(outside) > 1e-9, outside / half, 0.0)


def _rows(entry: Metric, each: Measure) -> int:
    return int(each.parts["x"]) if entry.statistic is Statistic.HOUSEHOLD_RATE else each.n


def _number(value: float | None) -> float:
    return nan if value is None else float(value)
