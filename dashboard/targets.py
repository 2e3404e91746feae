"""Targets: which one applies to a metric of a selection, and where it comes from.

The company sets targets in the table ``target``, for itself, a region or a project, for all months
or for one. The narrowest scope wins, and within it the exact month; where the table says nothing,
the registry's default applies. ``measures.status`` judges a measure against the value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from dashboard.access import Scope
from dashboard.metrics import METRICS, default_target, over_period
from dashboard.selection import Selection
from dashboard.store import Store


class Origin(StrEnum):
    """Who set a target; default: the registry."""

    PROJECT = "project"
    REGION = "region"
    COMPANY = "company"
    DEFAULT = "default"


@dataclass(frozen=True)
class Target:
    """A target in the metric's unit, and where it comes from.

    ``place`` is the project or region that it is set for, ``month`` (YYYY-MM) the month; ``None``
    for the whole company and for all months.
    """

    value: float
    origin: Origin
    place: str | None = None
    month: str | None = None


@dataclass(frozen=True)
class Targets:
    """The targets that apply to the projects of a selection, for any period."""

    table: Mapping[str, Sequence[Target]]
    """Metric → its targets in the table, in order of precedence."""

    def of(self, metric: str, first: date, last: date) -> Target | None:
        """The target of a metric over a period, both days inclusive; ``None`` without one.

        A month's target applies to a period inside that month. What the table says of a yearly
        metric is for a year, whatever the month, and taken for the part that the period is.
        """
        days = (last - first).days + 1
        month = f"{first:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else None
        for each in self.table.get(metric, ()):
            if each.month in (None, month):
                value = over_period(metric, each.value, days)
                return Target(value, each.origin, each.place, each.month)
        default = default_target(metric, days)
        return None if default is None else Target(default, Origin.DEFAULT)


def from_rows(rows: pd.DataFrame) -> Targets:
    """The targets in the rows of the query ``targets``; those of unknown metrics are left out."""
    table: dict[str, list[Target]] = {}
    for metric, scope_type, place, month, value in rows.itertuples(index=False):
        if metric in METRICS:
            origin = Origin(scope_type)
            named = None if origin is Origin.COMPANY else place
            found = Target(float(value), origin, named, None if pd.isna(month) else month)
            table.setdefault(metric, []).append(found)
    return Targets(table)


def by_project(store: Store, scope: Scope) -> dict[str, Targets]:
    """Project → the targets that apply to it alone: its own, its region's and the company's.

    Every project of the scope, in two queries however many they are.
    """
    rows = store.run("targets_of_places", scope)
    places = store.run("projects", scope)
    kinds = dict(iter(rows.groupby("scope_type", sort=False)))

    def of(origin: Origin, place: str | None) -> Targets:
        found = kinds.get(origin, rows.iloc[:0])
        return from_rows(found if place is None else found[found["scope_id"] == place])

    company = of(Origin.COMPANY, None)
    wider = {
        region: _narrowed(company, of(Origin.REGION, region))
        for region in places["region"].dropna().unique()
    }
    own = set(kinds.get(Origin.PROJECT, rows.iloc[:0])["scope_id"])
    found = {}
    for project, region in zip(places["project_id"], places["region"], strict=True):
        found[project] = wider.get(region, company)
        if project in own:
            found[project] = _narrowed(found[project], of(Origin.PROJECT, project))
    return found


def _narrowed(wide: Targets, narrow: Targets) -> Targets:
    """The targets of a narrower place before those of a wider one."""
    table = {
        metric: (*narrow.table.get(metric, ()), *wide.table.get(metric, ()))
        for metric in wide.table.keys() | narrow.table.keys()
    }
    return Targets(table)


def targets(store: Store, scope: Scope, selection: Selection) -> dict[str, Target]:
    """Metric → target of every metric of a selection that has one, in order of the catalogue.

    One selected project has its own targets, its region's and the company's; several projects of
    one region that region's and the company's; any others the company's.
    """
    known = from_rows(store.run("targets", scope, selection))
    found = {each: known.of(each, selection.date_from, selection.date_to) for each in METRICS}
    return {metric: target for metric, target in found.items() if target is not None}
