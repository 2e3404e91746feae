"""Names and definitions of what stands on a scorecard beside the metrics of the catalogue.

English message ids. ``standard_rate``, ``csat`` and ``reopen_rate`` are metrics and named there;
raters and perspectives are codes (``CODES["rater"]``, ``CODES["perspective"]``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dashboard.i18n import N_
from dashboard.metrics import Better, Unit


@dataclass(frozen=True)
class Words:
    """How a figure of the scorecard is called, what it means and how it is shown."""

    name: str
    definition: str
    unit: Unit
    better: Better
    trap: str
    decimals: int = 1


WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "resolved_within_3d": Words(
            N_("Resolved within 3 days"),
            N_(
                "Records resolved within 72 hours ÷ records created in the period that are "
                "resolved or whose 72 hours have passed at the as-of time."
            ),
            Unit.PERCENT,
            Better.HIGH,
            N_("Recent cases count once their three days have passed."),
        ),
        "cost_ratio": Words(
            N_("Cost compared with similar cases"),
            N_(
                "Σ cost ÷ Σ expected cost, expected being the mean cost of the selection's records "
                "of the same kind and category. 1 is as expected."
            ),
            Unit.RATE,
            Better.LOW,
            N_(
                "Expected costs come from the selection itself: a small one compares people with "
                "themselves."
            ),
            2,
        ),
        "value_added_per_100": Words(
            N_("Value-added services per 100 records"),
            N_("100 × value-added records with revenue ÷ records created in the period."),
            Unit.RATE,
            Better.HIGH,
            N_("Only services with revenue count; few records make it jump."),
        ),
        "scorecard": Words(
            N_("Scorecard"),
            N_(
                "Weighted mean of the perspectives, 0 to 100. Indicators with too few cases are "
                "left out and the weights of the others renormalised; shares of few cases are "
                "drawn towards the share of everybody."
            ),
            Unit.SCORE,
            Better.HIGH,
            N_("Ranks are bands: people whose intervals overlap cannot be told apart."),
        ),
        "csat_oe": Words(
            N_("Satisfied customers, observed ÷ expected"),
            N_(
                "Satisfied customers ÷ those expected from the kinds and levels of the person's "
                "cases, over surveys with a record. Above 1: more than such cases usually have."
            ),
            Unit.RATE,
            Better.HIGH,
            N_("Surveys without a record are left out; it needs 5 of them."),
            2,
        ),
        "review_360": Words(
            N_("360° review"),
            N_(
                "Ability, attitude and efficiency (1 to 5, in equal parts) as 0 to 100, the "
                "weighted mean of what customers, manager, peers and the person say; missing parts "
                "are renormalised and named."
            ),
            Unit.SCORE,
            Better.HIGH,
            N_("Few raters: a group of fewer than three is not shown alone."),
        ),
    }
)
"""Figure → its words."""
