"""Service tiers: what customers received, where it falls short of the target, what it is worth."""

from dashboard import ui
from dashboard.panels import tiers

page = ui.current()

ui.tiles(page, tiers.HEADLINE)
ui.show(
    page,
    [tiers.by_month, tiers.target_and_delivered],
    [tiers.by_project, tiers.worth],
)
