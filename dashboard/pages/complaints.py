"""Complaints: where, about what, when, and how fast they are answered."""

from dashboard import ui
from dashboard.panels import complaints

page = ui.current()

ui.quality_note(
    page,
    "no_feedback",
    page.t("{share} % of the resolved complaints have no feedback time: their loop is not closed."),
    above=0.2,
)
ui.tiles(page, complaints.HEADLINE, columns=3)
ui.show(
    page,
    [complaints.by_project_and_category],
    [complaints.by_weekday_and_hour, complaints.pareto],
    [complaints.rate_trend, complaints.by_level],
)
