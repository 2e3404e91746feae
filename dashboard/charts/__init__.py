"""Charts: data frames and texts in, a plotly figure out; no I/O, no theme."""

from dashboard.charts.base import BAD, GOOD, NEUTRAL, TIER_COLOURS
from dashboard.charts.compare import bars, gaps, heatmap, intervals, pareto
from dashboard.charts.spark import spark
from dashboard.charts.trend import shares_over, trend

__all__ = [
    "BAD",
    "GOOD",
    "NEUTRAL",
    "TIER_COLOURS",
    "bars",
    "gaps",
    "heatmap",
    "intervals",
    "pareto",
    "shares_over",
    "spark",
    "trend",
]
