"""Standards: which are kept, and where not."""

from dashboard import ui

page = ui.current()

ui.tiles(page, ("standard_rate", "response_l1_rate", "onsite_l2_rate", "complete_l3_rate"))
