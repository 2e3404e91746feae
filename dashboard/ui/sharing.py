"""A link to what a reader sees, for a colleague."""

from urllib.parse import urlencode

import streamlit as st

from dashboard.ui.context import Page
from dashboard.ui.state import filter_names


def button(page: Page) -> None:
    """A button that shows the link to this view."""
    t = page.t
    if st.button(t("Link"), icon=":material/link:", type="tertiary", help=t("Link to this view")):
        st.dialog(t("Link to this view"))(_shown)(page)


def _shown(page: Page) -> None:
    t = page.t
    st.code(link(page), language=None, wrap_lines=True)
    st.caption(t("The dates are fixed. Whoever opens it sees of it what their own rights allow."))


def link(page: Page) -> str:
    """The address of this view: its dates as dates, so that newer data does not move it."""
    named = {"period", "lang", *filter_names()}
    query = {
        "lang": [page.t.language],
        **page.state.as_query(),
        "from": [page.selection.date_from.isoformat()],
        "to": [page.selection.date_to.isoformat()],
        **{name: st.query_params.get_all(name) for name in st.query_params if name not in named},
    }
    query.pop("period", None)
    base = (st.context.url or "").partition("?")[0]
    return f"{base}?{urlencode(query, doseq=True)}"
