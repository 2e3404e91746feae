"""The timeline of one record, survey or inspection, in a drawer beside the page.

It is opened from a row of a table, and by the URL (``show_record=…``), so that it can be forwarded.
What lies outside the reader's scope is not found.
"""

import pandas as pd
import streamlit as st

from dashboard.ui import events, export
from dashboard.ui.context import Page
from dashboard.ui.events import Event
from dashboard.ui.words import plain

PARAMETERS = {"service_record": "record", "survey": "survey", "inspection": "inspection"}
"""Table of what is shown → its name in the URL, after ``show_``."""

_ASKED = "_timeline"
_COLOURS = {True: "red", False: "green", None: "blue"}


def ask(source: str, item: str) -> None:
    """Have the timeline of an item of the table ``source`` opened; a callback's work."""
    _forget()
    st.query_params[f"show_{PARAMETERS[source]}"] = item
    st.session_state[_ASKED] = (source, item)


def asked(page: Page) -> None:
    """Within a panel: open the timeline that a click has asked for, once."""
    if _ASKED in st.session_state:
        _open(page, *st.session_state.pop(_ASKED))


def linked(page: Page) -> None:
    """On a page, before its panels: open the timeline that the URL names."""
    st.session_state.pop(_ASKED, None)
    for source, name in PARAMETERS.items():
        if item := page.shown(name):
            _open(page, source, item)
            return


def _open(page: Page, source: str, item: str) -> None:
    title = page.t("Timeline of {item}", item=plain(item))
    drawer = st.dialog(title, width="medium", position="right", on_dismiss=_forget)
    drawer(_draw)(page, source, item)


def _forget() -> None:
    for name in PARAMETERS.values():
        if f"show_{name}" in st.query_params:
            del st.query_params[f"show_{name}"]


def _draw(page: Page, source: str, item: str) -> None:
    t = page.t
    found = page.rows_of_store("timeline_item", source=source, item=item)
    if found.empty:
        st.info(t("Among what you may see there is no such record."), icon=":material/search_off:")
        return
    (about,) = events.dicts(found)
    for text in (about["title"], about["detail"]):
        if events.known_value(text):
            st.markdown(_inert(str(text)))
    with st.grid(3, gap="xsmall", min_column_width=120):
        for name, value in events.facts(page, about):
            st.markdown(f":small[:gray[{plain(name)}]]  \n{_inert(value)}")
    rows = page.rows_of_store("timeline", source=source, item=item)
    happened = events.events(page, about, rows)
    st.markdown("\n".join(_line(page, each) for each in happened))
    _export(page, item, happened)


def _line(page: Page, event: Event) -> str:
    """One event as an item of a list: what, how late, when, and what is told of it."""
    name = f"**{_inert(event.name)}**"
    if event.key:
        name = f"[{name}]({events.link(page, event.key)})"
    marks = [f":{_COLOURS[each.late]}-badge[{plain(each.words)}]" for each in event.judged]
    when = " · ".join(plain(each) for each in (event.time, event.since) if each)
    lines = [" ".join((name, *marks)), f":small[:gray[{when}]]", _inert(event.text)]
    return "- " + "  \n  ".join(each for each in lines if each)


def _inert(text: str) -> str:
    """What people wrote, in one line: a line break could begin a heading or a list."""
    return plain(" ".join(text.split()))


def _export(page: Page, item: str, happened: list[Event]) -> None:
    t = page.t
    data = pd.DataFrame(
        {
            "at": [event.at for event in happened],
            "name": [event.name for event in happened],
            "since": [event.since for event in happened],
            "judged": [" · ".join(each.words for each in event.judged) for event in happened],
            "text": [event.text for event in happened],
        }
    )
    columns = {
        "at": t("Time"),
        "name": t("What happened"),
        "since": t("Since the start"),
        "judged": t("Against standard and promise"),
        "text": t("Text"),
    }
    export.menu(page, t("Timeline of {item}", item=item), data, columns, (), figure=False)
