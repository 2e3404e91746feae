"""Cards: charts with their definition and drill-through, what can be taken away, empty states.

The one place that draws a figure on a page, so that the same metric looks the same everywhere.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import charts
from dashboard.charts.base import legible
from dashboard.selection import Selection
from dashboard.ui import export, words
from dashboard.ui.context import Page
from dashboard.ui.words import plain

RECORDS = "dashboard/pages/records.py"

Metrics = str | Sequence[str] | None
"""The metrics that a card shows: one, several, or none of the catalogue."""

_NAMES_WIDTH = 210  # beside the link in a card of half the page
_PLOT_CONFIG = {"displayModeBar": False, "scrollZoom": False, "responsive": True}


def chart(
    page: Page,
    figure: go.Figure | None,
    *,
    title: str,
    alt: str,
    note: str = "",
    metric: Metrics = None,
    empty: str = "",
    drill: Callable[[Any], dict[str, Any]] | None = None,
    opens: str = RECORDS,
    link: Mapping[str, Any] | None = None,
    min_width: int | None = None,
    data: pd.DataFrame | None = None,
    columns: Mapping[str, str] | None = None,
    within: Selection | None = None,
) -> None:
    """A card with one chart.

    title  what the chart shows, or what it found
    alt    the text alternative
    note   one line under the title: unit, period, what to be careful about
    metric the definitions of these are one click away
    empty  why there is nothing to draw, shown where ``figure`` is None
    drill  custom data of a clicked point → URL parameters of the records behind it
    opens  the page that ``drill`` leads to, where that is not the records page
    link   URL parameters of the records behind the whole chart
    min_width in pixels: on a narrower screen the chart is scrolled sideways within its card
    data   the rows behind the chart, for the export, with ``columns``: column → title, in order
    within the selection that the chart is drawn from, where that is not the page's own
    """
    with card(page):
        heading(page, title, metric, data, columns, figure=True, within=within)
        if note and figure is not None:
            st.caption(words.together(note))
        if figure is None:
            st.info(empty, icon=":material/info:")
            return
        if min_width is None:
            picked = _plot(figure, f"chart-{title}", alt, clickable=drill is not None)
        else:
            with st.grid(1, wrap=False, min_column_width=min_width):
                picked = _plot(figure, f"chart-{title}", alt, clickable=drill is not None)
        if drill is not None and (link is not None or opens == RECORDS):
            named = _below(page, title, link, charts.cells(figure))
            picked = named if picked is None else picked
        elif link is not None:
            _below(page, title, link, {})
        if drill is not None and picked is not None:
            st.switch_page(opens, query_params=drill(picked))


@contextmanager
def card(page: Page) -> Iterator[None]:
    """The card of the panel that is drawn; outside a panel, one of its own."""
    if page.head is not None:
        yield
        return
    with st.container(border=True, height="stretch", gap="xsmall"):
        yield


def heading(
    page: Page,
    title: str,
    metric: Metrics,
    data: pd.DataFrame | None,
    columns: Mapping[str, str] | None,
    *,
    figure: bool,
    whole: Callable[[], pd.DataFrame] | None = None,
    within: Selection | None = None,
    note: str = "",
) -> None:
    """The head of a card: its title, the definitions of what it shows, and what to take away.

    ``whole`` gives all rows where ``data`` is only a part, ``within`` is the selection that they
    are of, ``note`` is told in the export.
    """
    metrics = (metric,) if isinstance(metric, str) else tuple(metric or ())
    told = "\n\n".join(words.definition(page.t, each) for each in metrics)
    place = page.head or st.container()
    with place, st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        st.subheader(plain(title), anchor=False, help=told or None, width="stretch")
        if data is not None and (whole or not data.empty):
            export.menu(
                page,
                title,
                data,
                columns or {},
                metrics,
                figure=figure,
                whole=whole,
                within=within,
                note=note,
            )


def _below(page: Page, title: str, link: Mapping[str, Any] | None, cells: Mapping[str, Any]) -> Any:
    """The line below a chart: the rows behind it, or that marks open theirs; its cells by name.

    Gives the custom data of the cell that is chosen, else None.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        if link is not None:
            st.page_link(
                RECORDS,
                label=page.t("Open the rows behind this chart"),
                icon=":material/list:",
                query_params=dict(link),
            )
        else:
            st.caption(page.t("Choose a mark in the chart to open its rows."), width="content")
        return _named(page, title, cells) if cells else None


def _named(page: Page, title: str, cells: Mapping[str, Any]) -> Any:
    """A list of the cells, for those who do not use a pointer; the chosen one is given once."""
    key, label = f"named-{title}", page.t("Choose a cell by name")
    often = f"_{key}"
    turn = st.session_state.get(often, 0)  # a new list, in which nothing is chosen
    told = st.selectbox(
        label,
        list(cells),
        index=None,
        key=f"{key}-{turn}",
        placeholder=label,
        label_visibility="collapsed",
        width=_NAMES_WIDTH,
    )
    if told is None:
        return None
    st.session_state[often] = turn + 1
    return cells[told]


def _plot(figure: go.Figure, key: str, alt: str, *, clickable: bool) -> Any:
    """Draw a chart; gives the custom data of the point that was clicked, if any."""
    legible(figure)
    if not clickable:
        st.plotly_chart(figure, key=key, config=_PLOT_CONFIG, alt=alt)
        return None
    event: Any = st.plotly_chart(
        figure,
        key=key,
        config=_PLOT_CONFIG,
        alt=alt,
        on_select="rerun",
        selection_mode="points",
    )
    points = event["selection"]["points"]
    return points[0].get("customdata") if points else None
