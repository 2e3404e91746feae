"""Projects: which of them stand out from chance, and one of them in full."""

from dashboard import ui
from dashboard.panels import project, projects

page = ui.current()

shown = projects.selector(page)
if not shown:
    ui.tiles(page, projects.HEADLINE)
    projects.metric_choice(page)
    ui.show(page, [projects.funnel, projects.league])
else:
    page = project.header(page)
    ui.show(
        page,
        [project.among_peers, project.figures],
        [project.by_category, project.staff],
        [project.first_weeks, project.open_cases],
    )
