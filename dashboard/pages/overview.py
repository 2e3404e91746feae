"""Overview: on target? what changed, and is it real? where? what needs a decision?"""

from dashboard import ui
from dashboard.panels import changes, decisions, overview, where

page = ui.current()

ui.quality_note(
    page,
    "zero_duration",
    page.t("{share} % of the records are resolved at the moment they were created."),
    above=0.05,
)
ui.tiles(page, overview.HEADLINE)
ui.show(
    page,
    [changes.what_changed, changes.stands_out],
    [where.contribution, decisions.needs_decision],
    [where.league],
    [overview.trend, overview.complaints],
)
