"""Everything that pages are composed of."""

from dashboard.ui.cards import RECORDS, chart, tiles
from dashboard.ui.context import Page, current, month_bounds
from dashboard.ui.frame import configure, run

__all__ = ["RECORDS", "Page", "chart", "configure", "current", "month_bounds", "run", "tiles"]
