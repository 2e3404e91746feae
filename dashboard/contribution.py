"""What changed: which groups moved a metric between two periods, and how."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import isnan

import numpy as np

from dashboard import stats
from dashboard.access import Scope
from dashboard.errors import QueryError
from dashboard.measures import TOTAL, Groups, Measure, measure
from dashboard.metrics import METRICS, Statistic
from dashboard.selection import Selection
from dashboard.store import Store

CONTRIBUTORS = (
    "project",
    "region",
    "category",
    "channel",
    "kind",
    "stage",
    "level",
    "segment",
    "staff",
    "grade",
    "team",
    "tier",
)
"""The groups that a change can be split over."""

RATIOS = tuple(
    metric.id
    for metric in METRICS.values()
    if metric.statistic in (Statistic.SHARE, Statistic.MEAN, Statistic.NPS)
)
"""The metrics whose change can be split: those that are a mean over the rows they count."""


@dataclass(frozen=True)
class Effect:
    """What one group contributed to a change, in the metric's unit (shares: percentage points).

    ``rate``: the group itself got better or worse; ``mix``: there is more or less of it. ``None``
    where one period has no rows. ``before`` and ``after`` are the group's own measures, ``None``
    in a period where it has no rows.
    """

    rate: float | None
    mix: float | None
    before: Measure | None = None
    after: Measure | None = None

    @property
    def total(self) -> float | None:
        """Rate and mix effect together."""
        return None if self.rate is None or self.mix is None else self.rate + self.mix


@dataclass(frozen=True)
class Contribution:
    """A metric in two periods, and by group key what made the difference.

    The effects of all groups sum to ``after − before``. The key of rows without a group is ''.
    """

    metric: str
    before: float | None
    after: float | None
    groups: Mapping[str, Effect]


def contribution(
    store: Store, scope: Scope, before: Selection, after: Selection, metric: str, by: str
) -> Contribution:
    """Split the change of a metric between two selections over the groups of ``by``.

    Raises QueryError for a metric that is no ratio, an unknown group, and a group that the metric's
    rows do not have.
    """
    check(metric, by)
    earlier, later = (measure(store, scope, each, by, [metric]) for each in (before, after))
    if not earlier and not later:
        wholes = (measure(store, scope, each, None, [metric])[TOTAL] for each in (before, after))
        if any(whole[metric].n for whole in wholes):
            raise QueryError(
                "What {metric} counts has no {by}.",
                "Use another of: {allowed}.",
                metric=metric,
                by=by,
                allowed=", ".join(CONTRIBUTORS),
            )
    return split(metric, earlier, later)


def check(metric: str, by: str) -> None:
    """Raise QueryError unless the metric is one of RATIOS and the group one of CONTRIBUTORS."""
    if metric not in RATIOS:
        raise QueryError(
            "The metric {metric!r} is no ratio: its change cannot be split."
            if metric in METRICS
            else "The metric {metric!r} is unknown: its change cannot be split.",
            "Use a share, a mean or NPS: {allowed}.",
            metric=metric,
            allowed=", ".join(RATIOS),
        )
    if by not in CONTRIBUTORS:
        raise QueryError(
            "A change is not split by {by!r}.",
            "Use one of: {allowed}.",
            by=by,
            allowed=", ".join(CONTRIBUTORS),
        )


def split(metric: str, before: Groups, after: Groups) -> Contribution:
    """Split the change of one of RATIOS, from what ``measure`` returned for the two selections."""
    earlier = {key: group[metric] for key, group in before.items() if metric in group}
    later = {key: group[metric] for key, group in after.items() if metric in group}
    keys = sorted(earlier.keys() | later.keys())
    found = stats.contribution(*_columns(earlier, keys), *_columns(later, keys))
    effects = {
        key: Effect(_known(rate), _known(mix), earlier.get(key), later.get(key))
        for key, rate, mix in zip(keys, found.rate, found.mix, strict=True)
        if earlier.get(key, _NOTHING).n or later.get(key, _NOTHING).n
    }
    return Contribution(metric, _known(found.before), _known(found.after), effects)


def leading(
    found: Contribution, limit: int, among_others: Collection[str] = ()
) -> tuple[list[tuple[str, Effect]], Effect | None, int]:
    """The ``limit`` groups that moved the metric most, what all others did together, and how many.

    The most first; those ``among_others`` are never named. One other alone is shown by itself,
    unless it is one of those. ``None`` where there are no others; all effects sum to the change.
    """
    named = [each for each in found.groups.items() if each[0] not in among_others]
    named.sort(key=lambda item: (-abs(item[1].total or 0.0), item[0]))
    room = limit + 1 if len(named) == len(found.groups) == limit + 1 else limit
    kept = named[:room]
    names = {key for key, _ in kept}
    others = [each for key, each in found.groups.items() if key not in names]
    if not others:
        return kept, None, 0
    together = Effect(
        sum(each.rate or 0.0 for each in others), sum(each.mix or 0.0 for each in others)
    )
    return kept, together, len(others)


_NOTHING = Measure("", None, 0)


def _columns(measured: Mapping[str, Measure], keys: list[str]) -> tuple[stats.Floats, stats.Floats]:
    """Sizes and ratios of the groups; a group without a row has size and ratio 0."""
    groups = [measured.get(key, _NOTHING) for key in keys]
    sizes = np.array([each.n for each in groups], dtype=float)
    ratios = np.array([0.0 if each.value is None else each.value for each in groups])
    return sizes, ratios


def _known(number: float) -> float | None:
    return None if isnan(number) else float(number)
