"""What a reader should know of a metric beyond its definition: cohort, origin of the target, trap.

Texts are English message ids, as in the registry. Every metric has a cohort and a trap, every
default target an origin.
"""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.metrics.model import Metric, Population

COHORTS: Mapping[Population, str] = MappingProxyType(
    {
        Population.RECORD: "Records created in the period, cancelled ones left out.",
        Population.COMPLAINT: "Complaints created in the period, cancelled ones left out.",
        Population.SURVEY: "Surveys answered in the period.",
        Population.SENT: "Surveys sent in the period.",
        Population.GAP: "SERVQUAL ratings of the surveys answered in the period.",
        Population.PERCEIVED: (
            "Surveys answered in the period with the rating and all five perceptions."
        ),
        Population.CUSTOMER: "Customers active at the start of the period.",
        Population.TRAINING: "Training sessions held in the period, of staff of the projects.",
        Population.TRAINEE: "Staff of the projects with a required session held in the period.",
        Population.INSPECTION: "Inspections made in the period.",
    }
)
"""Population → which rows belong to a period."""

_STANDARD = "Operating standard of the company, 2025."
_LEVELS = "The plan asks for 90 % of urgent cases; here the default at every level."
DEFAULT = "Default of this dashboard; an administrator can change it."
PERSON = "Records, surveys and reviews of the person in the period, compared with the selection's."

ORIGINS: Mapping[str, str] = MappingProxyType(
    {
        "csat": _STANDARD,
        "response_l1_rate": _LEVELS,
        "onsite_l2_rate": _LEVELS,
        "complete_l3_rate": _LEVELS,
        "training_coverage": _STANDARD,
        "training_pass_rate": _STANDARD,
    }
)
"""Metric → where its default target comes from; the others are defaults of the dashboard."""

_OPEN = (
    "Cases still open count only once their time has passed, so that late ones are not forgotten."
)
_ANSWERED = "Records without a response are left out: see the response levels."
_OLD = "Recent periods look better than they are while cases are open."
_GAP = "Below 0 means less than was expected, not that it was bad."
_WHO = "Only those who answered are heard; compare the response rate."

TRAPS: Mapping[str, str] = MappingProxyType(
    {
        "record_count": "More records may mean more diligent recording, not more work.",
        "complaint_count": "It grows with the number of homes: compare per 100 households.",
        "complaint_rate": "It falls when more of other kinds is recorded, too.",
        "complaints_per_100_households": (
            "Projects whose households are unknown are left out; n is the number of households."
        ),
        "open_count": "It depends on the as-of time, not only on the period.",
        "open_over_30d": "A young period cannot have old cases: compare periods of the same age.",
        "age_bucket": "Records created before the period are not in it, however old.",
        "first_response_median": _ANSWERED,
        "first_response_p90": _ANSWERED,
        "response_l1_rate": _OPEN,
        "onsite_l2_rate": _OPEN,
        "complete_l3_rate": _OPEN,
        "standard_rate": "It moves with the mix of levels: see each level.",
        "on_time_rate": "A generous promise is easily kept: it says nothing of the time itself.",
        "resolution_mean": "Too low while cases are open, and moved by a few very long ones.",
        "resolution_median": "None while fewer than half are resolved.",
        "resolved_within_30d": "An estimate while cases younger than 30 days are open.",
        "closed_loop_rate": "Steps that are done but not recorded count as missing.",
        "reopen_rate": _OLD,
        "escalation_rate": "A low rate may mean that nobody dares to escalate.",
        "repeat_rate": "Customer and category must be known; the last 30 days are not judged.",
        "cost_per_record": "Records without a cost are left out, not counted as free.",
        "focus_share": "It rises with the number of homes handed over, too.",
        "nps": "Not a percentage: from −100 to 100. With few answers it swings widely.",
        "csat": _WHO,
        "csat_mean": "A mean hides who is dissatisfied: prefer the share.",
        "ces": "7 is the easiest here; other sources turn the scale round.",
        "ces_easy": _WHO,
        "response_rate": "Recent surveys may still be answered.",
        "churn_rate": "It grows with the length of the period; its target is scaled accordingly.",
        "gap_reliability": _GAP,
        "gap_responsiveness": _GAP,
        "gap_assurance": _GAP,
        "gap_empathy": _GAP,
        "gap_tangibles": _GAP,
        "gap_index": "None unless all five gaps are known; n is the smallest of the five.",
        "delay_grade": "A case that is still late grows worse with the as-of time.",
        "drivers": "It shows what goes together, not what causes what.",
        "training_coverage": "One missed required session counts as not covered.",
        "training_pass_rate": "Sessions without a test are left out.",
        "inspection_score": "Inspectors differ: compare scores of the same item.",
        "rectified_on_time": "Findings without a deadline are left out.",
        "tier_share": "Only records with a delivered tier: see how many have none.",
        "tier_attainment": "A low target is easily attained: read it with the distribution.",
        "tier_index": "It treats the steps between tiers as equal.",
        "tier_matrix": "Only records with both tiers known.",
    }
)
"""Metric → the mistake that its readers make most easily."""


def cohort(metric: Metric) -> str:
    """Which rows belong to a period."""
    return COHORTS[metric.population]


def origin(metric: Metric) -> str:
    """Where the default target comes from; empty without one."""
    if metric.target is None:
        return ""
    return ORIGINS.get(metric.id, DEFAULT)


def trap(metric: Metric) -> str:
    """The mistake that readers make most easily."""
    return TRAPS[metric.id]
