"""Satisfaction: how it goes, where it is behind, what customers miss, and what they say."""

from dashboard import ui
from dashboard.panels import satisfaction, servqual
from dashboard.panels.comments import comments
from dashboard.ui import timeline

page = ui.current()

timeline.linked(page)
ui.tiles(page, satisfaction.HEADLINE, columns=3)
ui.show(
    page,
    [satisfaction.trend, satisfaction.breakdown],
    [servqual.gaps, servqual.drivers],
    [satisfaction.nps_make_up, satisfaction.voices],
    [comments],
)
