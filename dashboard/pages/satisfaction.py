"""Satisfaction: trends with intervals, the make-up of NPS, expectation against perception."""

import streamlit as st

from dashboard import charts, ui
from dashboard.metrics import METRICS
from dashboard.ui import frames, series

HEADLINE = ("nps", "csat", "ces", "response_rate", "churn_rate", "gap_index")
TRENDS = ("csat", "nps", "ces", "response_rate", "churn_rate")
GROUPS = ("region", "channel", "stage", "segment", "tier", "kind")

page = ui.current()
t = page.t
groups = ui.group_names(t)

ui.tiles(page, HEADLINE, columns=3)

left, right = st.columns(2)
with left:
    metric = ui.choice(page, t("Trend of"), {each: t(METRICS[each].name) for each in TRENDS})
    ui.trend_card(page, metric, t("{metric} month by month", metric=t(METRICS[metric].name)))
with right:
    group = ui.choice(page, t("Compare by"), {each: groups[each] for each in GROUPS})
    ui.ranking_card(page, "csat", group, title=t("CSAT by {group}", group=groups[group]))

left, right = st.columns(2)
with left:
    year = page.at_least_a_year()
    monthly = page.by("month", ("nps",), year)
    make_up = {
        "detractors": t("Detractors (0–6)"),
        "passives": t("Passives (7–8)"),
        "promoters": t("Promoters (9–10)"),
    }
    data = series.shares(
        page,
        {key: each["nps"].parts for key, each in monthly.items()},
        series.months(page, monthly),
        make_up,
    )
    ui.chart(
        page,
        charts.shares_over(
            data,
            colours=dict(zip(make_up, (charts.BAD, charts.NEUTRAL, charts.GOOD), strict=True)),
            names=make_up,
            axis=t("Share of answers"),
        )
        if len(data)
        else None,
        title=t("What NPS is made of"),
        alt=t("Share of promoters, passives and detractors month by month"),
        metric="nps",
        empty=page.reason("nps"),
        drill=lambda point: page.drill("nps", point[1], within=year, month=point[0]),
        link=page.drill("nps", within=year),
    )
with right:
    data = frames.servqual(page)
    ui.chart(
        page,
        charts.gaps(
            data,
            axis=t("Mean rating, 1 to 5"),
            texts={"perception": t("Perceived"), "expectation": t("Expected")},
        )
        if len(data)
        else None,
        title=t("What customers expect, and what they get"),
        note=t("The gap is perception minus expectation; the widest first."),
        alt=t("Expectation and perception of the five SERVQUAL dimensions"),
        metric="gap_index",
        empty=page.reason("gap_index"),
        drill=lambda key: page.drill(f"gap_{key}"),
    )
