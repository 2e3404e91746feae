"""Panels of what the standards ask for: done, done too late, overdue, or still within its time."""

import pandas as pd

from dashboard import charts, ui
from dashboard.metrics.standards import MEASURED, RESPONSES
from dashboard.panels import standard_facts as facts
from dashboard.ui import Page, frames, series

WAITING = 500


def outcomes(page: Page) -> None:
    """Met, missed, overdue and pending records of each standard."""
    t, parts = page.t, facts.outcome_names(page.t)
    counts = facts.outcomes(page)
    names = {key: facts.short_name(t, key) for key in MEASURED if key in counts}
    data = series.shares(page, counts, names, parts)
    figure = None
    if len(data):
        figure = charts.shares_over(
            data,
            colours=charts.OUTCOME_COLOURS,
            names=parts,
            axis=t("Share of records (%)"),
            horizontal=True,
            height=300,
        )
    ui.chart(
        page,
        figure,
        title=t("Where the records with a standard stand"),
        note=t(
            "Missed: done too late. Overdue: the time has passed and nothing is done yet. Pending: "
            "still within its time, and in no attainment."
        ),
        alt=t("Records met, missed, overdue and pending by standard"),
        metric=("standard_rate", "on_time_rate"),
        empty=page.reason("standard_rate"),
        drill=lambda point: page.drill(point[0], point[1]),
        data=data,
        columns=series.share_columns(page, t("Standard"), t("Share of records (%)")),
    )


def outcome_table(page: Page) -> None:
    """The same as numbers."""
    t, parts = page.t, facts.outcome_names(page.t)
    counts = facts.outcomes(page)
    whole = page.total(MEASURED)
    rows = [
        {
            "key": key,
            t("Standard"): facts.metric_name(page.t, key),
            **{name: counts[key][part] for part, name in parts.items()},
            t("All records"): sum(counts[key].values()),
            t("Attainment (%)"): whole[key].value,
        }
        for key in MEASURED
        if key in counts
    ]
    ui.table(
        page,
        pd.DataFrame(rows),
        title=t("How many are due, and how many still have time"),
        note=t("Attainment is met ÷ (met + missed + overdue). Choose a row to open what is due."),
        empty=page.reason("standard_rate"),
        metric=MEASURED,
        drill=page.drill,
        columns=dict.fromkeys((*parts.values(), t("All records")), ui.whole_number())
        | {t("Attainment (%)"): ui.decimal(1)},
    )


def waiting(page: Page) -> None:
    """Records of which nothing is done yet: overdue, or still within their time."""
    t, names = page.t, frames.staff_names(page)
    asked = {"overdue": t("Overdue"), "pending": t("Pending")}
    outcome = ui.choice(page, "waiting", t("State"), asked)
    rows = page.rows("standard_waiting", outcome=outcome, limit=WAITING)
    counts = facts.outcomes(page)
    left = {"overdue": t("Overdue (days)"), "pending": t("Left (days)")}[outcome]
    known = sum(counts[each][outcome] for each in RESPONSES.values() if each in counts)
    told = pd.DataFrame(
        {
            "key": rows["record_id"],
            t("Record"): rows["record_id"],
            t("Project"): rows["project_name"],
            t("Staff"): [names.get(each) for each in rows["staff_id"]],
            t("Kind"): [t.label("kind", each) for each in rows["kind"]],
            t("Category"): [page.labels["category"].get(each, each) for each in rows["category"]],
            t("Response level"): [t.label("level", each) for each in rows["level"]],
            t("Created"): rows["created_at"],
            t("Deadline of the standard"): rows["deadline"],
            left: rows["days_left"] * (-1 if outcome == "overdue" else 1),
        }
    )
    ui.table(
        page,
        told,
        title=t("Due now: which records are not done yet?"),
        note=t.text(
            t("At the as-of time."),
            t("Choose a row to open it."),
            frames.left_out(page, t("Record"), WAITING, known),
        ),
        empty=t("Nothing of the selection stands so."),
        metric="standard_rate",
        drill=lambda key: page.link(show_record=key),
        columns={
            t("Created"): ui.moment(),
            t("Deadline of the standard"): ui.moment(),
            left: ui.decimal(1),
        },
    )
