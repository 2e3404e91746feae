"""Panels of satisfaction: what NPS is made of, expectation against perception."""

import pandas as pd

from dashboard import charts, ui
from dashboard.metrics import METRICS
from dashboard.ui import Page, series

HEADLINE = ("nps", "csat", "ces", "response_rate", "churn_rate", "gap_index")
TRENDS = ("csat", "nps", "ces", "response_rate", "churn_rate")
GROUPS = ("region", "channel", "stage", "segment", "tier", "kind")


def trend(page: Page) -> None:
    """One of the measures of satisfaction by month."""
    t = page.t
    metric = ui.choice(
        page, "trend", t("Trend of"), {each: t(METRICS[each].name) for each in TRENDS}
    )
    ui.trend_card(page, metric, t("{metric} month by month", metric=t(METRICS[metric].name)))


def breakdown(page: Page) -> None:
    """CSAT by one of several groups."""
    t, groups = page.t, ui.group_names(page.t)
    group = ui.choice(page, "group", t("Compare by"), {each: groups[each] for each in GROUPS})
    ui.ranking_card(page, "csat", group, title=t("CSAT by {group}", group=groups[group]))


def nps_make_up(page: Page) -> None:
    """Promoters, passives and detractors by month."""
    t = page.t
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
    figure = None
    if len(data):
        figure = charts.shares_over(
            data,
            colours=dict(zip(make_up, (charts.BAD, charts.NEUTRAL, charts.GOOD), strict=True)),
            names=make_up,
            axis=t("Share of answers"),
        )
    ui.chart(
        page,
        figure,
        title=t("What NPS is made of"),
        alt=t("Share of promoters, passives and detractors month by month"),
        metric="nps",
        empty=page.reason("nps"),
        drill=lambda point: page.drill("nps", point[1], within=year, month=point[0]),
        link=page.drill("nps", within=year),
        data=data,
        columns=series.share_columns(page, t("Month"), t("Share of answers")),
    )


def servqual(page: Page) -> None:
    """Expectation and perception in the five dimensions."""
    t = page.t
    data = _servqual(page)
    figure = None
    if len(data):
        figure = charts.gaps(
            data,
            axis=t("Mean rating, 1 to 5"),
            texts={"perception": t("Perceived"), "expectation": t("Expected")},
        )
    ui.chart(
        page,
        figure,
        title=t("What customers expect, and what they get"),
        note=t("The gap is perception minus expectation; the widest first."),
        alt=t("Expectation and perception of the five SERVQUAL dimensions"),
        metric="gap_index",
        empty=page.reason("gap_index"),
        drill=lambda key: page.drill(f"gap_{key}"),
        data=data,
        columns={
            "label": t("Dimension"),
            "expectation": t("Expected"),
            "perception": t("Perceived"),
            "gap": t("Gap"),
            "n": t("n"),
        },
    )


def _servqual(page: Page) -> pd.DataFrame:
    """Expectation and perception per dimension, the widest gap first, as ``charts.gaps`` asks."""
    t = page.t
    data = page.rows("servqual")
    data = data.assign(
        key=data["dimension"],
        label=[t.label("dimension", each) for each in data["dimension"]],
        gap=data["perception"] - data["expectation"],
    ).sort_values("gap", kind="stable")
    data["hover"] = [
        t(
            "{label}: expected {expectation}, perceived {perception}, gap {gap} (n = {n})",
            label=row["label"],
            expectation=t.number(row["expectation"], 2),
            perception=t.number(row["perception"], 2),
            gap=t.signed(row["gap"], 2),
            n=t.number(row["n"]),
        )
        for row in data.to_dict("records")
    ]
    return data.reset_index(drop=True)
