"""Shifts: months that leave the usual range of their series.

The limits are the catalogue's (``measures.control``), as the charts draw them. With thousands of
answers a p-chart marks nearly every month, because the months differ by more than chance alone; so
a shift is spoken of only where the point is also beyond Laney's p′ limits (Laney 2002, Quality
Engineering 14: the limits widened by what the months of the baseline vary), survives the number of
months looked at, and is far enough from the centre to matter.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isnan, sqrt

import numpy as np
from scipy import stats as scipy_stats

from dashboard import estimators, measures, stats
from dashboard.findings import chance
from dashboard.findings.changes import size, verdict, volume, where
from dashboard.findings.figures import ALL, Cell, Figures, measured
from dashboard.findings.model import Difference, Finding, Kind
from dashboard.findings.places import Places, month_days
from dashboard.findings.rules import FALSE_FINDINGS, FEWEST, RIPE_DAYS, matters
from dashboard.measures import Measure
from dashboard.metrics import METRICS, Statistic
from dashboard.selection import Selection
from dashboard.stats.control import BASELINE, RUN, Signal


@dataclass(frozen=True)
class Candidate:
    """Months of one series that are marked, or one that is not (p = 1)."""

    metric: str
    cell: Cell
    months: tuple[str, ...]
    centre: float
    spread: float
    after: Measure
    p: float
    run: bool = False


def candidates(
    series: Figures, months: Sequence[str], selection: Selection, ripe: str
) -> list[Candidate]:
    """Every month of the selection in every series; ``months`` are whole ones, in order.

    ``ripe`` (YYYY-MM) is the last month whose cases had the time that some metrics need.
    """
    found: list[Candidate] = []
    for metric, cells in series.items():
        known = [each for each in months if metric not in RIPE_DAYS or each <= ripe]
        groups: defaultdict[Cell, dict[str, Measure]] = defaultdict(dict)
        for cell, measure in cells.items():
            groups[Cell(cell.dimension, cell.group)][cell.month] = measure
        for cell, by_month in groups.items():
            points = [by_month.get(each) for each in known]
            if len(known) > BASELINE and _differs(cell, groups):
                found += _of_series(metric, cell, known, points, selection)
    return found


def _differs(cell: Cell, groups: defaultdict[Cell, dict[str, Measure]]) -> bool:
    """Whether a group is not the whole selection itself."""
    total = sum(each.n for each in groups[ALL].values()) if ALL in groups else 0
    return cell == ALL or sum(each.n for each in groups[cell].values()) < total


def _of_series(
    metric: str,
    cell: Cell,
    months: Sequence[str],
    points: Sequence[Measure | None],
    selection: Selection,
) -> Iterator[Candidate]:
    chart = measures.control(metric, points)
    wide = _spread(metric, chart, points)
    inside = [_within(month, selection) for month in months]
    for place, signal in enumerate(chart.signals):
        point = points[place]
        if not inside[place] or point is None or point.value is None or point.n < FEWEST:
            continue
        spread, centre = float(wide[place]), float(chart.centre[place])
        if signal is not Signal.OUTSIDE or not spread or isnan(spread):
            yield Candidate(metric, cell, (months[place],), centre, 0.0, point, 1.0)
            continue
        spread *= sqrt(1 + 1 / BASELINE)  # the centre is estimated, too
        z = (point.value - centre) / spread
        p = chance.two_sided(z) if _is_share(metric) else _two_sided_t(z)
        yield Candidate(metric, cell, (months[place],), centre, spread, point, p)
    for start in chart.starts[1:]:
        run = range(start, min(start + RUN, len(points)))
        if any(inside[place] for place in run):
            yield from _run(metric, cell, months, points, chart, wide, start)


def _run(
    metric: str,
    cell: Cell,
    months: Sequence[str],
    points: Sequence[Measure | None],
    chart: stats.Control,
    wide: stats.Floats,
    start: int,
) -> Iterator[Candidate]:
    """The new level since a run of eight, against the centre before it."""
    since = [(months[place], point) for place, point in enumerate(points) if place >= start]
    known = [point for _, point in since if point is not None and point.value is not None]
    centre, spread = float(chart.centre[start - 1]), float(np.nanmean(wide[start:]))
    level = pooled(metric, known)
    if level is None or level.value is None or not spread or isnan(spread):
        return
    # the centre is itself estimated from the months of a baseline
    error = spread * sqrt(1 / len(known) + 1 / BASELINE)
    z = (level.value - centre) / error
    named = tuple(month for month, _ in since)
    yield Candidate(metric, cell, named, centre, error, level, _two_sided_t(z), run=True)


def pooled(metric: str, points: Sequence[Measure]) -> Measure | None:
    """Several months of a metric as one; of survival shares their mean, weighted by cases."""
    if not points:
        return None
    statistic = METRICS[metric].statistic
    if statistic in (Statistic.SHARE, Statistic.NPS):
        names = points[0].parts
        total = {name: sum(each.parts[name] for each in points) for name in names}
        return measured(metric, [total])[0]
    sizes = [each.n for each in points]
    mean = float(np.average([each.value or 0.0 for each in points], weights=sizes))
    return Measure(metric, mean, sum(sizes))


def _spread(metric: str, chart: stats.Control, points: Sequence[Measure | None]) -> stats.Floats:
    """Standard deviation that each month is judged by, in the metric's unit.

    Shares: that of chance, times Laney's σ of the standardised months where that is above 1;
    others: a third of the distance of the XmR limits.
    """
    half = (chart.high - chart.low) / 6
    if not _is_share(metric):
        return half
    factor = estimators.scale(METRICS[metric])
    sizes = np.array([each.n if each else 0 for each in points], float)
    values = np.array(
        [each.value if each and each.value is not None else np.nan for each in points]
    )
    share = chart.centre / factor
    with np.errstate(divide="ignore", invalid="ignore"):
        chances = factor * np.sqrt(share * (1 - share) / np.where(sizes > 0, sizes, np.nan))
        z = (values - chart.centre) / chances
    widths = np.ones(len(points))
    for start, end in pairwise((*chart.starts, len(points))):
        ranges = np.abs(np.diff(z[start:end][:BASELINE][np.isfinite(z[start:end][:BASELINE])]))
        if ranges.size:
            widths[start:end] = max(1.0, float(ranges.mean()) / chance.MEAN_RANGE)
    spread: stats.Floats = chances * widths
    return spread


def _is_share(metric: str) -> bool:
    return METRICS[metric].statistic is Statistic.SHARE


def _two_sided_t(z: float) -> float:
    """p of a deviate whose standard deviation comes from the moving ranges of a baseline.

    A mean moving range of 12 has about 0.62 · 11 degrees of freedom (Wheeler 1995).
    """
    return 2 * float(scipy_stats.t.sf(abs(z), 0.62 * (BASELINE - 1)))


def _within(month: str, selection: Selection) -> bool:
    first, last = month_days(month)
    return selection.date_from <= first and last <= selection.date_to


def findings(
    found: Sequence[Candidate], series: Figures, selection: Selection, places: Places
) -> list[Finding]:
    """The candidates that are more than chance and matter, as findings."""
    kept = chance.survivors([each.p for each in found], FALSE_FINDINGS)
    return [
        _finding(each, series, selection, places)
        for each, real in zip(found, kept, strict=True)
        if real and abs((each.after.value or 0) - each.centre) >= matters(each.metric)
    ]


def _finding(each: Candidate, series: Figures, selection: Selection, places: Places) -> Finding:
    delta = (each.after.value or 0) - each.centre
    half = stats.Z * each.spread
    place = where(each.cell)
    rows = places.rows(_months_of(selection, each.months), place)
    total = sum(
        measure.n
        for cell, measure in series[each.metric].items()
        if (cell.dimension, cell.group) == ("", "") and _within(cell.month, selection)
    )
    return Finding(
        Kind.SHIFT,
        each.metric,
        place,
        verdict(each.metric, delta),
        Measure(
            each.metric,
            each.centre,
            0,
            each.centre - 3 * each.spread,
            each.centre + 3 * each.spread,
        ),
        each.after,
        Difference(delta, delta - half, delta + half, each.p),
        rows,
        size(each.metric, delta),
        volume(each.after.n, total),
        months=each.months,
        run=each.run,
    )


def _months_of(selection: Selection, months: Sequence[str]) -> Selection:
    return replace(selection, date_from=month_days(months[0])[0], date_to=month_days(months[-1])[1])
