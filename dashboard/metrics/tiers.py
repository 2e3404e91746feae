"""Service tiers: what was delivered, and what was due."""

from functools import partial

from dashboard.codes import CODES
from dashboard.metrics.model import Better, Metric, Population, Statistic, Unit

_tier = partial(Metric, population=Population.RECORD, query="metric_tier")
_NO_RECORDS = dict.fromkeys(CODES["tier_delivered"], 0)

METRICS = (
    _tier(
        "tier_share",
        "Delivered tiers",
        "Share of each of the five delivered states over records created in the period whose "
        "delivered tier is known.",
        unit=Unit.PERCENT,
        better=Better.NONE,
        statistic=Statistic.TABLE,
        nothing=_NO_RECORDS,
        needs="tier_delivered",
    ),
    _tier(
        "tier_attainment",
        "Tier attainment",
        "Records delivered at or above their target tier ÷ records created in the period with both "
        "tiers known.",
        unit=Unit.PERCENT,
        better=Better.HIGH,
        statistic=Statistic.SHARE,
        target=90,
        needs="tier_target",
    ),
    _tier(
        "tier_index",
        "Tier index",
        "Mean rank of the delivered tier: below basic 0, basic 1, satisfying 2, exceeding 3, "
        "memorable 4.",
        unit=Unit.SCORE,
        better=Better.HIGH,
        statistic=Statistic.MEAN,
        decimals=2,
        needs="tier_delivered",
    ),
    _tier(
        "tier_matrix",
        "Target and delivered tier",
        "Number of records created in the period by target tier and delivered tier.",
        unit=Unit.COUNT,
        better=Better.NONE,
        statistic=Statistic.TABLE,
        decimals=0,
        nothing=dict.fromkeys(CODES["tier"], _NO_RECORDS),
        needs="tier_target",
    ),
)
