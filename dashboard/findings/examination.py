"""One examination: what is asked of the store, once, and who looks at it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from dashboard.access import Scope
from dashboard.findings import changes, clusters, contrasts, ranking, shifts
from dashboard.findings.attribution import attributed
from dashboard.findings.figures import Figures, figures, monthly_counts
from dashboard.findings.model import Finding, Report
from dashboard.findings.places import Places, month_days, places
from dashboard.findings.rules import COMPARED, CONTRASTED, COUNTS, WATCHED, WATCHED_WITHIN
from dashboard.selection import Selection
from dashboard.store import Store

_MONTHS_NEEDED = 6
"""The fewest months from which the noise of counts can be told."""
_SLACK = timedelta(days=7)
"""So much later than a period may its first record come, for the period to be covered."""
_RIPENING = timedelta(days=60)
"""How old the cases of a month must be before it is judged by what became of them."""

_WANTED = {
    dimension: {*COMPARED.get(dimension, ()), *CONTRASTED.get(dimension, ())}
    for dimension in dict.fromkeys((*COMPARED, *CONTRASTED))
}


def examine(store: Store, scope: Scope, selection: Selection, compared: Selection | None) -> Report:
    """The findings of a selection, compared with another period (``None``: only by its months)."""
    span = store.run("store_period", scope).iloc[0]
    as_of = store.info().as_of
    if as_of is None or pd.isna(span["first_day"]):
        return Report(compared=compared is not None)
    known = _Span(*(pd.Timestamp(span[each]).date() for each in ("first_day", "last_day")))
    asked = _Question(store, scope, selection, compared, known, as_of.date(), places(store, scope))
    return asked.answer()


@dataclass(frozen=True)
class _Span:
    """The first and last day of the data that a scope may see."""

    first: date
    last: date

    def covers(self, early: date, late: date) -> bool:
        """Whether the data reach over a period."""
        return self.first <= early + _SLACK and self.last >= late - _SLACK

    def whole_months(self, begin: date, end: date) -> list[str]:
        """The calendar months between two days that lie wholly in the data."""
        begin, end = max(begin, self.first), min(end, self.last)
        if begin > end:
            return []
        keys = list(pd.period_range(begin, end, freq="M").strftime("%Y-%m"))
        return [key for key in keys if begin <= month_days(key)[0] and month_days(key)[1] <= end]


@dataclass(frozen=True)
class _Question:
    """What is examined, and what is known of the store."""

    store: Store
    scope: Scope
    selection: Selection
    compared: Selection | None
    span: _Span
    as_of: date
    places: Places

    def answer(self) -> Report:
        """Everything that is found."""
        now = figures(self.store, self.scope, self.selection, _WANTED)
        moved, compared = self._changes(now)
        shifted, watched = self._shifts()
        found = [*moved, *shifted]
        if self.compared is not None:
            periods = self.compared, self.selection
            found = attributed(self.store, self.scope, periods, found, self.places)
        told = ranking.changes(found)
        stand, contrasted = self._standing(now)
        return Report(
            told,
            ranking.standing(stand, told),
            {"changes": compared + watched, "standing": contrasted},
            compared=self.compared is not None,
            covered=self._covered,
        )

    @property
    def _ripe(self) -> int:
        """How many days before the as-of time the selection begins."""
        return (self.as_of - self.selection.date_from).days

    @property
    def _covered(self) -> bool:
        """Whether the data reach over both periods, so that counts can be compared."""
        before = self.compared
        return before is not None and self.span.covers(before.date_from, self.selection.date_to)

    def _changes(self, now: Figures) -> tuple[list[Finding], int]:
        if self.compared is None:
            return [], 0
        before = figures(self.store, self.scope, self.compared, COMPARED)
        if not self._covered:  # who left before the data begin may not be in them
            now = {metric: cells for metric, cells in now.items() if metric != "churn_rate"}
        found = changes.candidates(before, now, self._months(), self._ripe)
        kept = changes.survivors(found)
        return changes.findings(kept, now, self.selection, self.places), len(found)

    def _months(self) -> pd.DataFrame | None:
        """Records and complaints of the months up to the selection's end, to see their noise.

        ``None`` where they are too few, or the data do not reach over both periods.
        """
        months = self._over(self._months_from(_a_year_earlier(self.compared or self.selection)))
        if months is None or months.whole_months < _MONTHS_NEEDED or not self._covered:
            return None
        dimensions = [each for each, metrics in COMPARED.items() if {*COUNTS} & {*metrics}]
        return monthly_counts(self.store, self.scope, months, dimensions)

    def _shifts(self) -> tuple[list[Finding], int]:
        months = self._months_from(_a_year_earlier(self.selection))
        watched = self._over(months)
        if watched is None:
            return [], 0
        wanted = dict.fromkeys(WATCHED_WITHIN, WATCHED)
        series = figures(self.store, self.scope, watched, wanted, monthly=True)
        ripe = f"{self.as_of - _RIPENING:%Y-%m}"
        found = shifts.candidates(series, months, self.selection, ripe)
        return shifts.findings(found, series, self.selection, self.places), len(found)

    def _standing(self, now: Figures) -> tuple[list[Finding], int]:
        groups = contrasts.candidates(now, self._ripe)
        cells = self.store.run("findings_cells", self.scope, self.selection)
        counts = self.store.run("complaint_project_category", self.scope, self.selection)
        piled = [
            *clusters.seasons(cells, self._months_from(self.selection.date_from)),
            *clusters.complaints(counts),
        ]
        found = [
            *contrasts.findings(groups, now, self.selection, self.places),
            *clusters.findings(piled, self.selection, self.places),
        ]
        return found, len(groups) + len(piled)

    def _months_from(self, begin: date) -> list[str]:
        return self.span.whole_months(begin, self.selection.date_to)

    def _over(self, months: list[str]) -> Selection | None:
        """The selection over months that follow each other, ``None`` without one."""
        if not months:
            return None
        first, last = month_days(months[0])[0], month_days(months[-1])[1]
        return replace(self.selection, date_from=first, date_to=last)


def _a_year_earlier(selection: Selection) -> date:
    """Where the months begin that a series is judged by: a year before the selection."""
    start = selection.date_from.replace(day=1)
    return start.replace(year=start.year - 1)
