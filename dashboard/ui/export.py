"""What a card gives to take away: its rows as CSV and XLSX, its chart as a picture."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import partial
from hashlib import sha256

import pandas as pd
import streamlit as st

from dashboard import exports
from dashboard.selection import Selection
from dashboard.ui import drill, filters, picture
from dashboard.ui.context import Page

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def menu(
    page: Page,
    title: str,
    data: pd.DataFrame,
    columns: Mapping[str, str],
    metrics: Collection[str],
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
    named = partial(exports.file_name, title, day)

    def table() -> exports.Table:
        return exports.Table(title, whole() if whole else data, columns)

    def workbook() -> bytes:
        rows = table()
        weighing = page.scheme if "scorecard" in metrics else None
        about = exports.about(t, rows, source, metrics, datetime.now(), weighing)
        return exports.xlsx_bytes(rows, about)

    with st.popover(t("Export"), type="tertiary", key=key):
        _download(t("Rows as XLSX, with definitions"), workbook, named("xlsx"), _XLSX, key)
        _download(
            t("Rows as CSV"), lambda: exports.csv_bytes(table()), named("csv"), "text/csv", key
        )
        shown = _picture(page, title, source, key, named("png")) if figure else None
        picture.assist(f"{key}-menu", shown)


def _download(label: str, make: Callable[[], bytes], name: str, kind: str, key: str) -> None:
    st.download_button(
        label,
        make,
        name,
        kind,
        key=f"{key}-{name.rpartition('.')[2]}",
        type="tertiary",
        icon=":material/table_view:",
        on_click="ignore",
    )


def _key(title: str) -> str:
    """Titles are of any script, keys of the page are not."""
    return f"export-{sha256(title.encode()).hexdigest()[:12]}"


def _source(page: Page, selection: Selection, note: str) -> exports.Source:
    t = page.t
    counts = page.rows("selection_summary", selection).iloc[0]
    return exports.Source(
        period=t(
            "{start} to {end}", start=t.day(selection.date_from), end=t.day(selection.date_to)
        ),
        filters=filters.in_words(t, page.state, page.labels),
        shown=" · ".join(filter(None, (page.subject, *_focus(page, selection)))),
        counted=(
            t.plural("{n} record", "{n} records", int(counts["records"])),
            t.plural("{n} survey answered", "{n} surveys answered", int(counts["surveys"])),
        ),
        as_of=t.time(page.info.as_of) if page.info.as_of else "",
        note=note,
        demo=page.info.demo,
    )


def _focus(page: Page, selection: Selection) -> list[str]:
    """The bar or cell that the page is narrowed to, in words; its days are those of the period."""
    groups = {name: [key] for name, key in page.focus.items() if name not in ("in_from", "in_to")}
    return drill.narrowing(page, groups, selection)


def _picture(
    page: Page, title: str, source: exports.Source, card: str, name: str
) -> picture.Picture:
    t = page.t
    below = (
        t("As of {time}", time=source.as_of) if source.as_of else "",
        *source.counted,
        t("Demo data") if source.demo else "",
    )
    return picture.Picture(
        card=f"st-key-{card}",
        name=name,
        title=title,
        head=[each for each in (source.period, source.filters, source.shown, source.note) if each],
        foot=[" · ".join(each for each in below if each)],
        label=t("Chart as PNG"),
        failed=t("The chart could not be saved."),
    )
