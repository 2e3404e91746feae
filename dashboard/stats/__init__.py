"""Statistics: arrays and numbers in, small results out; nothing here knows metrics or the store.

Every interval is at 95 %. What cannot be estimated (no or too few observations) is NaN in arrays
and ``None`` in single results; nothing fails or warns on empty, single, constant or wholly censored
data.
"""

from dashboard.stats.association import STANDS_OUT, adjusted_residuals
from dashboard.stats.contribution import Split, contribution
from dashboard.stats.control import Control, Run, Signal, p_chart, runs, xmr_chart
from dashboard.stats.differences import (
    intervals_apart,
    mean_difference,
    nps_difference,
    recovered_difference,
    share_difference,
)
from dashboard.stats.drivers import Drivers, drivers
from dashboard.stats.funnel import (
    Limits,
    count_limits,
    mean_limits,
    share_limits,
    within_sd,
)
from dashboard.stats.intervals import (
    NO_ESTIMATE,
    Bounds,
    Estimate,
    Floats,
    Z,
    mean_interval,
    nps_interval,
    wilson,
)
from dashboard.stats.ordering import similar_order
from dashboard.stats.ranks import Rank, rank_bands
from dashboard.stats.survival import SurvivalCurve, kaplan_meier

__all__ = [
    "NO_ESTIMATE",
    "STANDS_OUT",
    "Bounds",
    "Control",
    "Drivers",
    "Estimate",
    "Floats",
    "Limits",
    "Rank",
    "Run",
    "Signal",
    "Split",
    "SurvivalCurve",
    "Z",
    "adjusted_residuals",
    "contribution",
    "count_limits",
    "drivers",
    "intervals_apart",
    "kaplan_meier",
    "mean_difference",
    "mean_interval",
    "mean_limits",
    "nps_difference",
    "nps_interval",
    "p_chart",
    "rank_bands",
    "recovered_difference",
    "runs",
    "share_difference",
    "share_limits",
    "similar_order",
    "wilson",
    "within_sd",
    "xmr_chart",
]
