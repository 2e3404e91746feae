"""Worklist: what has to be done today, the most urgent first."""

from dashboard import ui
from dashboard.panels import worklist
from dashboard.ui import timeline

page = ui.current()

timeline.linked(page)
ui.show(page, [worklist.queues])
