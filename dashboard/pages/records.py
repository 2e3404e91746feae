"""Records: the rows behind a figure, exactly those that it counted."""

from dashboard import ui
from dashboard.panels import records
from dashboard.ui import timeline

page = ui.current()

timeline.linked(page)
ui.show(page, [records.rows])
