"""Panels of staff: standards and satisfaction per person, each with n and interval."""

from collections.abc import Mapping

import pandas as pd

from dashboard import measures, ui
from dashboard.i18n import MISSING
from dashboard.measures import Measure
from dashboard.metrics import METRICS
from dashboard.ui import Page, frames, words

HEADLINE = ("record_count", "standard_rate", "csat", "resolution_median")
SHOWN = 20
METRICS_SHOWN = ("record_count", "complaint_count", "standard_rate", "csat")


def standards(page: Page) -> None:
    """Standards met by person."""
    ui.ranking_card(
        page,
        "standard_rate",
        "staff",
        title=page.t("Standards met, by person"),
        names=frames.staff_names(page),
        limit=SHOWN,
    )


def satisfaction(page: Page) -> None:
    """CSAT by person."""
    ui.ranking_card(
        page,
        "csat",
        "staff",
        title=page.t("CSAT, by person"),
        names=frames.staff_names(page),
        limit=SHOWN,
    )


def everybody(page: Page) -> None:
    """One row per person."""
    t = page.t
    ui.table(
        page,
        _staff_table(page, frames.staff_names(page)),
        title=t("Everybody, with the number of cases behind each figure"),
        note=t(
            "In brackets the 95 % interval and n. “n<5”: too few cases to judge anybody by. "
            "Choose a row to open the records."
        ),
        empty=t("No record of the selection names a member of staff."),
        drill=lambda key: page.drill("record_count", staff=key),
        columns={t("Records"): ui.whole_number(), t("Complaints"): ui.whole_number()},
    )


def _staff_table(page: Page, names: Mapping[str, str]) -> pd.DataFrame:
    """One row per person with a record: key, then the columns of the table, in words."""
    t = page.t
    groups = {key: each for key, each in page.by("staff", METRICS_SHOWN).items() if key}
    people = page.rows_of_store("staff_names").set_index("staff_id")
    rows = []
    for key, each in sorted(groups.items(), key=lambda item: -_count(item[1])):
        person = people.loc[key] if key in people.index else None
        rows.append(
            {
                "key": key,
                t("Name"): names.get(key, key),
                t("Team"): person["team"] if person is not None else None,
                t("Position"): person["position"] if person is not None else None,
                t("Records"): _count(each),
                t("Complaints"): each["complaint_count"].n if "complaint_count" in each else 0,
                **{
                    t(METRICS[metric].name): _shown(page, each.get(metric))
                    for metric in ("standard_rate", "csat")
                },
            }
        )
    return pd.DataFrame(rows)


def _count(measured: Mapping[str, Measure]) -> int:
    return measured["record_count"].n if "record_count" in measured else 0


def _shown(page: Page, measure: Measure | None) -> str:
    """A value with its n, or why it is not shown."""
    t = page.t
    if measure is None or measure.n == 0:
        return MISSING
    if measures.suppressed(measure):
        return t("n<5")
    metric = METRICS[measure.metric]
    shown = words.value(t, metric, measure.value)
    if measure.low is None or measure.high is None:
        return t("{value} (n = {n})", value=shown, n=t.number(measure.n))
    return t(
        "{value} ({low} – {high}, n = {n})",
        value=shown,
        low=t.number(measure.low, metric.decimals),
        high=t.number(measure.high, metric.decimals),
        n=t.number(measure.n),
    )
