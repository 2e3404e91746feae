"""Data quality: what is missing or contradictory, by selection and by load."""

from dashboard import ui
from dashboard.panels import quality

page = ui.current()

ui.show(page, [quality.checks], [quality.loads, quality.names])
