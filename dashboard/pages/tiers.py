"""Service tiers: what customers received, where it falls short of the target, what it is worth."""

import streamlit as st

from dashboard import charts, ui
from dashboard.ui import frames, series

WORST = 15

page = ui.current()
t = page.t
tiers = page.codes("tier_delivered")

ui.tiles(page, ("tier_attainment", "tier_index", "csat", "record_count"))

left, right = st.columns(2)
with left:
    year = page.at_least_a_year()
    monthly = page.by("month", ("tier_share",), year)
    data = series.shares(
        page,
        {key: each["tier_share"].parts for key, each in monthly.items()},
        series.months(page, monthly),
        tiers,
    )
    ui.chart(
        page,
        charts.shares_over(
            data, colours=charts.TIER_COLOURS, names=tiers, axis=t("Share of records")
        )
        if len(data)
        else None,
        title=t("Which tier was delivered, month by month"),
        alt=t("Share of the five delivered states month by month"),
        metric="tier_share",
        empty=page.reason("tier_share"),
        drill=lambda point: page.drill("tier_share", within=year, month=point[0], tier=point[1]),
        link=page.drill("tier_share", within=year),
    )
with right:
    data, targets, delivered = frames.tier_matrix(page)
    ui.chart(
        page,
        charts.heatmap(
            data,
            rows=targets,
            columns=delivered,
            colour_title=t("Records"),
            axes=(t("Delivered"), t("Target")),
        )
        if len(data)
        else None,
        title=t("What was due, and what was delivered"),
        note=t("Left of the diagonal the service fell short of its target."),
        alt=t("Records by target tier and delivered tier"),
        metric="tier_attainment",
        empty=page.reason("tier_share"),
        drill=lambda cell: page.drill("tier_matrix", target_tier=cell[0], tier=cell[1]),
        link=page.drill("tier_attainment"),
    )

left, right = st.columns(2)
with left:
    data, left_out = frames.tiers_by_project(page, tiers, WORST)
    ui.chart(
        page,
        charts.shares_over(
            data,
            colours=charts.TIER_COLOURS,
            names=tiers,
            axis=t("Share of records"),
            horizontal=True,
        )
        if len(data)
        else None,
        title=t("Projects with the most service below basic"),
        note=left_out,
        alt=t("Delivered tiers by project, the largest share below basic first"),
        metric="tier_share",
        empty=page.reason("tier_share"),
        drill=lambda point: page.drill("tier_share", project=point[0], tier=point[1]),
    )
with right:
    ui.ranking_card(
        page,
        "csat",
        "tier",
        title=t("What a tier is worth: CSAT by delivered tier"),
        names=tiers,
        in_order=True,
    )
