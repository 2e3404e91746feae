"""Charts: data frames and texts in, a plotly figure out; no I/O, no theme."""

from dashboard.charts.base import BAD, GOOD, NEUTRAL, TIER_COLOURS, cells, ticked
from dashboard.charts.compare import bars, intervals, pareto
from dashboard.charts.contribution import contribution
from dashboard.charts.drivers import driver_map
from dashboard.charts.flow import AGE_COLOURS, flow, steps
from dashboard.charts.funnel_plot import funnel
from dashboard.charts.heat import heatmap, ranked_classes
from dashboard.charts.lifecycle import (
    DELAY_COLOURS,
    OUTCOME_COLOURS,
    RECTIFIED_COLOURS,
    attainment,
    lifecycle,
    marked,
)
from dashboard.charts.profile import expected, rank_bands, weeks
from dashboard.charts.scorecard import points, standing
from dashboard.charts.servqual import gaps
from dashboard.charts.spark import spark
from dashboard.charts.survival import resolution
from dashboard.charts.trend import shares_over, trend

__all__ = [
    "AGE_COLOURS",
    "BAD",
    "DELAY_COLOURS",
    "GOOD",
    "NEUTRAL",
    "OUTCOME_COLOURS",
    "RECTIFIED_COLOURS",
    "TIER_COLOURS",
    "attainment",
    "bars",
    "cells",
    "contribution",
    "driver_map",
    "expected",
    "flow",
    "funnel",
    "gaps",
    "heatmap",
    "intervals",
    "lifecycle",
    "marked",
    "pareto",
    "points",
    "rank_bands",
    "ranked_classes",
    "resolution",
    "shares_over",
    "spark",
    "standing",
    "steps",
    "ticked",
    "trend",
    "weeks",
]
