"""Panels of complaints: where, about what, when, and how fast they are answered."""

import pandas as pd

from dashboard import charts, ui
from dashboard.ui import Page, frames, series
from dashboard.ui.frames import Axis

HEADLINE = (
    "complaint_count",
    "complaint_rate",
    "complaints_per_100_households",
    "closed_loop_rate",
    "repeat_rate",
    "open_over_30d",
)
LEVELS = {"response_l1_rate": "L1", "onsite_l2_rate": "L2", "complete_l3_rate": "L3"}
HEATMAP_PROJECTS = 40
HEATMAP_CATEGORIES = 16
PARETO_GROUPS = 16


def by_project_and_category(page: Page) -> None:
    """Heatmap of complaints by project and category."""
    t = page.t
    data, projects, categories, left_out = _project_category(page)
    figure = None
    if len(data):
        figure = charts.heatmap(
            data,
            rows=projects,
            columns=categories,
            colour_title=t("Complaints"),
            axes=(t("Category"), ""),
        )
    ui.chart(
        page,
        figure,
        title=t("Where and about what: complaints by project and category"),
        note=" ".join(
            (
                t("Most complaints at the top and on the left. Choose a cell to open its records."),
                left_out,
            )
        ),
        alt=t("Heatmap of complaints by project and category"),
        metric="complaint_count",
        empty=page.reason("complaint_count"),
        drill=lambda cell: page.drill("complaint_count", project=cell[0], category=cell[1]),
        link=page.drill("complaint_count"),
        min_width=640,
    )


def by_weekday_and_hour(page: Page) -> None:
    """Heatmap of complaints by weekday and hour of the day."""
    t = page.t
    data, weekdays, hours = _weekday_hour(page)
    figure = None
    if len(data):
        figure = charts.heatmap(
            data,
            rows=weekdays,
            columns=hours,
            colour_title=t("Complaints"),
            axes=(t("Hour of the day"), ""),
            show_values=False,
            every=3,
        )
    ui.chart(
        page,
        figure,
        title=t("When: complaints by weekday and hour"),
        note=t("Time at which the complaint was raised."),
        alt=t("Heatmap of complaints by weekday and hour"),
        metric="complaint_count",
        empty=page.reason("complaint_count"),
        drill=lambda cell: page.drill("complaint_count", weekday=cell[0], hour=cell[1]),
    )


def pareto(page: Page) -> None:
    """The categories from most to least complaints."""
    t = page.t
    data, left_out = _pareto(page, "complaint_count", "category")
    figure = None
    if len(data):
        figure = charts.pareto(
            data,
            axes=(t("Complaints"), t("Cumulative share")),
            texts={"count": t("Complaints"), "cumulative": t("Cumulative share")},
        )
    ui.chart(
        page,
        figure,
        title=t("The few categories behind most complaints"),
        note=left_out,
        alt=t("Complaints by category from most to least, with the cumulative share"),
        metric="complaint_count",
        empty=page.reason("complaint_count"),
        drill=lambda key: page.drill("complaint_count", category=key),
        min_width=440,  # else the names of the categories stand on each other
        data=data,
        columns={
            "label": t("Category"),
            "count": t("Complaints"),
            "cumulative": t("Cumulative share"),
        },
    )


def rate_trend(page: Page) -> None:
    """Complaints per 1,000 records by month."""
    ui.trend_card(page, "complaint_rate", page.t("Complaints per 1,000 records, month by month"))


def by_level(page: Page) -> None:
    """Attainment of the three response levels."""
    t = page.t
    levels = page.codes("level")
    bounds = {page.bound(each) for each in LEVELS}
    data = series.side_by_side(page, {each: levels[level] for each, level in LEVELS.items()})
    figure = None
    if len(data):
        figure = charts.intervals(
            data,
            axis=t("Share within the standard (%)"),
            texts={"target": t("Target")},
            target=bounds.pop() if len(bounds) == 1 else None,
        )
    ui.chart(
        page,
        figure,
        title=t("Are the response levels kept?"),
        note=t("Level 1: response in 2 h. Level 2: on site in 24 h. Level 3: resolved in 72 h."),
        alt=t("Share of cases within the standard of each response level"),
        metric="standard_rate",
        empty=page.reason("standard_rate"),
        drill=page.drill,
        link=page.drill("standard_rate"),
        data=data,
        columns=series.columns(page, t("Response level"), t("Share within the standard (%)")),
    )


def _project_category(page: Page) -> tuple[pd.DataFrame, Axis, Axis, str]:
    """Complaints by project and category, both ordered by their total.

    Returns cells, rows, columns and a note on what was left out.
    """
    counts = page.rows("complaint_project_category")
    cells = pd.DataFrame(
        {"row": counts["project_id"], "column": counts["category"], "count": counts["count"]}
    )
    rows = frames.by_total(
        cells, "row", {key: page.name("project", key) for key in set(cells["row"])}
    )
    columns = frames.by_total(
        cells, "column", {key: page.name("category", key) for key in set(cells["column"])}
    )
    return (
        frames.cells_in_words(page, cells, dict(rows), dict(columns)),
        rows[:HEATMAP_PROJECTS],
        columns[:HEATMAP_CATEGORIES],
        " ".join(
            filter(
                None,
                (
                    frames.left_out(page, page.t("Project"), HEATMAP_PROJECTS, len(rows)),
                    frames.left_out(page, page.t("Category"), HEATMAP_CATEGORIES, len(columns)),
                ),
            )
        ),
    )


def _weekday_hour(page: Page) -> tuple[pd.DataFrame, Axis, Axis]:
    """Complaints by weekday and hour of the day; cells, rows, columns."""
    counts = page.rows("complaint_weekday_hour")
    cells = pd.DataFrame(
        {
            "row": counts["weekday"].astype(str),
            "column": counts["hour"].astype(str),
            "count": counts["count"],
        }
    )
    rows = [(str(index + 1), name) for index, name in enumerate(page.t.weekdays())]
    columns = [(str(hour), str(hour)) for hour in range(24)]
    spoken = {key: page.t("{hour}:00", hour=key) for key, _ in columns}
    return frames.cells_in_words(page, cells, dict(rows), spoken), rows, columns


def _pareto(page: Page, metric: str, group: str) -> tuple[pd.DataFrame, str]:
    """A count per group from most to least with the cumulative share, as ``charts.pareto`` asks.

    The cumulative share is of all groups, also of those that are left out and noted.
    """
    t = page.t
    counts = {
        key: each[metric].n for key, each in page.by(group, (metric,)).items() if each[metric].n
    }
    total = sum(counts.values())
    rows, running = [], 0
    for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        running += count
        label = page.name(group, key)
        text = t(
            "{label}: {count} ({share} % of all)",
            label=label,
            count=t.number(count),
            share=t.number(100 * count / total, 1),
        )
        rows.append((label, key, count, 100 * running / total, text))
    frame = pd.DataFrame(rows, columns=["label", "key", "count", "cumulative", "hover"])
    return frame.head(PARETO_GROUPS), frames.left_out(
        page, ui.group_names(t)[group], PARETO_GROUPS, len(frame)
    )
