"""A long list, page by page: rows to open, to choose and to take away."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.i18n import MISSING
from dashboard.store import MAX_ROWS
from dashboard.ui import cards, tables, timeline
from dashboard.ui.context import Page

ROWS = 200
"""Rows on a page of the list."""

_HEIGHT, _ROW_HEIGHT = 560, 36
_LISTED, _NUMBER = "_listed", "show_page"

Rows = Callable[[int, int], pd.DataFrame]
"""(limit, offset) → rows in order; hidden columns ``table`` and ``key`` name their timelines."""


def listing(
    page: Page,
    rows: Rows,
    columns: Mapping[str, str],
    *,
    title: str,
    count: int,
    empty: str,
    note: str = "",
    explained: str = "",
    metric: cards.Metrics = None,
    opens: str = "",
    sparse: bool = False,
) -> None:
    """A card with a list of ``count`` rows, of which one page is drawn.

    rows     gives any part of the list
    columns  column → its title in the reader's language, in order; they are shown and exported
    explained what the export says of its rows, beside what ``metric`` means
    opens    the column whose cells open the timeline of their row
    sparse   do not draw columns that hold nothing on the page of the list; they are exported
    Rows that are ticked are exported by themselves, else the whole list (at most MAX_ROWS rows).
    """
    if note:
        st.caption(note)
    if not count:
        cards.heading(page, title, metric, None, None, figure=False)
        st.info(empty, icon=":material/info:")
        return
    number = _page_number(page, f"{page.path} {title} {count}", -(-count // ROWS))
    shown = rows(ROWS, (number - 1) * ROWS)
    drawn = [each for each in columns if each == opens or not sparse or shown[each].notna().any()]
    chosen = _table(page, shown, {each: columns[each] for each in drawn}, title, opens)
    if chosen:
        st.caption(
            page.t.plural(
                "{n} row chosen: an export holds it alone.",
                "{n} rows chosen: an export holds them alone.",
                len(chosen),
            )
        )
    timeline.asked(page)
    cards.heading(
        page,
        title,
        metric,
        shown.iloc[chosen],
        columns,
        figure=False,
        whole=None if chosen else lambda: rows(MAX_ROWS, 0),
        note="\n".join(filter(None, (_exported(page, len(chosen), count), explained))),
    )


def _page_number(page: Page, listed: str, pages: int) -> int:
    """The page that is open; the first one where another list comes up."""
    before = st.session_state.get(_LISTED, listed)
    st.session_state[_LISTED] = listed
    if before != listed:
        st.session_state[_NUMBER] = 1
    if pages == 1:
        return 1
    return int(st.pagination(pages, key=_NUMBER, bind="query-params"))


def _table(
    page: Page, shown: pd.DataFrame, columns: Mapping[str, str], title: str, opens: str
) -> list[int]:
    """Draw one page of the list; gives the rows that are ticked."""
    key = _key(shown)

    def clicked() -> None:
        row = shown.iloc[st.session_state[f"{key}-open"]["row"]]
        timeline.ask(row["table"], row["key"])

    forms: dict[str, Any] = {name: _form(name, words) for name, words in columns.items()}
    if opens:
        forms[opens] = st.column_config.ButtonColumn(
            columns[opens],
            key=f"{key}-open",
            on_click=clicked,
            type="tertiary",
            alignment="left",
            pinned=True,
            help=page.t("Choose one to see its timeline."),
        )
    event: Any = st.dataframe(
        shown[list(columns)],
        hide_index=True,
        height=min(_HEIGHT, _ROW_HEIGHT * (len(shown) + 1) + 3),
        key=key,
        on_select="rerun",
        selection_mode="multi-row",
        column_config=tables.fitted(shown[list(columns)], forms),
        alt=title,
        placeholder=MISSING,
    )
    return list(event["selection"]["rows"])


def _form(name: str, words: str) -> Any:
    if name.endswith("_on"):
        return st.column_config.DateColumn(words, format="YYYY-MM-DD")
    if name.endswith("_at"):
        return st.column_config.DatetimeColumn(words, format="YYYY-MM-DD HH:mm")
    if name.endswith("_days"):
        return st.column_config.NumberColumn(words, format="%.1f")
    return words


def _exported(page: Page, chosen: int, count: int) -> str:
    """What the reader should know of the file: a part of the list, or cut at the limit."""
    t = page.t
    if chosen:
        return t.plural(
            "{n} chosen row of {of}.", "{n} chosen rows of {of}.", chosen, of=t.number(count)
        )
    if count > MAX_ROWS:
        return t("The first {n} of {of} rows.", n=t.number(MAX_ROWS), of=t.number(count))
    return ""


def _key(shown: pd.DataFrame) -> str:
    """Rows that are ticked are ticked by their place: other rows are another table."""
    return f"list-{sha256(repr(list(shown['key'])).encode()).hexdigest()[:12]}"
