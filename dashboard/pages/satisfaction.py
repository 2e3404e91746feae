"""Satisfaction: trends with intervals, the make-up of NPS, expectation against perception."""

from dashboard import ui
from dashboard.panels import satisfaction

page = ui.current()

ui.tiles(page, satisfaction.HEADLINE, columns=3)
ui.show(
    page,
    [satisfaction.trend, satisfaction.breakdown],
    [satisfaction.nps_make_up, satisfaction.servqual],
)
