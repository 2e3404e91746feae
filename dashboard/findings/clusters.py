"""Clusters: cells of a table of counts that hold far more than their row and column let expect.

Months × categories of each region and of the whole, and projects × categories of the complaints.
Real tables are never independent; so a residual is judged by the spread of all residuals of its
table (1.4826 × their median size, at least 1), and by the number of all cells.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
import pandas as pd

from dashboard import stats
from dashboard.findings import chance
from dashboard.findings.changes import size, verdict, volume
from dashboard.findings.model import Difference, Finding, Kind, Where
from dashboard.findings.places import Places, month_days
from dashboard.findings.rules import EXCESS, FALSE_FINDINGS, LIFT, TO_SIGMA
from dashboard.measures import Measure
from dashboard.selection import Selection


@dataclass(frozen=True)
class Candidate:
    """One cell: what it counts, where and in which months, and how much was expected."""

    metric: str
    where: Where
    months: tuple[str, ...]
    count: int
    expected: float
    spread: float
    p: float

    @property
    def large(self) -> bool:
        """Whether the excess is of a size that matters."""
        return self.count >= max(LIFT * self.expected, self.expected + EXCESS)


def seasons(cells: pd.DataFrame, months: Sequence[str]) -> list[Candidate]:
    """Cells month × category of the whole and of every region; ``months`` are whole ones."""
    known = cells[cells["month"].isin(months)]
    tables = [((), known), *(((("region", str(key)),), rows) for key, rows in _regions(known))]
    return [each for place, rows in tables for each in _cells("record_count", rows, "month", place)]


def _regions(cells: pd.DataFrame) -> Iterator[tuple[object, pd.DataFrame]]:
    if cells["region"].nunique() > 1:
        yield from (each for each in cells.groupby("region") if each[0])


def complaints(cells: pd.DataFrame) -> list[Candidate]:
    """Cells project × category of the complaints, those without a category left out."""
    return list(_cells("complaint_count", cells[cells["category"] != ""], "project_id", ()))


def _cells(metric: str, rows: pd.DataFrame, column: str, place: Where) -> Iterator[Candidate]:
    table = rows.pivot_table(
        index=column, columns="category", values="count", aggfunc="sum"
    ).fillna(0)
    counts = table.to_numpy(float)
    residuals = stats.adjusted_residuals(counts)
    known = np.isfinite(residuals)
    if not known.any():
        return
    spread = max(1.0, TO_SIGMA * float(np.median(np.abs(residuals[known]))))
    total = counts.sum()
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / total
    for i, row in enumerate(table.index):
        for j, category in enumerate(table.columns):
            if not known[i, j]:
                continue
            own: Where = (*place, ("category", str(category)))
            if column == "project_id":
                own = (("project", str(row)), *own)
            z = float(residuals[i, j]) / spread
            p = chance.two_sided(z) if z > 0 else 1.0
            months = (str(row),) if column == "month" else ()
            yield Candidate(
                metric, own, months, int(counts[i, j]), float(expected[i, j]), spread, p
            )


def findings(found: Sequence[Candidate], selection: Selection, places: Places) -> list[Finding]:
    """The cells that are more than chance and large; months that follow each other are one."""
    kept = chance.survivors([each.p for each in found], FALSE_FINDINGS)
    large = [each for each, real in zip(found, kept, strict=True) if real and each.large]
    totals = _totals(found)
    return [_finding(each, totals, selection, places) for each in _joined(large)]


def _totals(found: Sequence[Candidate]) -> dict[str, int]:
    """'' → all complaints, category → its records, in the whole selection."""
    totals: defaultdict[str, int] = defaultdict(int)
    for each in found:
        if "project" in dict(each.where):
            totals[""] += each.count
        elif len(each.where) == 1:
            totals[dict(each.where)["category"]] += each.count
    return totals


def _of(each: Candidate, totals: Mapping[str, int]) -> int:
    """What a cell is a part of: a season of its category, a project's cell of all complaints."""
    named = dict(each.where)
    return totals.get("" if "project" in named else named["category"], 0)


def _joined(found: Sequence[Candidate]) -> list[Candidate]:
    """Neighbouring months of the same place and category put together."""
    joined: list[Candidate] = []
    for each in sorted(found, key=lambda one: (one.metric, one.where, one.months)):
        last = joined[-1] if joined else None
        if last and last.where == each.where and last.months and _follows(last, each):
            joined[-1] = replace(
                last,
                months=(*last.months, *each.months),
                count=last.count + each.count,
                expected=last.expected + each.expected,
                p=min(last.p, each.p),
            )
        else:
            joined.append(each)
    return joined


def _follows(last: Candidate, each: Candidate) -> bool:
    _, end = month_days(last.months[-1])
    first, _ = month_days(each.months[0])
    return (first - end).days == 1


def _finding(
    each: Candidate, totals: Mapping[str, int], selection: Selection, places: Places
) -> Finding:
    expected = max(each.expected, 0.1)
    delta = 100 * (each.count / expected - 1)
    half = 100 * stats.Z * each.spread * sqrt(each.count) / expected
    rows = selection
    if each.months:
        first, last = month_days(each.months[0])[0], month_days(each.months[-1])[1]
        rows = replace(selection, date_from=first, date_to=last)
    return Finding(
        Kind.CLUSTER,
        each.metric,
        each.where,
        verdict(each.metric, delta),
        Measure(each.metric, each.expected, round(each.expected)),
        Measure(each.metric, each.count, each.count),
        Difference(delta, delta - half, delta + half, each.p, relative=True),
        places.rows(rows, each.where),
        size(each.metric, delta),
        volume(each.count, _of(each, totals)),
        months=each.months,
    )
