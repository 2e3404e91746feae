"""Tables: the card around them, their export, and the forms of their columns."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.i18n import MISSING
from dashboard.ui import cards
from dashboard.ui.context import Page


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
) -> None:
    """A card with a table whose columns are named in the reader's language.

    With ``drill`` a row that is chosen opens its records, or the page ``opens``; ``data`` then has
    a hidden column key.
    ``columns`` are forms of single columns; ``metric`` gives the definitions, as in ``chart``.
    """
    shown = data.drop(columns="key", errors="ignore")
    with cards.card(page):
        titles = {each: each for each in shown.columns}
        cards.heading(page, title, metric, shown, titles, figure=False)
        if data.empty:
            st.info(empty, icon=":material/info:")
            return
        if note:
            st.caption(note)
        event: Any = st.dataframe(
            shown,
            hide_index=True,
            key=f"table-{title}",
            on_select="rerun" if drill else "ignore",
            selection_mode="single-row",
            column_config=columns,
            alt=title,
            placeholder=MISSING,
        )
        if drill and (chosen := event["selection"]["rows"]):
            st.switch_page(opens, query_params=drill(data.iloc[chosen[0]]["key"]))


def whole_number() -> Any:
    """A column of counts: aligned, thousands grouped as the reader's browser does."""
    return st.column_config.NumberColumn(format="localized")


def decimal(places: int) -> Any:
    """A column of numbers with a fixed number of decimals."""
    return st.column_config.NumberColumn(format=f"%.{places}f")


def moment() -> Any:
    """A column of times to the minute."""
    return st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")


def day() -> Any:
    """A column of days."""
    return st.column_config.DateColumn(format="YYYY-MM-DD")
