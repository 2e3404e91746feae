"""What is examined, and from which size on a difference matters: every number of the rules."""

from collections.abc import Mapping

from dashboard.metrics import METRICS, Unit

FALSE_FINDINGS = 0.01
"""The share of false ones among what is found that is tolerated (Benjamini & Hochberg 1995).

Stricter than the usual 5 %: where nothing happened a list of findings is then wrong in one view of
a hundred, and an executive opens dozens of views a week.
"""

SHOWN = 8
"""How many findings a list holds."""

FEWEST = 30
"""The fewest cases on either side of a comparison; smaller samples are not examined."""

HEADLINES = (
    "nps",
    "csat",
    "ces",
    "response_rate",
    "churn_rate",
    "standard_rate",
    "response_l1_rate",
    "onsite_l2_rate",
    "complete_l3_rate",
    "on_time_rate",
    "resolved_within_30d",
    "reopen_rate",
    "escalation_rate",
    "repeat_rate",
    "tier_attainment",
)
COUNTS = ("complaint_count", "record_count")
_JUDGED = ("nps", "csat", "resolved_within_30d", "tier_attainment", "reopen_rate")

COMPARED: Mapping[str, tuple[str, ...]] = {
    "": (*HEADLINES, *COUNTS),
    "region": (*HEADLINES, *COUNTS),
    "project": (*HEADLINES, *COUNTS),
    "category": ("nps", "csat", "standard_rate", "resolved_within_30d", "reopen_rate", *COUNTS),
    "kind": (*_JUDGED, "record_count"),
    "channel": (*_JUDGED, "record_count"),
    "level": _JUDGED,
    "segment": ("nps", "csat", "response_rate", "churn_rate"),
}
"""Dimension → metrics that are compared with the other period.

Not among them: what young cases had no time for (open cases, closed loop, mean time to resolution),
and figures that follow from others (means beside shares, rates beside counts).
"""

CONTRASTED: Mapping[str, tuple[str, ...]] = {
    "region": HEADLINES,
    "team": HEADLINES,
    "project": HEADLINES,
    "target_tier": ("tier_attainment",),
}
"""Dimension → metrics of which a group is compared with the rest of the selection.

Kinds, levels, categories and segments differ by their nature; that they do is no finding.
"""

WATCHED = (
    "nps",
    "csat",
    "ces",
    "response_rate",
    "standard_rate",
    "resolved_within_30d",
    "reopen_rate",
    "tier_attainment",
)
"""The metrics whose months are watched, of the whole selection and of each region."""
WATCHED_WITHIN = ("", "region")

PLACES = frozenset({"region", "project", "team"})
"""A place has its own staff and customers; the other dimensions cut the same rows another way."""

FAMILIES: tuple[frozenset[str], ...] = (
    frozenset(
        {
            "standard_rate",
            "response_l1_rate",
            "onsite_l2_rate",
            "complete_l3_rate",
            "on_time_rate",
        }
    ),
    frozenset({"nps", "csat", "ces", "tier_attainment"}),
    frozenset({"complaint_count", "record_count"}),
)
"""Metrics that tell the same story of the same rows."""

RIPE_DAYS: Mapping[str, int] = {
    "resolved_within_30d": 60,
    "reopen_rate": 60,
    "escalation_rate": 60,
    "repeat_rate": 90,
    "tier_attainment": 60,
}
"""Metric → how far before the as-of time a period must begin: younger cases had too little time."""

_RARE = {"reopen_rate": 2.0, "escalation_rate": 2.0, "repeat_rate": 2.0, "churn_rate": 2.0}
_BY_UNIT = {Unit.PERCENT: 3.0, Unit.POINTS: 6.0, Unit.SCORE: 0.2, Unit.COUNT: 20.0}

CONTRAST_FACTOR = 2.0
"""Groups always differ a little: a contrast must be so much larger than a change."""

GROUPS_NEEDED = 5
OUTLYING = 2.5
TO_SIGMA = 1.4826
"""Where there are so many groups, one stands out only where it is so many times further from their
median than they usually are (1.4826 × the median distance, the σ of normal values)."""

EXTREMES = 3
"""… or where it is the first or the last of them in so many metrics."""

LIFT = 1.5
EXCESS = 10
"""A cell must hold that many times what is expected, and so many rows more."""


def matters(metric: str) -> float:
    """The smallest difference that matters: in the metric's unit, of counts in per cent."""
    return _RARE.get(metric, _BY_UNIT[METRICS[metric].unit])


def family(metric: str) -> frozenset[str]:
    """The metrics that tell the same story as this one, itself among them."""
    return next((each for each in FAMILIES if metric in each), frozenset({metric}))
