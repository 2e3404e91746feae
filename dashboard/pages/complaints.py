"""Complaints: where, about what, when, and how fast they are answered."""

import streamlit as st

from dashboard import charts, ui
from dashboard.ui import frames

HEADLINE = (
    "complaint_count",
    "complaint_rate",
    "complaints_per_100_households",
    "closed_loop_rate",
    "repeat_rate",
    "open_over_30d",
)
LEVELS = {"response_l1_rate": "L1", "onsite_l2_rate": "L2", "complete_l3_rate": "L3"}

page = ui.current()
t = page.t
count_title = t("Complaints")

ui.quality_note(
    page,
    "no_feedback",
    t("{share} % of the resolved complaints have no feedback time: their loop is not closed."),
    above=0.2,
)
ui.tiles(page, HEADLINE, columns=3)

data, projects, categories, left_out = frames.project_category(page)
ui.chart(
    page,
    charts.heatmap(
        data,
        rows=projects,
        columns=categories,
        colour_title=count_title,
        axes=(t("Category"), ""),
    )
    if len(data)
    else None,
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

left, right = st.columns(2)
with left:
    data, weekdays, hours = frames.weekday_hour(page)
    ui.chart(
        page,
        charts.heatmap(
            data,
            rows=weekdays,
            columns=hours,
            colour_title=count_title,
            axes=(t("Hour of the day"), ""),
            show_values=False,
            every=3,
        )
        if len(data)
        else None,
        title=t("When: complaints by weekday and hour"),
        note=t("Time at which the complaint was raised."),
        alt=t("Heatmap of complaints by weekday and hour"),
        metric="complaint_count",
        empty=page.reason("complaint_count"),
        drill=lambda cell: page.drill("complaint_count", weekday=cell[0], hour=cell[1]),
    )
with right:
    data, left_out = frames.pareto(page, "complaint_count", "category")
    ui.chart(
        page,
        charts.pareto(
            data,
            axes=(count_title, t("Cumulative share")),
            texts={"count": count_title, "cumulative": t("Cumulative share")},
        )
        if len(data)
        else None,
        title=t("The few categories behind most complaints"),
        note=left_out,
        alt=t("Complaints by category from most to least, with the cumulative share"),
        metric="complaint_count",
        empty=page.reason("complaint_count"),
        drill=lambda key: page.drill("complaint_count", category=key),
    )

left, right = st.columns(2)
with left:
    ui.trend_card(page, "complaint_rate", t("Complaints per 1,000 records, month by month"))
with right:
    levels = page.codes("level")
    bounds = {page.bound(each) for each in LEVELS}
    data = frames.side_by_side(page, {each: levels[level] for each, level in LEVELS.items()})
    ui.chart(
        page,
        charts.intervals(
            data,
            axis=t("Share within the standard (%)"),
            texts={"target": t("Target")},
            target=bounds.pop() if len(bounds) == 1 else None,
        )
        if len(data)
        else None,
        title=t("Are the response levels kept?"),
        note=t("Level 1: response in 2 h. Level 2: on site in 24 h. Level 3: resolved in 72 h."),
        alt=t("Share of cases within the standard of each response level"),
        metric="standard_rate",
        empty=page.reason("standard_rate"),
        drill=page.drill,
        link=page.drill("standard_rate"),
    )
