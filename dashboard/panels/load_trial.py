"""Trying a file without loading it, and loading it when that is as wished."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.contract import TABLES
from dashboard.i18n import MISSING, Translator
from dashboard.jobs import CommandError, Upload
from dashboard.panels import load_counts
from dashboard.ui import Page, loading
from dashboard.ui.contract_words import field_names
from dashboard.ui.loading import SOUND_NAME, Settings
from dashboard.ui.reporting import problem

_HEIGHT = 260
_WIDTH = 320


def trial(page: Page, upload: Upload, how: Settings, *, ready: bool) -> None:
    """The card of the trial: a button, then its result and the button that loads.

    The result is that of exactly these settings and this file, or it is not shown.
    """
    t = page.t
    with st.container(border=True, gap="small"):
        head = st.container(gap="xsmall")
        stale = ready and loading.tried_otherwise(upload, how)
        wanted = _asked(t, upload, how, ready=ready)
        result = None
        try:
            result = loading.trial(t, upload, how, wanted=wanted) if ready else None
        except CommandError as error:
            problem(t, error)
        with head:
            _finding(t, result, stale=stale and not wanted)
        if result is not None:
            _shown(page, result)
            _load(page, upload, how, result)


def _asked(t: Translator, upload: Upload, how: Settings, *, ready: bool) -> bool:
    """Whether the reader asks for a trial; there is no button while one goes on."""
    done = loading.tried(upload, how)
    place = st.empty()
    if done is None:
        return False
    wanted = place.button(
        t("Try it again") if done else t("Try it without loading"),
        type="secondary" if done else "primary",
        icon=":material/fact_check:",
        disabled=not ready,
    )
    if wanted:
        place.empty()
    return wanted


def _finding(t: Translator, result: Mapping[str, Any] | None, *, stale: bool) -> None:
    if result is None:
        title = t("What would a load of this file do?")
        note = (
            t("The settings have changed since the last trial: try again.")
            if stale
            else t("A trial reads the whole file and says what would be taken; nothing is written.")
        )
    else:
        accepted = result["read"] - result["refused"]
        if not result["refused"]:
            title = t.plural("{n} row would be taken", "All {n} rows would be taken", accepted)
        elif not accepted:
            title = t("Every row would be refused")
        else:
            title = t(
                "{n} of {read} rows would be taken, {refused} refused",
                n=t.number(accepted),
                read=t.number(result["read"]),
                refused=t.number(result["refused"]),
            )
        note = t(
            "Tried in {seconds} s; nothing was written.", seconds=t.number(result["seconds"], 1)
        )
    st.subheader(title, anchor=False)
    st.caption(note)


def _shown(page: Page, result: Mapping[str, Any]) -> None:
    load_counts.counts(page.t, result)
    load_counts.problems(page, result)
    load_counts.left_out(page.t, result)
    _rows(page, result)


def _rows(page: Page, result: Mapping[str, Any]) -> None:
    """The first rows as they would be stored, codes in words."""
    t, found = page.t, result["trial"]
    if not found["rows"]:
        return
    names, codes = field_names(t, result["table"]), TABLES[result["table"]].codes
    rows = pd.DataFrame(found["rows"], columns=found["columns"])
    for column in found["columns"]:
        if column in codes:
            labels = page.codes(codes[column])
            rows[column] = [labels.get(each, each) for each in rows[column]]
    rows = rows.replace({True: t("Yes"), False: t("No")})
    label = t("The first rows as they would be loaded")
    with st.expander(label, expanded=True, icon=":material/table:"):
        st.dataframe(
            rows.rename(columns={each: f"{names[each]} ({each})" for each in found["columns"]}),
            hide_index=True,
            height=min(_HEIGHT, 36 * (len(rows) + 1) + 3),
            placeholder=MISSING,
            alt=label,
        )


def _load(page: Page, upload: Upload, how: Settings, result: Mapping[str, Any]) -> None:
    """The name under which the mapping is kept, and the button that loads."""
    t = page.t
    accepted = result["read"] - result["refused"]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        save = st.text_input(
            t("Save this mapping as (may be left blank)"),
            key="save-mapping",
            max_chars=80,
            placeholder=t("for files with the same header"),
            width=_WIDTH,
        )
        sound = not save or SOUND_NAME.fullmatch(save)
        if st.button(
            t.plural("Load {n} row", "Load {n} rows", accepted),
            type="primary",
            icon=":material/upload:",
            disabled=not accepted or not sound,
        ):
            loading.begin_load(upload, how, save or "")
            st.rerun()
    if not sound:
        st.caption(f":red[{t('A name has letters, digits, blanks, points and hyphens.')}]")
