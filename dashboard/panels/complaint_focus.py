"""The cell of a heatmap that the complaints page is narrowed to; it stands in the URL."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import ui
from dashboard.selection import Selection
from dashboard.ui import Page
from dashboard.ui.state import narrowed

PAGE = "dashboard/pages/complaints.py"
GROUPS = ("project", "category", "handover", "weekday", "hour")
NAMES = (*(f"in_{group}" for group in GROUPS), "in_from", "in_to")


def chosen(page: Page) -> dict[str, str]:
    """The parameters of the URL that narrow the page, within what its filters select.

    Empty without any, where they say nothing, and where a filter has since left the cell out.
    """
    named = {name: st.query_params[name] for name in NAMES if name in st.query_params}
    whole, part = page.selection, _narrowed(page, named)
    for own, narrow in ((whole.projects, part.projects), (whole.categories, part.categories)):
        if own and not set(narrow) <= set(own):
            return {}
    kept = {name: value for name, value in named.items() if _narrowed(page, {name: value}) != whole}
    if (part.date_from, part.date_to) != (whole.date_from, whole.date_to):
        first, last = max(part.date_from, whole.date_from), min(part.date_to, whole.date_to)
        if first > last:
            return {}
        kept |= {"in_from": first.isoformat(), "in_to": last.isoformat()}
    return kept


def link(page: Page, cell: Mapping[str, str]) -> dict[str, Any]:
    """URL parameters of this page narrowed to a cell; of the whole page for the one it is now."""
    shown = {name: st.query_params[name] for name in st.query_params if name.startswith("show_")}
    return page.link(**shown, **({} if cell == chosen(page) else cell))


def banner(page: Page) -> Page:
    """The page narrowed to the cell in the URL, said in words; the page itself without one."""
    cell = chosen(page)
    if not cell:
        return page
    t, part = page.t, page.focused(cell)
    count = int(part.total(("complaint_count",))["complaint_count"].value or 0)
    told = t.plural(
        "This page shows only {what}: {n} complaint. The heatmaps show all.",
        "This page shows only {what}: {n} complaints. The heatmaps show all.",
        count,
        what=ui.plain(" · ".join(_words(page, part, cell))),
    )
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/filter_center_focus: {told}", width="stretch")
        st.page_link(
            ui.RECORDS,
            label=t("Open the records"),
            icon=":material/list:",
            query_params=part.drill("complaint_count"),
        )
        st.page_link(PAGE, label=t("Clear"), icon=":material/close:", query_params=link(page, cell))
    return part


def _narrowed(page: Page, query: Mapping[str, str]) -> Selection:
    return narrowed(page.selection, {name: [value] for name, value in query.items()})


def _words(page: Page, part: Page, cell: Mapping[str, str]) -> list[str]:
    t, names = page.t, ui.group_names(page.t)
    told = [
        t("{filter}: {values}", filter=names[group], values=page.name(group, cell[f"in_{group}"]))
        for group in GROUPS
        if f"in_{group}" in cell
    ]
    if "in_from" in cell:
        first, last = part.selection.date_from, part.selection.date_to
        told.append(t("{start} to {end}", start=t.day(first), end=t.day(last)))
    return told
