"""Panels of supervision: inspections, what they found, and what became of it."""

import pandas as pd

from dashboard import charts, ui
from dashboard.i18n import Translator
from dashboard.ui import Page, frames, series

OVERDUE = 500


def scores(page: Page) -> None:
    """Inspection scores by month."""
    ui.trend_card(page, "inspection_score", page.t("Inspection scores, month by month"))


def rectified(page: Page) -> None:
    """Findings rectified on time, by month of the inspection."""
    ui.trend_card(
        page, "rectified_on_time", page.t("Findings rectified on time, by month of the inspection")
    )


def findings(page: Page) -> None:
    """Findings by severity and phase of the service."""
    t, found = page.t, page.rows("inspection_findings")
    severities = {**page.codes("severity"), "": t("Not given")}
    phases = {**page.codes("inspection_phase"), "": t("Not given")}
    cells = pd.DataFrame(
        {
            "row": found["severity"].fillna(""),
            "column": found["phase"].fillna(""),
            "count": found["findings"],
        }
    )
    rows = [(key, name) for key, name in severities.items() if key in set(cells["row"])][::-1]
    columns = [(key, name) for key, name in phases.items() if key in set(cells["column"])]
    data = frames.cells_in_words(page, cells, severities, phases)
    figure = None
    if len(data):
        figure = charts.heatmap(
            data,
            rows=rows,
            columns=columns,
            colour_title=t("Findings"),
            axes=(t("Phase of the service"), t("Severity")),
        )
    ui.chart(
        page,
        figure,
        title=t("What did inspections find, and when in the service?"),
        note=t("Findings of the inspections made in the period."),
        alt=t("Findings by severity and phase"),
        metric="rectified_on_time",
        empty=t("No inspection of the selection has a finding."),
        data=data.assign(
            row_label=[severities.get(each, each) for each in data["row"]],
            column_label=[phases.get(each, each) for each in data["column"]],
        ),
        columns={
            "row_label": t("Severity"),
            "column_label": t("Phase of the service"),
            "count": t("Findings"),
        },
    )


def rectification(page: Page) -> None:
    """What became of the findings, by severity."""
    t, parts = page.t, rectification_names(page.t)
    found = page.rows("inspection_findings")
    found = found.assign(severity=found["severity"].fillna(""))
    summed = found.groupby("severity")[list(parts)].sum()
    counts = {str(key): {part: int(row[part]) for part in parts} for key, row in summed.iterrows()}
    names = {**page.codes("severity"), "": t("Not given")}
    data = series.shares(page, counts, {k: v for k, v in names.items() if k in counts}, parts)
    figure = None
    if len(data):
        figure = charts.shares_over(
            data,
            colours=charts.RECTIFIED_COLOURS,
            names=parts,
            axis=t("Share of findings (%)"),
            horizontal=True,
            height=300,
        )
    ui.chart(
        page,
        figure,
        title=t("Were the findings put right in time?"),
        note=t("Overdue: due, and not rectified yet. Not due yet: in no rate."),
        alt=t("Findings by severity and what became of them"),
        metric="rectified_on_time",
        empty=t("No inspection of the selection has a finding."),
        link=page.drill("rectified_on_time"),
        data=data,
        columns=series.share_columns(page, t("Severity"), t("Share of findings (%)")),
    )


def overdue(page: Page) -> None:
    """Findings that are due and not rectified."""
    t = page.t
    rows = page.rows("inspection_overdue", limit=OVERDUE)
    found = page.rows("inspection_findings")
    names, severities = frames.staff_names(page), page.codes("severity")
    phases = page.codes("inspection_phase")
    ui.table(
        page,
        pd.DataFrame(
            {
                "key": rows["inspection_id"],
                t("Inspection"): rows["inspection_id"],
                t("Project"): rows["project_name"],
                t("Item"): rows["item"],
                t("Finding"): rows["finding"],
                t("Severity"): [severities.get(each) for each in rows["severity"]],
                t("Phase"): [phases.get(each) for each in rows["phase"]],
                t("Staff"): [names.get(each) for each in rows["staff_id"]],
                t("Inspected on"): rows["inspected_on"],
                t("Due on"): rows["due_on"],
                t("Days overdue"): rows["days_late"],
            }
        ),
        title=t("Rectifications overdue, the longest first"),
        note=t.text(
            t("Choose a row to open it."),
            frames.left_out(page, t("Finding"), OVERDUE, int(found["overdue"].sum())),
        ),
        empty=t("No rectification is overdue."),
        metric="rectified_on_time",
        drill=lambda key: page.link(show_inspection=key),
        columns={
            t("Inspected on"): ui.day(),
            t("Due on"): ui.day(),
            t("Days overdue"): ui.whole_number(),
        },
    )


def rectification_names(t: Translator) -> dict[str, str]:
    """What became of a finding → its name, in the order of stacking."""
    return {
        "on_time": t("Rectified on time"),
        "late": t("Rectified late"),
        "overdue": t("Overdue"),
        "pending": t("Not due yet"),
        "undated": t("Without a date"),
    }
