"""Everything that pages are composed of."""

from dashboard.ui.cards import RECORDS, chart, tiles
from dashboard.ui.composed import (
    attention_card,
    choice,
    quality_note,
    ranking_card,
    table,
    trend_card,
)
from dashboard.ui.context import Page, current, month_bounds
from dashboard.ui.frame import configure, run
from dashboard.ui.words import group_names

__all__ = [
    "RECORDS",
    "Page",
    "attention_card",
    "chart",
    "choice",
    "configure",
    "current",
    "group_names",
    "month_bounds",
    "quality_note",
    "ranking_card",
    "run",
    "table",
    "tiles",
    "trend_card",
]
