"""Tables: the card around them, their export, and the forms of their columns."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts.base import text_width
from dashboard.i18n import MISSING
from dashboard.ui import cards
from dashboard.ui.context import Page
from dashboard.ui.words import together

_ROW_HEIGHT = 35
_MEASURED = 10
"""The browser makes a column as wide as the widest of so many rows."""
_LETTER, _PADDING, _WIDEST = 6.5, 16, 250


def table(
    page: Page,
    data: pd.DataFrame,
    *,
    title: str,
    empty: str,
    note: str = "",
    metric: cards.Metrics = None,
    drill: Callable[[str], dict[str, Any]] | None = None,
    opens: str = cards.RECORDS,
    columns: Mapping[str, Any] | None = None,
    rows: int = 10,
) -> None:
    """A card with a table whose columns are named in the reader's language.

    With ``drill`` a row that is chosen opens its records, or the page ``opens``; ``data`` then has
    a hidden column key.
    ``columns`` are forms of single columns; ``metric`` gives the definitions, as in ``chart``;
    of more than ``rows`` rows the others are scrolled to.
    """
    shown = data.drop(columns="key", errors="ignore")
    with cards.card(page):
        titles = {each: each for each in shown.columns}
        cards.heading(page, title, metric, shown, titles, figure=False)
        if data.empty:
            st.info(empty, icon=":material/info:")
            return
        if note:
            st.caption(together(note))
        event: Any = st.dataframe(
            shown,
            hide_index=True,
            height=_ROW_HEIGHT * (rows + 1) if len(shown) > rows else "content",
            key=f"table-{title}",
            on_select="rerun" if drill else "ignore",
            selection_mode="single-row",
            column_config=fitted(shown, columns or {}),
            alt=title,
            placeholder=MISSING,
        )
        if drill and (chosen := event["selection"]["rows"]):
            st.switch_page(opens, query_params=drill(data.iloc[chosen[0]]["key"]))


def fitted(shown: pd.DataFrame, columns: Mapping[str, Any]) -> dict[str, Any]:
    """The forms of columns, those of texts as wide as their widest text wherever it stands."""
    return {
        **columns,
        **{
            name: _wide(columns.get(name), width)
            for name, width in _widths(shown)
            if isinstance(columns.get(name, ""), str | dict)  # buttons keep their own width
        },
    }


def _widths(shown: pd.DataFrame) -> Iterator[tuple[str, int]]:
    """Columns of texts with the width that they need, where the first rows do not tell."""
    for name in shown.columns:
        texts = [text_width(each) for each in shown[name] if isinstance(each, str)]
        if texts and max(texts) > max(texts[:_MEASURED]):
            yield name, min(round(_LETTER * max(texts)) + _PADDING, _WIDEST)


def _wide(form: Any, width: int) -> dict[str, Any]:
    return {**({"label": form} if isinstance(form, str) else form or {}), "width": width}


def whole_number() -> Any:
    """A column of counts: aligned, thousands grouped as the reader's browser does."""
    return st.column_config.NumberColumn(format="localized")


def decimal(places: int) -> Any:
    """A column of numbers with a fixed number of decimals."""
    return st.column_config.NumberColumn(format=f"%.{places}f")


def signed(places: int) -> Any:
    """A column of changes: with a fixed number of decimals and their sign."""
    return st.column_config.NumberColumn(format=f"%+.{places}f")


def moment() -> Any:
    """A column of times to the minute."""
    return st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")


def day() -> Any:
    """A column of days."""
    return st.column_config.DateColumn(format="YYYY-MM-DD")
