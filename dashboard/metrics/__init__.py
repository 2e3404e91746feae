"""The registry of metrics: id, name, definition, unit, direction, statistic and default target.

Pure: it knows neither the store nor a page. Formulas are the macros in ``queries/metric``.
"""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.metrics import handling, satisfaction, supervision, tiers
from dashboard.metrics.model import Better, Metric, Population, Statistic, Unit

__all__ = [
    "METRICS",
    "Better",
    "Metric",
    "Population",
    "Statistic",
    "Unit",
    "default_target",
    "over_period",
]

DAYS_OF_YEAR = 365.25

METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        metric.id: metric
        for family in (
            handling.METRICS,
            satisfaction.METRICS,
            tiers.METRICS,
            supervision.METRICS,
        )
        for metric in family
    }
)
"""Every metric by its id, in the order of the catalogue."""


def default_target(metric: str, days: int) -> float | None:
    """The default target of a metric over a period of ``days`` days, in the metric's unit.

    A yearly target is taken for the part of a year that the period is; ``None`` where there is no
    target.
    """
    target = METRICS[metric].target
    return None if target is None else over_period(metric, target, days)


def over_period(metric: str, target: float, days: int) -> float:
    """A target of a metric over a period of ``days`` days: of a yearly one the part of a year."""
    return target * days / DAYS_OF_YEAR if METRICS[metric].yearly else target
