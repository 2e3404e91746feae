"""Overview: on target? what changed? where? what needs a decision?"""

from dashboard import ui
from dashboard.panels import overview

page = ui.current()

ui.tiles(page, overview.HEADLINE)
ui.show(
    page,
    [overview.trend, overview.behind],
    [overview.complaints, ui.attention_card],
)
