"""Service tiers: what customers received, where it falls short of the target, what it is worth."""

from dashboard import ui
from dashboard.panels import tier_worth, tiers

page = ui.current()

ui.tiles(page, tiers.HEADLINE)
ui.show(
    page,
    [tiers.target_and_delivered, tiers.attainment],
    [tiers.shortfall],
    [tiers.now, tiers.by_month],
    [tiers.by_group],
    [tier_worth.worth, tier_worth.expectation],
)
