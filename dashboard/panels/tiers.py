"""Panels of service tiers: what was delivered, what was due, what a tier is worth."""

from collections.abc import Mapping

import pandas as pd

from dashboard import charts, measures, ui
from dashboard.ui import Page, frames, series
from dashboard.ui.frames import Axis

HEADLINE = ("tier_attainment", "tier_index", "csat", "record_count")
WORST = 15


def by_month(page: Page) -> None:
    """Delivered tiers by month."""
    t, tiers = page.t, page.codes("tier_delivered")
    year = page.at_least_a_year()
    monthly = page.by("month", ("tier_share",), year)
    data = series.shares(
        page,
        {key: each["tier_share"].parts for key, each in monthly.items()},
        series.months(page, monthly),
        tiers,
    )
    figure = None
    if len(data):
        figure = charts.shares_over(
            data, colours=charts.TIER_COLOURS, names=tiers, axis=t("Share of records")
        )
    ui.chart(
        page,
        figure,
        title=t("Which tier was delivered, month by month"),
        alt=t("Share of the five delivered states month by month"),
        metric="tier_share",
        empty=page.reason("tier_share"),
        drill=lambda point: page.drill("tier_share", within=year, month=point[0], tier=point[1]),
        link=page.drill("tier_share", within=year),
        data=data,
        columns=series.share_columns(page, t("Month"), t("Share of records")),
    )


def target_and_delivered(page: Page) -> None:
    """Records by target and delivered tier."""
    t = page.t
    data, targets, delivered = _tier_matrix(page)
    figure = None
    if len(data):
        figure = charts.heatmap(
            data,
            rows=targets,
            columns=delivered,
            colour_title=t("Records"),
            axes=(t("Delivered"), t("Target")),
        )
    ui.chart(
        page,
        figure,
        title=t("What was due, and what was delivered"),
        note=t("Left of the diagonal the service fell short of its target."),
        alt=t("Records by target tier and delivered tier"),
        metric="tier_attainment",
        empty=page.reason("tier_share"),
        drill=lambda cell: page.drill("tier_matrix", target_tier=cell[0], tier=cell[1]),
        link=page.drill("tier_attainment"),
    )


def by_project(page: Page) -> None:
    """The projects with the most service below basic."""
    t, tiers = page.t, page.codes("tier_delivered")
    data, left_out = _tiers_by_project(page, tiers, WORST)
    figure = None
    if len(data):
        figure = charts.shares_over(
            data,
            colours=charts.TIER_COLOURS,
            names=tiers,
            axis=t("Share of records"),
            horizontal=True,
        )
    ui.chart(
        page,
        figure,
        title=t("Projects with the most service below basic"),
        note=left_out,
        alt=t("Delivered tiers by project, the largest share below basic first"),
        metric="tier_share",
        empty=page.reason("tier_share"),
        drill=lambda point: page.drill("tier_share", project=point[0], tier=point[1]),
        data=data,
        columns=series.share_columns(page, t("Project"), t("Share of records")),
    )


def worth(page: Page) -> None:
    """CSAT by delivered tier."""
    ui.ranking_card(
        page,
        "csat",
        "tier",
        title=page.t("What a tier is worth: CSAT by delivered tier"),
        names=page.codes("tier_delivered"),
        in_order=True,
    )


def _tier_matrix(page: Page) -> tuple[pd.DataFrame, Axis, Axis]:
    """Records by target and delivered tier; cells, rows, columns."""
    matrix: Mapping[str, Mapping[str, int]] = page.total(("tier_matrix",))["tier_matrix"].parts
    targets, delivered = page.codes("tier"), page.codes("tier_delivered")
    cells = pd.DataFrame(
        [
            (target, tier, count)
            for target, counts in matrix.items()
            for tier, count in counts.items()
            if count
        ],
        columns=["row", "column", "count"],
    )
    rows = [(code, targets[code]) for code in reversed(targets)]
    return frames.cells_in_words(page, cells, targets, delivered), rows, list(delivered.items())


def _tiers_by_project(page: Page, tiers: Mapping[str, str], limit: int) -> tuple[pd.DataFrame, str]:
    """Delivered tiers of the projects with the largest share below basic, and a note.

    Projects with fewer than 5 graded records are left out.
    """
    t = page.t
    groups = page.by("project", ("tier_share",))
    counts = {
        key: each["tier_share"].parts
        for key, each in groups.items()
        if not measures.suppressed(each["tier_share"])
    }
    worst = sorted(counts, key=lambda key: (-_share(counts[key], "below"), key))[:limit]
    names = {key: page.name("project", key) for key in worst}
    return series.shares(page, counts, names, tiers), frames.left_out(
        page, t("Project"), limit, len(counts)
    )


def _share(counts: Mapping[str, float], part: str) -> float:
    total = sum(counts.values())
    return counts[part] / total if total else 0.0
