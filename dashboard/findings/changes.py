"""Changes: the period against the comparison period, of everything and of each group.

A group's change is its own only where it goes beyond that of all others: what the whole company
does is said once, of the whole. So a group has to pass two tests, its own and the difference in
differences; the weaker of the two counts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd

from dashboard.findings import chance
from dashboard.findings.figures import ALL, Cell, Figures, rest
from dashboard.findings.model import WHOLE, Difference, Finding, Kind, Verdict, Where
from dashboard.findings.places import Places, month_days
from dashboard.findings.rules import COMPARED, COUNTS, FALSE_FINDINGS, FEWEST, RIPE_DAYS, matters
from dashboard.measures import Measure
from dashboard.metrics import METRICS, Better
from dashboard.selection import Selection

_COMPLAINTS = Cell("kind", "complaint")
"""Their records are the count of complaints of the whole."""


@dataclass(frozen=True)
class Candidate:
    """One comparison: a metric of a cell, its difference, and the p-value of the weaker test.

    ``matters``: it is of a size that does, and so is what it has beyond the others.
    """

    metric: str
    cell: Cell
    before: Measure
    after: Measure
    difference: Difference
    p: float
    matters: bool


def candidates(
    before: Figures, after: Figures, months: pd.DataFrame | None, ripe_days: int
) -> list[Candidate]:
    """Every comparison that can be made; counts only with ``months`` to tell their noise from."""
    found = [
        each
        for metric in after
        if metric not in COUNTS and RIPE_DAYS.get(metric, 0) <= ripe_days
        for each in _of_rates(metric, before[metric], after[metric])
    ]
    if months is not None:
        for metric in COUNTS:
            found += _of_counts(metric, before[metric], after[metric], months)
    return found


def _of_rates(
    metric: str, before: Mapping[Cell, Measure], after: Mapping[Cell, Measure]
) -> Iterator[Candidate]:
    if ALL not in before or ALL not in after:
        return
    cells = [
        cell
        for cell, measure in after.items()
        if measure.n >= FEWEST and cell in before and before[cell].n >= FEWEST
    ]
    without = [rest(metric, each[ALL], [each[cell] for cell in cells]) for each in (before, after)]
    for cell, others_before, others_after in zip(cells, *without, strict=True):
        own = chance.compared(metric, before[cell], after[cell])
        if own is None:
            continue
        if cell == ALL:
            yield _candidate(metric, cell, (before[cell], after[cell]), own, own)
            continue
        if others_before is None or others_after is None or others_after.n < FEWEST:
            continue  # the group is the whole selection
        others = chance.compared(metric, others_before, others_after)
        if others is None:
            continue
        beyond = chance.apart(own, others)
        yield _candidate(metric, cell, (before[cell], after[cell]), own, beyond)


def _candidate(
    metric: str, cell: Cell, sides: tuple[Measure, Measure], own: Difference, beyond: Difference
) -> Candidate:
    """A change that must hold by itself and beyond that of the others."""
    same_way = own.delta * beyond.delta > 0
    return Candidate(
        metric,
        cell,
        *sides,
        own,
        max(own.p, beyond.p) if same_way else 1.0,
        same_way and _enough(metric, own) and _enough(metric, beyond),
    )


def _enough(metric: str, difference: Difference) -> bool:
    return abs(difference.delta) >= matters(metric)


def _of_counts(
    metric: str,
    before: Mapping[Cell, Measure],
    after: Mapping[Cell, Measure],
    months: pd.DataFrame,
) -> Iterator[Candidate]:
    """Counts against the days of the period and, for groups, against the whole's own count."""
    whole_before, whole_after = before.get(ALL), after.get(ALL)
    if whole_before is None or whole_after is None:
        return
    days = (1.0, 1.0)  # both periods are equally long; the caller sees to it
    noise = _dispersions(metric, months)
    for cell in sorted(after.keys() & before.keys()):
        if metric not in COMPARED[cell.dimension] or cell == _COMPLAINTS:
            continue
        x0, x1 = before[cell].n, after[cell].n
        if x0 + x1 < FEWEST or (cell != ALL and x1 == whole_after.n):
            continue
        wide = noise.get(cell, 1.0)
        own = chance.counts((x0, days[0]), (x1, days[1]), wide)
        if own is None:
            continue
        if cell == ALL:
            beyond = own
        else:
            others = (x0, float(whole_before.n)), (x1, float(whole_after.n))
            beyond = chance.counts(*others, wide) or own
        yield _candidate(metric, cell, (before[cell], after[cell]), own, beyond)


def _dispersions(metric: str, months: pd.DataFrame) -> dict[Cell, float]:
    """Cell → over-dispersion of its months.

    Of a group against its share of the whole's months, so that what the whole does is not its
    noise; of the whole against the days of its months.
    """
    table = months.pivot_table(
        index=["dimension", "group"], columns="month", values=metric, fill_value=0
    )
    seen, names = table.to_numpy(float), list(table.index)
    whole = seen[names.index(("", ""))]
    days = np.array([(last - first).days + 1 for first, last in map(month_days, table.columns)])
    found: dict[Cell, float] = {}
    for (dimension, group), counts in zip(names, seen, strict=True):
        base = whole if dimension else days
        expected = counts.sum() * base / base.sum() if base.sum() else base
        found[Cell(str(dimension), str(group))] = chance.dispersion(counts, expected)
    return found


def survivors(found: list[Candidate]) -> list[Candidate]:
    """Those that are more than chance and of a size that matters."""
    kept = chance.survivors([each.p for each in found], FALSE_FINDINGS)
    return [each for each, real in zip(found, kept, strict=True) if real and each.matters]


def findings(
    kept: list[Candidate], after: Figures, selection: Selection, places: Places
) -> list[Finding]:
    """The candidates as findings."""
    return [
        Finding(
            Kind.CHANGE,
            each.metric,
            where(each.cell),
            verdict(each.metric, each.difference.delta),
            each.before,
            each.after,
            each.difference,
            places.rows(selection, where(each.cell)),
            size(each.metric, each.difference.delta),
            volume(each.after.n, after[each.metric][ALL].n),
        )
        for each in kept
    ]


def where(cell: Cell) -> Where:
    """The place of a cell."""
    return ((cell.dimension, cell.group),) if cell.dimension else WHOLE


def verdict(metric: str, delta: float) -> Verdict:
    """Whether a difference of the metric is an improvement."""
    better = METRICS[metric].better
    if better is Better.NONE:
        return Verdict.NEUTRAL
    return Verdict.BETTER if (delta > 0) == (better is Better.HIGH) else Verdict.WORSE


def size(metric: str, delta: float, factor: float = 1.0) -> float:
    """How large a difference is, 0 to 1: a quarter where it just matters, a half at three times."""
    return abs(delta) / (abs(delta) + 3 * matters(metric) * factor)


def volume(part: int, whole: int) -> float:
    """How much of the selection it concerns, 0 to 1: the root of the share of its cases.

    The root, so that one project among forty still counts a sixth of the company.
    """
    return sqrt(min(1.0, part / whole)) if whole else 0.0
