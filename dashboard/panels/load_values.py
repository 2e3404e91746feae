"""The values of a source column, and the codes that they stand for."""

from hashlib import sha256

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import ui
from dashboard.ui import Page
from dashboard.ui.mapping_draft import Chosen, Meaning, Proposed

_SHOWN = 24
_WIDTH = 200
_OTHERWISE = "-"
"""The choice for a value that nobody translates: as all others, or refused."""


def editor(
    page: Page,
    proposed: Proposed,
    column: str,
    start: Chosen,
    token: str,
    beside: DeltaGenerator,
) -> Chosen:
    """What each value of the column that ``start`` names stands for; behind a button ``beside`` it
    where all of them are understood."""
    t, found = page.t, proposed.fields[column]
    known = proposed.meanings(column, start.origin)
    token = f"{token}-{column}-{sha256(start.origin.encode()).hexdigest()[:8]}"
    texts = [each for each in known or () if each.text is not None]
    blank_rows = sum(each.rows for each in known or () if each.text is None)
    rest_key = f"rest-{token}"
    rest = st.session_state.get(rest_key, start.rest)
    unknown = sum(each.code is None for each in texts)
    label = _label(page, known, unknown, rest)
    with _place(page, label, beside, open_=known is None or (bool(unknown) and not rest)):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            rest = _code(page, t("All other values are"), found["codes"], start.rest, rest_key)
            blank = start.blank
            if blank_rows or start.blank:
                label = t("Blank cells ({rows} rows) are", rows=t.number(blank_rows))
                blank = _code(page, label, found["codes"], start.blank, f"blank-{token}")
        meanings = _meanings(page, found, texts, rest, token)
    return Chosen(start.origin, start.constant, meanings, rest, blank)


def _place(page: Page, label: str, beside: DeltaGenerator, *, open_: bool) -> DeltaGenerator:
    if open_:
        return st.expander(label, expanded=True, icon=":material/warning:")
    return beside.popover(
        page.t("Values"), icon=":material/translate:", type="tertiary", help=label
    )


def _label(page: Page, known: list[Meaning] | None, unknown: int, rest: str | None) -> str:
    t = page.t
    if known is None:
        return t("Too many different values to be codes")
    if not unknown:
        return t("All values are understood")
    if rest:
        return t.plural(
            "{n} value is taken as all others", "{n} values are taken as all others", unknown
        )
    return t.plural(
        "{n} value is not understood: its rows would be refused",
        "{n} values are not understood: their rows would be refused",
        unknown,
    )


def _code(page: Page, label: str, codes: str, before: str | None, key: str) -> str | None:
    """A code, or nothing."""
    labels = page.codes(codes)
    chosen = st.selectbox(
        label,
        list(labels),
        index=list(labels).index(before) if before in labels else None,
        format_func=labels.__getitem__,
        placeholder=page.t("nothing"),
        key=key,
        width=_WIDTH,
        persist_state="session",
    )
    return str(chosen) if chosen else None


def _meanings(
    page: Page, found: dict[str, object], texts: list[Meaning], rest: str | None, token: str
) -> dict[str, str | None]:
    t = page.t
    labels = page.codes(str(found["codes"]))
    otherwise = t("– as all others –") if rest else t("– not understood –")
    words = {_OTHERWISE: otherwise, "": t("– blank –"), **labels}
    if found["required"]:
        del words[""]
    meanings = {str(each.text): each.code for each in texts}
    every = len(texts) <= _SHOWN or st.toggle(
        t("Show all {n} values", n=len(texts)), key=f"all-{token}", persist_state="session"
    )
    with st.grid(4, min_column_width=_WIDTH, gap="small"):
        for each in texts if every else texts[:_SHOWN]:
            text = str(each.text)
            rows = t.plural("{n} row", "{n} rows", each.rows)
            start = each.code if each.code in words else _OTHERWISE
            chosen = st.selectbox(
                ui.plain(f"{text} · {rows}"),
                list(words),
                index=list(words).index(start),
                format_func=words.__getitem__,
                key=f"means-{token}-{sha256(text.encode()).hexdigest()[:12]}",
                persist_state="session",
            )
            meanings[text] = None if chosen == _OTHERWISE else chosen
    return meanings
