"""Everything that panels and pages are composed of."""

from dashboard.ui.cards import RECORDS, chart
from dashboard.ui.context import Page, current, month_bounds
from dashboard.ui.frame import configure, run
from dashboard.ui.layout import adopt, choice, keep, quality_note, show, side_by_side
from dashboard.ui.picks import picked, picks
from dashboard.ui.ranking import ranking_card
from dashboard.ui.search import search
from dashboard.ui.tables import day, decimal, moment, signed, table, whole_number
from dashboard.ui.tiles import tiles
from dashboard.ui.trend import trend_card
from dashboard.ui.words import group_names, plain

__all__ = [
    "RECORDS",
    "Page",
    "adopt",
    "chart",
    "choice",
    "configure",
    "current",
    "day",
    "decimal",
    "group_names",
    "keep",
    "moment",
    "month_bounds",
    "picked",
    "picks",
    "plain",
    "quality_note",
    "ranking_card",
    "run",
    "search",
    "show",
    "side_by_side",
    "signed",
    "table",
    "tiles",
    "trend_card",
    "whole_number",
]
