"""Panels of the overview."""

from dashboard import ui
from dashboard.metrics import METRICS
from dashboard.ui import Page

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


def trend(page: Page) -> None:
    """One of the headline metrics by month."""
    t = page.t
    chosen = _metric(page, "trend")
    ui.trend_card(page, chosen, t("{metric} month by month", metric=t(METRICS[chosen].name)))


def behind(page: Page) -> None:
    """The projects furthest behind in one of the headline metrics."""
    t = page.t
    chosen = _metric(page, "behind")
    ui.ranking_card(
        page,
        chosen,
        "project",
        title=t("Projects furthest behind: {metric}", metric=t(METRICS[chosen].name)),
        limit=WORST,
    )


def complaints(page: Page) -> None:
    """Complaints per 100 households by month; per 1,000 records where no households are known."""
    t = page.t
    if page.total(HEADLINE)["complaints_per_100_households"].value is None:
        ui.trend_card(page, "complaint_rate", t("Complaints per 1,000 records, month by month"))
    else:
        ui.trend_card(
            page,
            "complaints_per_100_households",
            t("Complaints per 100 households, month by month"),
        )


def _metric(page: Page, name: str) -> str:
    t, whole = page.t, page.total(HEADLINE)
    known = [each for each in CHOICES if whole[each].value is not None] or CHOICES
    names = {each: t(METRICS[each].name) for each in known}
    return ui.choice(page, name, t("Metric"), names)
