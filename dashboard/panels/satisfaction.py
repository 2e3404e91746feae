"""Panels of satisfaction: how it goes, where it is behind, who answers, what NPS is made of."""

from dashboard import charts, ui
from dashboard.metrics import METRICS, Population
from dashboard.ui import Page, frames, series

HEADLINE = ("nps", "csat", "ces", "response_rate", "churn_rate", "gap_index")
MEASURES = ("csat", "nps", "ces", "response_rate", "churn_rate")
GROUPS = ("region", "project", "channel", "stage", "segment", "tier", "kind")
OF_CUSTOMERS = ("region", "project", "segment")
"""What customers can be broken down by."""
WORST = 15


def trend(page: Page) -> None:
    """One of the measures of satisfaction by month."""
    t = page.t
    metric = ui.choice(
        page, "trend", t("Trend of"), {each: t(METRICS[each].name) for each in MEASURES}
    )
    ui.trend_card(page, metric, t("{metric} month by month", metric=t(METRICS[metric].name)))


def breakdown(page: Page) -> None:
    """One of the measures by one of several groups, the furthest behind first."""
    t, names = page.t, ui.group_names(page.t)
    with ui.side_by_side():
        metric = ui.choice(
            page,
            "measure",
            t("Metric"),
            {each: t(METRICS[each].name) for each in (*MEASURES, "gap_index")},
        )
        known = OF_CUSTOMERS if METRICS[metric].population is Population.CUSTOMER else GROUPS
        group = ui.choice(
            page,
            "group",
            t("Compare by"),
            {each: names[each] for each in frames.divided(page, known)},
        )
    ui.ranking_card(
        page,
        metric,
        group,
        title=t("{metric} by {group}", metric=t(METRICS[metric].name), group=names[group]),
        limit=WORST,
        finding=True,
    )


def voices(page: Page) -> None:
    """Who answers surveys: by region, or by what else divides the selection."""
    t = page.t
    ui.ranking_card(
        page,
        "response_rate",
        frames.divided(page, GROUPS)[0],
        title=t("Who answers? Survey response rate"),
        limit=WORST,
        finding=True,
    )


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
    figure, incomplete = None, series.incomplete(page, list(data["key"]))
    if len(data):
        figure = charts.shares_over(
            data,
            colours=dict(zip(make_up, (charts.BAD, charts.NEUTRAL, charts.GOOD), strict=True)),
            names=make_up,
            axis=t("Share of answers (%)"),
            incomplete=incomplete,
        )
        charts.ticked(figure, series.time_ticks(page, data["key"].unique()))
    ui.chart(
        page,
        figure,
        title=t("What NPS is made of"),
        note=t("Pale: not a whole month.") if incomplete else "",
        alt=t("Share of promoters, passives and detractors month by month"),
        metric="nps",
        empty=page.reason("nps"),
        drill=lambda point: page.drill("nps", point[1], within=year, month=point[0]),
        link=page.drill("nps", within=year),
        within=year,
        data=data,
        columns=series.share_columns(page, t("Month"), t("Share of answers (%)")),
    )
