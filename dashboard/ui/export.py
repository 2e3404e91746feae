"""What a card gives to take away: its rows as CSV and XLSX, its chart as a picture."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from hashlib import sha256

import pandas as pd
import streamlit as st

from dashboard import exports
from dashboard.selection import Selection
from dashboard.ui import filters
from dashboard.ui.context import Page

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def menu(
    page: Page,
    title: str,
    data: pd.DataFrame,
    columns: Mapping[str, str],
    metrics: Iterable[str],
    *,
    figure: bool,
    whole: Callable[[], pd.DataFrame] | None = None,
    within: Selection | None = None,
    note: str = "",
) -> None:
    """A small menu in the head of a card. Files are made when they are asked for.

    data, columns  the rows, and column → title in the reader's language, in order
    metrics        whose definitions the workbook explains
    figure         whether the card holds a chart that can be saved as a picture
    whole          gives all rows, where ``data`` is only the part that is shown
    within         the selection that the rows are of, where that is not the page's own
    note           what to be careful about
    """
    t, key = page.t, _key(title)
    source = _source(page, within or page.selection, note)
    day = (page.info.as_of or page.info.published_at).date()

    def table() -> exports.Table:
        return exports.Table(title, whole() if whole else data, columns)

    def workbook() -> bytes:
        rows = table()
        about = exports.about(t, rows, source, metrics, datetime.now())
        return exports.xlsx_bytes(rows, about)

    with st.popover("", icon=":material/download:", type="tertiary", help=t("Export"), key=key):
        for label, suffix, kind, make in (
            (t("Rows as XLSX, with definitions"), "xlsx", _XLSX, workbook),
            (t("Rows as CSV"), "csv", "text/csv", lambda: exports.csv_bytes(table())),
        ):
            st.download_button(
                label,
                make,
                exports.file_name(title, day, suffix),
                kind,
                key=f"{key}-{suffix}",
                type="tertiary",
                icon=":material/table_view:",
                on_click="ignore",
            )


def _key(title: str) -> str:
    """Titles are of any script, keys of the page are not."""
    return f"export-{sha256(title.encode()).hexdigest()[:12]}"


def _source(page: Page, selection: Selection, note: str) -> exports.Source:
    t = page.t
    return exports.Source(
        period=t(
            "{start} to {end}", start=t.day(selection.date_from), end=t.day(selection.date_to)
        ),
        filters=filters.in_words(t, page.state, page.labels),
        as_of=t.time(page.info.as_of) if page.info.as_of else "",
        note=note,
        demo=page.info.demo,
    )
