"""Panels of the overview: the headline metrics over time."""

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
CHOICES = ("csat", "nps", "ces", "standard_rate", "resolved_within_30d", "tier_attainment")


def trend(page: Page) -> None:
    """One of the headline metrics by month."""
    t, whole = page.t, page.total(HEADLINE)
    known = [each for each in CHOICES if whole[each].value is not None] or CHOICES
    chosen = ui.choice(page, "trend", t("Metric"), {each: t(METRICS[each].name) for each in known})
    ui.trend_card(page, chosen, t("{metric} month by month", metric=t(METRICS[chosen].name)))


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
