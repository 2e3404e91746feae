"""Overview: on target? what changed? where? what needs a decision?"""

import streamlit as st

from dashboard import ui
from dashboard.metrics import METRICS

HEADLINE = (
    "nps",
    "csat",
    "ces",
    "complaints_per_100_households",
    "standard_rate",
    "resolved_within_30d",
    "tier_attainment",
    "open_over_30d",
)
CHOICES = ("csat", "nps", "standard_rate", "resolved_within_30d", "tier_attainment")
WORST = 12

page = ui.current()
t = page.t

ui.tiles(page, HEADLINE)
whole = page.total(HEADLINE)
choices = [each for each in CHOICES if whole[each].value is not None] or CHOICES
households = whole["complaints_per_100_households"].value is not None

chosen = ui.choice(
    page, t("Metric of the charts below"), {each: t(METRICS[each].name) for each in choices}
)
left, right = st.columns(2)
with left:
    ui.trend_card(page, chosen, t("{metric} month by month", metric=t(METRICS[chosen].name)))
with right:
    ui.ranking_card(
        page,
        chosen,
        "project",
        title=t("Projects furthest behind: {metric}", metric=t(METRICS[chosen].name)),
        limit=WORST,
    )

left, right = st.columns(2)
with left:
    if households:
        ui.trend_card(
            page,
            "complaints_per_100_households",
            t("Complaints per 100 households, month by month"),
        )
    else:
        ui.trend_card(page, "complaint_rate", t("Complaints per 1,000 records, month by month"))
with right:
    ui.attention_card(page)
