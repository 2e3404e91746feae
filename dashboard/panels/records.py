"""The rows behind a figure, or all records of the selection: searched, chosen from, taken away."""

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard import ui
from dashboard.metrics import METRICS
from dashboard.ui import Page, drill, layout, listing
from dashboard.ui.drill import Figure


def rows(page: Page) -> None:
    """Exactly the rows that the figure counted; a search narrows them."""
    t = page.t
    opened = drill.figure(page)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sought = _sought(page)
        columns = _columns(page, opened)
        if opened.narrowed:
            st.button(
                t("All records of the selection"), icon=":material/close:", on_click=drill.clear
            )
    found = drill.search(page, opened, sought)
    if opened.words:
        st.caption(ui.plain(opened.words))
    listing.listing(
        replace(page, subject=_shown(page, opened, sought)),
        partial(drill.rows, page, found),
        columns,
        title=opened.title,
        count=found.count,
        empty=t("No row holds this text.") if opened.count else page.reason(opened.metric),
        note=_counted(page, opened, found),
        metric=opened.metric,
        opens=drill.opens(opened),
        sparse=len(columns) == len(drill.columns(page, opened)),
    )


def _shown(page: Page, opened: Figure, sought: str) -> str:
    """What the list holds of the figure, for its export."""
    told = page.t("Search: {text}", text=sought) if sought else ""
    return " · ".join(each for each in (opened.words, told) if each)


def _sought(page: Page) -> str:
    """What the reader searches for; it stands in the URL as ``show_sought``."""
    t, key = page.t, "records-sought"
    if (named := layout.news(page, "sought")) is not None:
        st.session_state[key] = named
    st.session_state.setdefault(key, "")
    sought = str(
        st.text_input(
            t("Search"),
            key=key,
            placeholder=t("Number, text, customer, staff or category"),
            icon=":material/search:",
            width=320,
        )
    )
    layout.keep(page, "sought", sought, "")
    return sought


def _columns(page: Page, opened: Figure) -> dict[str, str]:
    """The columns that the reader wants to see, all by default; in the URL as ``show_columns``."""
    t = page.t
    every = drill.columns(page, opened)
    always, key = next(iter(every)), f"records-columns-{METRICS[opened.metric].drill}"
    if (named := layout.news(page, "columns")) is not None:
        st.session_state[key] = [each for each in named.split(",") if each in every]
    st.session_state.setdefault(key, [])
    chosen = st.multiselect(
        t("Columns"),
        [each for each in every if each != always],
        key=key,
        format_func=every.__getitem__,
        placeholder=t("All that hold something"),
        width=320,
    )
    layout.keep(page, "columns", ",".join(chosen), "")
    return {each: every[each] for each in (always, *chosen)} if chosen else every


def _counted(page: Page, opened: Figure, found: Figure) -> str:
    t = page.t
    if found is opened:
        return t.plural("**{n}** row counted", "**{n}** rows counted", opened.count)
    return t.plural(
        "**{n}** row of the {of} counted holds the text",
        "**{n}** rows of the {of} counted hold the text",
        found.count,
        of=t.number(opened.count),
    )
