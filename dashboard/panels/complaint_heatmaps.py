"""Heatmaps of complaints: two groups at once, as counts, as rates and against independence.

A click on a cell narrows the page to it; the heatmaps go on showing all cells.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from dashboard import charts, ui
from dashboard.panels import complaint_cells, complaint_focus
from dashboard.panels.complaint_cells import COUNT, MONTHS, RATE, RESIDUAL, SIMILAR, TOTAL, Kind
from dashboard.selection import HANDOVERS
from dashboard.ui import Page, frames, series, words
from dashboard.ui.frames import Axis


def by_project_and_category(page: Page) -> None:
    """Complaints by project and category."""
    t = page.t
    _draw(
        page,
        Kind(
            name="place",
            row="project",
            column="category",
            title=t("Where and about what: complaints by project and category"),
            alt=t("Heatmap of complaints by project and category"),
            rate=t("Per 100 households and month"),
            decimals=2,
            sides=("row", "column"),
        ),
        complaint_cells.per_households,
    )


def by_weekday_and_hour(page: Page) -> None:
    """Complaints by weekday and hour of the day."""
    t = page.t
    _draw(
        page,
        Kind(
            name="time",
            row="weekday",
            column="hour",
            title=t("When: complaints by weekday and hour"),
            alt=t("Heatmap of complaints by weekday and hour"),
            rate=t("Share of the weekday (%)"),
            keys={
                "row": [str(day) for day in range(1, 8)],
                "column": [str(hour) for hour in range(24)],
            },
        ),
        complaint_cells.share_of_row,
    )


def by_month_and_category(page: Page) -> None:
    """Complaints by category and month."""
    t = page.t
    _draw(
        page,
        Kind(
            name="month",
            row="category",
            column="month",
            title=t("Which complaints come and go: categories by month"),
            alt=t("Heatmap of complaints by category and month"),
            rate=t("Share of the month (%)"),
            sides=("row",),
            min_width=440,
        ),
        complaint_cells.share_of_column,
    )


def by_handover_and_category(page: Page) -> None:
    """Complaints by category and days since handover, where the handover is known."""
    t = page.t
    _draw(
        page,
        Kind(
            name="handover",
            row="category",
            column="handover",
            title=t("What is complained about after handover: categories by days since handover"),
            alt=t("Heatmap of complaints by category and days since handover"),
            rate=t("Share of these days (%)"),
            sides=("row",),
            min_width=440,
            keys={"column": HANDOVERS},
        ),
        complaint_cells.share_of_column,
    )


def _draw(page: Page, kind: Kind, rates: Callable[[Page, pd.DataFrame], pd.DataFrame]) -> None:
    t = page.t
    order = TOTAL
    with ui.side_by_side():
        shows = ui.choice(
            page,
            f"{kind.name}_shows",
            t("Colour shows"),
            {COUNT: t("Count"), RATE: kind.rate, RESIDUAL: t("Residual")},
        )
        if kind.sides:
            orders = {TOTAL: t("Most first"), SIMILAR: t("Similar side by side")}
            order = ui.choice(page, f"{kind.name}_order", t("Order"), orders)
    asked: dict[str, Any] = {"by_row": kind.row, "by_column": kind.column}
    found = page.rows("complaint_cells", **asked | complaint_cells.limits(kind))
    table, unknown = complaint_cells.table_of(found, kind)
    rows, columns = (
        complaint_cells.axis(page, kind, table, side, order) for side in ("row", "column")
    )
    data = complaint_cells.cells(page, kind, table, rates(page, table), (rows, columns), shows)
    figure = None
    if len(data):
        figure = charts.heatmap(
            data,
            rows=rows,
            columns=columns,
            colour_title={COUNT: t("Complaints"), RATE: kind.rate, RESIDUAL: t("Residual")}[shows],
            axes=(ui.group_names(t).get(kind.column, ""), ""),
            value=shows,
            number=lambda value: t.number(value, complaint_cells.decimals(kind, shows)),
            diverging=shows == RESIDUAL,
            chosen=_outlined(page, kind, rows, columns),
        )
        if kind.column == "month":
            charts.ticked(figure, series.time_ticks(page, dict(columns)))
        elif kind.column == "handover":
            charts.ticked(figure, words.handover_ticks(t))
        figure.update_layout(meta=_clicks(kind))  # a new chart, which holds no cell as clicked
    ui.chart(
        page,
        figure,
        title=kind.title,
        note=_note(page, kind, found, shows, unknown),
        alt=_told(page, kind, data),
        metric="complaint_count",
        empty=_empty(page, kind, unknown),
        drill=lambda cell: _narrow(page, kind, cell[0], cell[1]),
        opens=complaint_focus.PAGE,
        link=page.drill("complaint_count"),
        min_width=kind.min_width,
        data=data,
        columns={
            "row_label": ui.group_names(t)[kind.row],
            "column_label": ui.group_names(t).get(kind.column, t("Month")),
            COUNT: t("Complaints"),
            RATE: kind.rate,
            RESIDUAL: t("Residual"),
        },
    )


def _clicks(kind: Kind) -> int:
    """How often a cell of the heatmap was clicked in this session."""
    return int(st.session_state.get(f"_clicks-{kind.name}", 0))


def _narrow(page: Page, kind: Kind, row: str, column: str) -> dict[str, Any]:
    """Count a click on a cell; the parameters of the URL that it leads to."""
    st.session_state[f"_clicks-{kind.name}"] = _clicks(kind) + 1
    return complaint_focus.link(page, _parameters(page, kind, row, column))


def _parameters(page: Page, kind: Kind, row: str, column: str) -> dict[str, str]:
    """The parameters of the URL that narrow the page to a cell."""
    found: dict[str, str] = {}
    for group, key in ((kind.row, row), (kind.column, column)):
        if group == "month":
            first, last = ui.month_bounds(key)
            found["in_from"] = max(first, page.selection.date_from).isoformat()
            found["in_to"] = min(last, page.selection.date_to).isoformat()
        else:
            found[f"in_{group}"] = key
    return found


def _outlined(page: Page, kind: Kind, rows: Axis, columns: Axis) -> tuple[str, str] | None:
    """The cell that the page is narrowed to, where it is one of this heatmap."""
    cell = complaint_focus.chosen(page)
    if not cell:
        return None
    for row, _ in rows:
        for column, _ in columns:
            if _parameters(page, kind, row, column) == cell:
                return row, column
    return None


def _note(page: Page, kind: Kind, found: pd.DataFrame, shows: str, unknown: int) -> str:
    t, names = page.t, ui.group_names(page.t)
    parts = [t("Choose a cell to narrow the page to it, and again to leave it.")]
    if shows == RESIDUAL:
        parts.append(
            t("Residual: how far the count is from independence; ▲ and ▼ mark more than ±3.")
        )
    for side, limit in complaint_cells.limits(kind).items():
        group = kind.row if side == "rows" else kind.column
        if limit and len(found):
            parts.append(frames.left_out(page, names[group], limit, int(found[side].iloc[0])))
    if kind.column == "month" and len(found):
        parts.append(frames.left_out(page, t("Month"), MONTHS, int(found["columns"].iloc[0])))
    if unknown:
        parts.append(
            t.plural(
                "{n} complaint without a known handover is left out.",
                "{n} complaints without a known handover are left out.",
                unknown,
            )
        )
    return t.text(*parts)


def _told(page: Page, kind: Kind, data: pd.DataFrame) -> str:
    if data.empty:
        return kind.alt
    most = data.loc[np.argmax(data[COUNT])]
    return page.t("{title}; most: {cell}", title=kind.alt, cell=most["hover"])


def _empty(page: Page, kind: Kind, unknown: int) -> str:
    if kind.column == "handover" and unknown:
        return page.t("No complaint of the selection has a known handover.")
    return page.reason("complaint_count")
