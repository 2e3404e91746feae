"""Projects: which of them stand out from chance, and why."""

from dashboard import ui

page = ui.current()

ui.tiles(page, ("record_count", "csat", "standard_rate", "complaints_per_100_households"))
