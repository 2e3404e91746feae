"""The filter state of a reader, and its form in the URL.

The URL holds codes and ids, never labels, so that a link means the same in every language. What a
link holds is checked here: unknown codes and malformed dates are dropped, ids pass (one that does
not exist or is not in scope simply selects nothing).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from dashboard.codes import CODES
from dashboard.selection import Comparison, Selection

LIST_FILTERS: Mapping[str, tuple[str, str | None]] = {
    "region": ("regions", None),
    "project": ("projects", None),
    "tier": ("tiers", "tier_delivered"),
    "channel": ("channels", "channel"),
    "kind": ("kinds", "kind"),
    "category": ("categories", None),
    "segment": ("segments", "segment"),
}
"""URL name → field of Selection, and the code set that its values must be of."""


class Period(StrEnum):
    """Which dates are selected, in terms of the last day with a record."""

    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_QUARTER = "this_quarter"
    YEAR_TO_DATE = "year_to_date"
    LAST_12_MONTHS = "last_12_months"
    EVERYTHING = "everything"
    CUSTOM = "custom"


@dataclass(frozen=True)
class FilterState:
    """What the filter bar shows."""

    period: Period = Period.LAST_12_MONTHS
    date_from: date | None = None
    date_to: date | None = None
    comparison: Comparison = Comparison.PREVIOUS
    region: tuple[str, ...] = ()
    project: tuple[str, ...] = ()
    tier: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    segment: tuple[str, ...] = ()

    def selection(self, last: date, first: date) -> Selection:
        """The selection that this state means for a store whose records go from first to last."""
        date_from, date_to = self._dates(last, first)
        filters = {field: getattr(self, name) for name, (field, _) in LIST_FILTERS.items()}
        return Selection(date_from, date_to, **filters)

    def _dates(self, last: date, first: date) -> tuple[date, date]:
        month = last.replace(day=1)
        match self.period:
            case Period.THIS_MONTH:
                return month, last
            case Period.LAST_MONTH:
                end = month - timedelta(days=1)
                return end.replace(day=1), end
            case Period.THIS_QUARTER:
                return month.replace(month=(month.month - 1) // 3 * 3 + 1), last
            case Period.YEAR_TO_DATE:
                return month.replace(month=1), last
            case Period.EVERYTHING:
                return first, last
            case Period.CUSTOM if self.date_from and self.date_to:
                return min(self.date_from, self.date_to), max(self.date_from, self.date_to)
        number = month.year * 12 + month.month - 1 - 11
        return date(number // 12, number % 12 + 1, 1), last

    def as_query(self) -> dict[str, list[str]]:
        """The state as URL parameters; what is at its default is left out."""
        default = FilterState()
        query: dict[str, list[str]] = {}
        if self.period == Period.CUSTOM and self.date_from and self.date_to:
            query["from"] = [self.date_from.isoformat()]
            query["to"] = [self.date_to.isoformat()]
        elif self.period != default.period:
            query["period"] = [self.period.value]
        if self.comparison != default.comparison:
            query["compare"] = [self.comparison.value]
        for name in LIST_FILTERS:
            if values := getattr(self, name):
                query[name] = list(values)
        return query


def from_query(query: Mapping[str, Sequence[str]]) -> FilterState:
    """The state that URL parameters mean; what is not understood is left at its default."""
    state = FilterState()
    date_from, date_to = _day(query.get("from")), _day(query.get("to"))
    if date_from and date_to:
        state = replace(state, period=Period.CUSTOM, date_from=date_from, date_to=date_to)
    elif (period := _one(query.get("period"))) in set(Period):
        state = replace(state, period=Period(period))
    if (comparison := _one(query.get("compare"))) in set(Comparison):
        state = replace(state, comparison=Comparison(comparison))
    lists: dict[str, Any] = {
        name: tuple(
            value
            for value in query.get(name, ())
            if code_set is None or value == "" or value in CODES[code_set]
        )
        for name, (_, code_set) in LIST_FILTERS.items()
    }
    return replace(state, **lists)


def filter_names() -> frozenset[str]:
    """Every URL parameter that belongs to the filter bar."""
    return frozenset({"from", "to", "period", "compare", *LIST_FILTERS})


GROUP_FIELDS: Mapping[str, str] = {
    "region": "regions",
    "project": "projects",
    "tier": "tiers",
    "target_tier": "target_tiers",
    "channel": "channels",
    "kind": "kinds",
    "category": "categories",
    "segment": "segments",
    "staff": "staff",
    "grade": "grades",
    "team": "teams",
    "stage": "stages",
    "level": "levels",
    "weekday": "weekdays",
    "hour": "hours",
    "customer": "customers",
    "handover": "handovers",
}
"""Group of a bar or cell → the field of Selection that narrows to it.

In the URL of a drill-through the group's name is preceded by ``in_``; a month is ``in_from`` and
``in_to``.
"""


DRILL_NAMES = frozenset(
    {"metric", "part", "in_from", "in_to", *(f"in_{group}" for group in GROUP_FIELDS)}
)
"""Every URL parameter that belongs to a drill-through."""


_NUMBERS: Mapping[str, Mapping[str, Any]] = {
    "weekday": {str(day): day for day in range(1, 8)},
    "hour": {str(hour): hour for hour in range(24)},
}
"""Group whose keys are numbers → text in the URL → number."""

_YEARS = range(1900, 2200)
"""Years that a link may name: with room on both sides for a period to compare with."""


def narrowed(selection: Selection, query: Mapping[str, Sequence[str]]) -> Selection:
    """The selection of one figure on a page: the page's own, narrowed to a bar or a cell."""
    changes: dict[str, Any] = {}
    for group, field in GROUP_FIELDS.items():
        given = query.get(f"in_{group}", ())
        known = _NUMBERS.get(group)
        values = tuple(known[each] for each in given if each in known) if known else tuple(given)
        if values:
            changes[field] = values
    date_from, date_to = _day(query.get("in_from")), _day(query.get("in_to"))
    if date_from and date_to and date_from <= date_to:
        changes |= {"date_from": date_from, "date_to": date_to}
    return replace(selection, **changes)


def _one(values: Sequence[str] | None) -> str:
    return values[0] if values else ""


def _day(values: Sequence[str] | None) -> date | None:
    try:
        day = date.fromisoformat(_one(values))
    except ValueError:
        return None
    return day if day.year in _YEARS else None
