"""Staff: volume, standards and satisfaction per person, each with n and interval."""

from dashboard import ui
from dashboard.panels import staff

page = ui.current()

ui.quality_note(page, "no_staff", page.t("{share} % of the records name no member of staff."))
ui.tiles(page, staff.HEADLINE)
ui.show(page, [staff.standards, staff.satisfaction], [staff.everybody])
