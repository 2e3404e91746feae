"""Every figure of a store, and whether another store has the same ones: what proves a restore."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from math import isclose
from typing import Any

import pandas as pd

from dashboard.access import EVERYTHING
from dashboard.measures import TOTAL, Measure, measure, table
from dashboard.metrics import METRICS
from dashboard.selection import Selection
from dashboard.store import Store

_RELATIVE = 1e-9
"""How far two values may lie apart: a query of several threads adds in any order."""


@dataclass(frozen=True)
class Comparison:
    """Two sets of figures beside each other.

    agreed     how many numbers are the same
    different  those that are not, each with both numbers
    unknown    metrics that this release does not have
    """

    agreed: int
    different: tuple[str, ...]
    unknown: tuple[str, ...]


def figures(store: Store) -> dict[str, Any]:
    """Every metric over the whole period of a store, in total and by project, as plain values.

    Nothing, where the store has neither records nor surveys.
    """
    (period,) = store.run("store_period", EVERYTHING).to_dict("records")
    if pd.isna(period["first_day"]):
        return {}
    days = (period["first_day"].date(), period["last_day"].date())
    selection = Selection(*days)
    total = measure(store, EVERYTHING, selection)[TOTAL]
    projects = measure(store, EVERYTHING, selection, "project")
    return {
        "period": [day.isoformat() for day in days],
        "total": _plain(total),
        "projects": {key: _plain(measured) for key, measured in projects.items()},
    }


def compared(told: Mapping[str, Any], found: Mapping[str, Any]) -> Comparison:
    """The figures that an archive tells beside those that are found in it.

    Numbers that were counted must be the same; others may differ by a billionth. Metrics that only
    one of the two releases has are left out.
    """
    named = _metrics(told)
    known = named & METRICS.keys()
    here, there = dict(_numbers(told, known)), dict(_numbers(found, known))
    different = tuple(
        f"{' / '.join(place)}: {there.get(place)} instead of {here.get(place)}"
        for place in (here | there)
        if place not in here or place not in there or not _same(here[place], there[place])
    )
    return Comparison(len(here | there) - len(different), different, tuple(sorted(named - known)))


def _plain(measured: Mapping[str, Measure]) -> dict[str, Any]:
    return {
        key: {"n": each.n, "table": table(each)}
        if METRICS[key].tabular
        else {"n": each.n, "value": each.value, "low": each.low, "high": each.high}
        for key, each in measured.items()
    }


def _groups(told: Mapping[str, Any]) -> dict[tuple[str, ...], Mapping[str, Any]]:
    found: dict[tuple[str, ...], Mapping[str, Any]] = {("total",): told.get("total", {})}
    return found | {("projects", key): group for key, group in told.get("projects", {}).items()}


def _metrics(told: Mapping[str, Any]) -> set[str]:
    return {metric for group in _groups(told).values() for metric in group}


def _numbers(
    told: Mapping[str, Any], metrics: Collection[str]
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every single value with its place; the period, too."""
    yield from _leaves(("period",), dict(zip(("from", "to"), told.get("period", ()), strict=False)))
    for place, group in _groups(told).items():
        for metric in group.keys() & metrics:
            yield from _leaves((*place, metric), group[metric])


def _leaves(place: tuple[str, ...], told: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(told, Mapping):
        for name, each in told.items():
            yield from _leaves((*place, str(name)), each)
    else:
        yield place, told


def _same(told: Any, found: Any) -> bool:
    if isinstance(told, float) and isinstance(found, float | int):
        return isclose(told, found, rel_tol=_RELATIVE, abs_tol=_RELATIVE)
    return bool(told == found and isinstance(told, type(found)))
