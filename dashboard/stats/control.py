"""Signal or noise: control limits of a monthly series.

Shares have a p-chart (Montgomery, Introduction to Statistical Quality Control, 7.2), everything
else an XmR chart (Wheeler & Chambers, Understanding Statistical Process Control, ch. 3). Two of
Wheeler's detection rules apply: a point outside the limits, and a run of eight on one side of the
centre. A point on the centre belongs to neither side and ends a run.

Limits come from a baseline, the first twelve usable points, and are carried on. When a run of eight
says that the level has shifted, they start again at the run's first point, with the twelve usable
points from there as the new baseline (Wheeler, Understanding Variation: new limits where the
process has changed, never a single recomputation over both levels). So

- a baseline never reaches beyond its own stretch: where limits start again within its twelve
  months it is cut there, else the old level would be drawn between the two;
- the run that made limits start again stays marked, although the new limits contain it;
- a run that starts where the limits start cannot make them start once more; it is marked only.

Points that are not usable (too small a sample) show limits, but found no baseline, give no signal
and neither make nor break a run.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.stats.intervals import Floats

BASELINE = 12
"""How many usable points limits are computed from."""
RUN = 8
"""How many points in a row on one side of the centre are a signal."""
P_CHART_NEEDS = 30
"""The smallest sample that a p-chart uses."""
XMR_CHART_NEEDS = 5
"""The smallest sample that an XmR chart uses."""
_XMR = 2.66
"""Mean moving range to three sigma: 3 ÷ d₂, d₂ = 1.128 for ranges of two."""
_ROUNDING = 1e-9

_Indices = NDArray[np.intp]
_LimitsOf = Callable[[_Indices], tuple[float, Floats]]
"""Indices of the baseline → centre, and for every month the distance of the limits from it."""


class Signal(StrEnum):
    """Why a point is more than noise."""

    OUTSIDE = "outside"
    RUN = "run"


@dataclass(frozen=True)
class Control:
    """Control limits of a series, one entry per month; NaN where there are none.

    ``starts`` are the positions where limits start (the first is 0, where there are any);
    ``signals`` say why a point is more than noise, ``None`` for noise. A point that is both outside
    and part of a run counts as outside.
    """

    centre: Floats
    low: Floats
    high: Floats
    signals: tuple[Signal | None, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True)
class Run:
    """Months in a row on one side of the centre: position of the first and last, and how many.

    ``shift``: limits start again at the first, as the level is another one from there on.
    """

    first: int
    last: int
    months: int
    shift: bool


def runs(found: Control) -> tuple[Run, ...]:
    """The runs among the signals, in order of time; months outside the limits belong to theirs."""
    stretches = pairwise((*found.starts, len(found.signals)))
    return tuple(run for start, end in stretches if (run := _run(found, start, end)))


def _run(found: Control, start: int, end: int) -> Run | None:
    """The run of the stretch from start up to end: limits start where one does, or at its head."""
    flagged = [month for month in range(start, end) if found.signals[month]]
    marked = [month for month in flagged if found.signals[month] is Signal.RUN]
    if not marked:
        return None
    inside = [month for month in flagged if month <= marked[-1]]
    return Run(inside[0], inside[-1], len(inside), shift=start > 0)


def p_chart(x: ArrayLike, n: ArrayLike) -> Control:
    """Control limits of the shares x ÷ n, as proportions: p ± 3√(p(1 − p) ÷ n), within 0 and 1.

    p is pooled over the baseline; a month's limits follow its own n. Months with n < 30 are not
    usable.
    """
    met, sizes = np.asarray(x, float), np.asarray(n, float)
    some = np.where(sizes > 0, sizes, np.nan)

    def limits(baseline: _Indices) -> tuple[float, Floats]:
        p = float(met[baseline].sum() / sizes[baseline].sum())
        half: Floats = 3 * np.sqrt(p * (1 - p) / some)
        return p, half

    found = _chart(met / some, sizes >= P_CHART_NEEDS, limits)
    return Control(
        found.centre,
        np.maximum(found.low, 0),
        np.minimum(found.high, 1),
        found.signals,
        found.starts,
    )


def xmr_chart(values: ArrayLike, n: ArrayLike) -> Control:
    """Control limits of single values, in their unit: mean ± 2.66 × mean moving range.

    Mean and moving range (of neighbouring usable months) are those of the baseline. Months with
    n < 5 or without a value are not usable.
    """
    given, sizes = np.asarray(values, float), np.asarray(n, float)

    def limits(baseline: _Indices) -> tuple[float, Floats]:
        sample = given[baseline]
        half = _XMR * float(np.abs(np.diff(sample)).mean())
        return float(sample.mean()), np.full(given.shape, half)

    return _chart(given, (sizes >= XMR_CHART_NEEDS) & np.isfinite(given), limits)


def _chart(values: Floats, usable: NDArray[np.bool_], limits_of: _LimitsOf) -> Control:
    points = np.flatnonzero(usable)
    centre, low, high = (np.full(values.shape, np.nan) for _ in range(3))
    signals: dict[int, Signal] = {}
    starts: list[int] = []
    begins = _begins(values, points, limits_of)
    for begin, end in zip(begins, [*begins[1:], points.size], strict=True):
        stretch = points[begin:end]
        if stretch.size < 2:
            continue
        middle, half = limits_of(stretch[:BASELINE])
        first = stretch[0] if begin else 0
        months = slice(first, points[end] if end < points.size else None)
        centre[months], low[months] = middle, (middle - half)[months]
        high[months] = (middle + half)[months]
        starts.append(int(first))
        for run in _runs(values[stretch], middle):
            signals |= dict.fromkeys(stretch[run].tolist(), Signal.RUN)
    for begin in begins[1:]:
        signals |= dict.fromkeys(points[begin : begin + RUN].tolist(), Signal.RUN)
    slack = _ROUNDING * np.maximum(1, np.abs(centre[points]))
    beyond = (values[points] > high[points] + slack) | (values[points] < low[points] - slack)
    signals |= dict.fromkeys(points[beyond].tolist(), Signal.OUTSIDE)
    found = tuple(signals.get(month) for month in range(values.size))
    return Control(centre, low, high, found, tuple(starts))


def _begins(values: Floats, points: _Indices, limits_of: _LimitsOf) -> list[int]:
    """Where among the usable points limits start: at the first, and at every run that shifts."""
    begins = [0]
    while points.size - begins[-1] >= 2:
        rest = points[begins[-1] :]
        middle, _ = limits_of(rest[:BASELINE])
        shifts = (run.start for run in _runs(values[rest], middle) if run.start > 0)
        if (shift := next(shifts, None)) is None:
            break
        begins.append(begins[-1] + shift)
    return begins


def _runs(values: Floats, centre: float) -> list[slice]:
    """The runs of RUN points or more on one side of the centre."""
    distance = values - centre
    sides = np.where(np.abs(distance) > _ROUNDING * max(1, abs(centre)), np.sign(distance), 0)
    runs, start = [], 0
    for side, group in groupby(sides.tolist()):
        length = len(list(group))
        if side and length >= RUN:
            runs.append(slice(start, start + length))
        start += length
    return runs
