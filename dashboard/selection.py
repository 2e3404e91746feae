"""What a reader has selected: a period and filters, and the period to compare with."""

import calendar
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum

from dashboard.errors import SelectionError


class Comparison(StrEnum):
    """Which other period the selection is compared with."""

    PREVIOUS = "previous"
    YEAR = "year"
    NONE = "none"


HANDOVERS = ("before", "0-7", "8-30", "31-60", "61-100", "101-180", "181-365", ">365")
"""Calendar days from the handover of the home (else of the project) to a record's creation."""


@dataclass(frozen=True)
class Selection:
    """A filter set. Dates are inclusive; an empty tuple does not filter.

    In a filter the empty string stands for "none": ``categories=("",)`` selects the records without
    a category. ``grades`` and ``teams`` are those of the staff responsible, ``weekdays`` (Monday =
    1) and ``hours`` those of a record's creation, ``handovers`` how long after the handover it was
    (of HANDOVERS). ``sought`` is a text that a row must hold in one of its own, in any letter case,
    unless it has one of the keys ``named`` (of staff or categories whose names hold it).
    Hashable, so that it can be part of a cache key. Raises SelectionError on a period that ends
    before it starts.
    """

    date_from: date
    date_to: date
    projects: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    target_tiers: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = ()
    hours: tuple[int, ...] = ()
    customers: tuple[str, ...] = ()
    handovers: tuple[str, ...] = ()
    sought: str = ""
    named: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.date_to < self.date_from:
            raise SelectionError(
                "The period ends ({last}) before it starts ({first}).",
                "Exchange the two dates.",
                first=self.date_from,
                last=self.date_to,
            )

    @property
    def days(self) -> int:
        """Length of the period in days, both ends counted."""
        return (self.date_to - self.date_from).days + 1

    @property
    def whole_months(self) -> int:
        """Number of calendar months if the period is whole ones, else 0."""
        if self.date_from.day != 1 or self.date_to != _month_end(self.date_to):
            return 0
        return _month_number(self.date_to) - _month_number(self.date_from) + 1

    def compared(self, comparison: Comparison) -> "Selection | None":
        """The same filters over the period to compare with, ``None`` for no comparison."""
        if comparison is Comparison.NONE:
            return None
        if comparison is Comparison.YEAR:
            return replace(
                self, date_from=_year_earlier(self.date_from), date_to=_year_earlier(self.date_to)
            )
        if months := self.whole_months:
            first = _month_number(self.date_from) - months
            return replace(
                self,
                date_from=date(first // 12, first % 12 + 1, 1),
                date_to=self.date_from - timedelta(days=1),
            )
        return replace(
            self,
            date_from=self.date_from - timedelta(days=self.days),
            date_to=self.date_from - timedelta(days=1),
        )

    def as_parameter(self) -> dict[str, object]:
        """The selection as the struct that the selecting macros take."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
        }


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _year_earlier(day: date) -> date:
    last = calendar.monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))
