"""Standards: which are kept, where not, what is due now, and what inspections found."""

from dashboard import ui
from dashboard.panels import due, standards, supervision

page = ui.current()

ui.quality_note(
    page,
    "contradictory",
    page.t("{share} % of the records are resolved after they were closed, or due before creation."),
)
ui.tiles(page, standards.HEADLINE, columns=3)
ui.show(
    page,
    [standards.lives],
    [standards.over_time],
    [due.outcomes, standards.lateness],
    [due.outcome_table],
    [standards.by_project],
    [due.waiting],
    [standards.versions],
    [supervision.scores, supervision.rectified],
    [supervision.findings, supervision.rectification],
    [supervision.overdue],
)
