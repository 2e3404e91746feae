"""Complaints: where, about what, when, and how they are dealt with."""

from dashboard import ui
from dashboard.panels import complaint_flow, complaint_focus, complaint_heatmaps, complaints

page = ui.current()

ui.quality_note(
    page,
    "no_feedback",
    page.t("{share} % of the resolved complaints have no feedback time: their loop is not closed."),
    above=0.2,
)
ui.quality_note(
    page,
    "same_time",
    page.t("{share} % of the records share their time of day, to the second, with many others."),
)
focus = complaint_focus.banner(page)
ui.tiles(focus, complaints.HEADLINE, columns=3)
ui.show(
    page,
    [complaint_heatmaps.by_project_and_category],
    [complaint_heatmaps.by_month_and_category, complaint_heatmaps.by_handover_and_category],
    [complaint_heatmaps.by_weekday_and_hour],
)
ui.show(
    focus,
    [complaints.pareto, complaints.rate_trend],
    [complaint_flow.flow_and_backlog, complaint_flow.time_to_resolution],
    [complaint_flow.closed_loop, complaints.delays],
    [complaints.by_level, complaints.level_trend],
    [complaints.repeat_trend, complaints.repeaters],
)
