"""Contrasts: a group that differs clearly from the rest of the selection, in the same period."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from dashboard.findings import chance
from dashboard.findings.changes import size, verdict, volume, where
from dashboard.findings.figures import ALL, Cell, Figures, rest
from dashboard.findings.model import Difference, Finding, Kind, Verdict
from dashboard.findings.places import Places
from dashboard.findings.rules import (
    CONTRAST_FACTOR,
    CONTRASTED,
    EXTREMES,
    FALSE_FINDINGS,
    FEWEST,
    GROUPS_NEEDED,
    OUTLYING,
    PLACES,
    RIPE_DAYS,
    TO_SIGMA,
    matters,
)
from dashboard.measures import Measure
from dashboard.selection import Selection
from dashboard.stats import Floats

Candidate = tuple[str, Cell, Measure, Measure, Difference]
"""Metric, cell, the rest of the selection, the group, and their difference."""


def candidates(found: Figures, ripe_days: int) -> list[Candidate]:
    """Every group of CONTRASTED against the rest of the selection."""
    return [
        each
        for metric, cells in found.items()
        if RIPE_DAYS.get(metric, 0) <= ripe_days
        for each in _of_metric(metric, cells)
    ]


def _of_metric(metric: str, cells: Mapping[Cell, Measure]) -> Iterator[Candidate]:
    if ALL not in cells:
        return
    asked = [
        cell
        for cell, measure in cells.items()
        if cell.group
        and metric in CONTRASTED.get(cell.dimension, ())
        and FEWEST <= measure.n < cells[ALL].n
    ]
    named = Counter(cell.dimension for cell in cells if cell.group)
    asked = [cell for cell in asked if named[cell.dimension] > 1]
    others = rest(metric, cells[ALL], [cells[each] for each in asked])
    for cell, without in zip(asked, others, strict=True):
        if without is None or without.n < FEWEST:
            continue
        difference = chance.compared(metric, without, cells[cell])
        if difference is not None:
            yield metric, cell, without, cells[cell], difference


def findings(
    found: list[Candidate], figures: Figures, selection: Selection, places: Places
) -> list[Finding]:
    """The contrasts that are more than chance and large.

    Of groups that differ by more than their kind usually does, in one metric far or in several
    most of all; everything else about them is evidence.
    """
    kept = chance.survivors([difference.p for *_, difference in found], FALSE_FINDINGS)
    large = [each for each, real in zip(found, kept, strict=True) if real and _large(each)]
    standing = _standing(found, large)
    made = [_finding(each, figures, selection, places) for each in large if each[1] in standing]
    return _nested(made, places)


def _large(each: Candidate) -> bool:
    metric, *_, difference = each
    return abs(difference.delta) >= CONTRAST_FACTOR * matters(metric)


def _standing(found: list[Candidate], large: list[Candidate]) -> set[Cell]:
    """The groups that differ by more than groups of their kind usually do."""
    kinds: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for metric, cell, _, group, _ in found:
        kinds[metric, cell.dimension].append(group.value or 0.0)
    extremes: Counter[tuple[Cell, Verdict]] = Counter()
    standing: set[Cell] = set()
    for metric, cell, _, group, difference in large:
        values, value = np.array(kinds[metric, cell.dimension]), group.value or 0.0
        if values.size < GROUPS_NEEDED or _beyond(value, values):
            standing.add(cell)
        elif value in (values.min(), values.max()):
            extremes[cell, verdict(metric, difference.delta)] += 1
    return standing | {cell for (cell, _), count in extremes.items() if count >= EXTREMES}


def _beyond(value: float, values: Floats) -> bool:
    middle = np.median(values)
    usual = TO_SIGMA * np.median(np.abs(values - middle))
    return bool(abs(value - middle) >= OUTLYING * usual)


def _finding(each: Candidate, figures: Figures, selection: Selection, places: Places) -> Finding:
    metric, cell, others, group, difference = each
    return Finding(
        Kind.CONTRAST,
        metric,
        where(cell),
        verdict(metric, difference.delta),
        others,
        group,
        difference,
        places.rows(selection, where(cell)),
        size(metric, difference.delta, CONTRAST_FACTOR),
        volume(group.n, figures[metric][ALL].n),
    )


def _nested(found: list[Finding], places: Places) -> list[Finding]:
    """Of a place within a place that differ in the same metric and way, the one that makes it.

    The outer one where it still differs without the inner one, else the inner one; both where the
    inner one differs from the rest of the outer one, too.
    """
    outer_first = sorted(found, key=lambda each: -len(places.projects(each.where)))
    told: list[Finding] = []
    for each in outer_first:
        around = next((one for one in told if _within(each, one, places)), None)
        if around is None:
            told.append(each)
        elif _remains(around, each):
            if _beyond_it(each, around):
                told.append(each)
            else:
                told[told.index(around)] = replace(around, also=(*around.also, each))
        else:
            inner = replace(each, also=(*each.also, replace(around, also=()), *around.also))
            told[told.index(around)] = inner
    return told


def _within(inner: Finding, outer: Finding, places: Places) -> bool:
    return (
        inner.metric == outer.metric
        and inner.rises == outer.rises
        and bool(inner.dimensions & PLACES)
        and bool(outer.dimensions & PLACES)
        and places.projects(inner.where) < places.projects(outer.where)
    )


def _remains(outer: Finding, inner: Finding) -> bool:
    """Whether the outer place without the inner one still differs from what lies outside."""
    return _ahead(_without(outer, inner), outer.before, outer)


def _beyond_it(inner: Finding, outer: Finding) -> bool:
    """Whether the inner place differs from the rest of the outer one as that from the others."""
    return _ahead(inner.after, _without(outer, inner), inner)


def _without(outer: Finding, inner: Finding) -> Measure | None:
    return rest(outer.metric, outer.after, [inner.after])[0]


def _ahead(each: Measure | None, other: Measure | None, finding: Finding) -> bool:
    """Whether a measure lies far enough from another, in the direction of the finding."""
    if each is None or each.value is None or other is None or other.value is None:
        return False
    ahead = (each.value - other.value) * (1 if finding.rises else -1)
    return ahead >= CONTRAST_FACTOR * matters(finding.metric)
