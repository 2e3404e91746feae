"""Which metric a service standard is measured by, where it is one of the catalogue's."""

from collections.abc import Mapping
from types import MappingProxyType

RESPONSES: Mapping[str, str] = MappingProxyType(
    {"L1": "response_l1_rate", "L2": "onsite_l2_rate", "L3": "complete_l3_rate"}
)
"""Response level → the metric that its standard is kept by."""

PROMISED = "on_time_rate"
MEASURED = (*RESPONSES.values(), PROMISED)
"""The metrics that a standard can be measured by."""

OUTCOMES = ("missed", "overdue", "pending")
"""Where a record that does not meet its standard stands; those pending are not due yet."""

_TIMED: Mapping[tuple[str, str, float], str] = MappingProxyType(
    {
        ("first_response", "L1", 2.0): "response_l1_rate",
        ("on_site", "L2", 24.0): "onsite_l2_rate",
        ("resolution", "L3", 72.0): "complete_l3_rate",
    }
)
"""(what is timed, level, threshold in hours) of the three response levels."""

_HOURS: Mapping[str, float] = MappingProxyType(
    {"min": 1 / 60, "minute": 1 / 60, "分钟": 1 / 60}
    | {"h": 1.0, "hour": 1.0, "小时": 1.0}
    | {"d": 24.0, "day": 24.0, "天": 24.0, "日": 24.0}
)


def metric_of(measure: str, scope: str | None, threshold: float, unit: str) -> str | None:
    """The metric that measures a standard; ``None`` where the catalogue has none.

    ``measure`` is the id of a metric, or what is timed (``first_response``, ``on_site``,
    ``resolution``) of the level ``scope``. Another threshold than the metric's is another standard.
    """
    if measure in MEASURED:
        return measure
    factor = _HOURS.get(unit.strip().lower().removesuffix("s"))
    if factor is None:
        return None
    return _TIMED.get((measure, scope or "", round(threshold * factor, 6)))
