"""Worklist: what has to be done today, the most urgent first."""

from dashboard import ui

page = ui.current()

ui.tiles(page, ("open_count", "open_over_30d", "repeat_rate", "reopen_rate"))
