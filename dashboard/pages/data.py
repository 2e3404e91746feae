"""Data: load files, undo, complete what is unknown, set targets, keep the store sound."""

from dashboard import ui
from dashboard.panels import data_sections

page = ui.current()

data_sections.section(page)
