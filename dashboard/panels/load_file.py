"""Loading a file: choose it, see what it is taken for, adjust that, try it, load it."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import ui
from dashboard.i18n import MISSING, Translator
from dashboard.jobs import CommandError, Upload
from dashboard.panels import load_counts, load_mapping, load_outcome, load_trial
from dashboard.ui import Page, loading
from dashboard.ui.contract_words import field_names, table_names
from dashboard.ui.loading import Settings
from dashboard.ui.mapping_draft import Proposed
from dashboard.ui.reporting import problem
from dashboard.ui.restyled import uploader

_TYPES = ("csv", "tsv", "txt", "gz", "zip", "xlsx", "xlsm", "xlsb", "xls", "ods", "parquet")
_WIDTH = 260
_ROWS_HEIGHT = 260
_OPTIONS = "_load_options"


def load(page: Page) -> None:
    """The way of a file into the store; a load that runs, or has just ended, comes first."""
    if load_outcome.current(page):
        return
    upload = loading.in_hand()
    if upload is None:
        _choose(page)
        return
    _in_hand(page, upload)
    options = _chosen_options()
    try:
        found = loading.inspection(page.t, upload, options)
    except CommandError as error:
        problem(page.t, error)
        if options:
            st.button(page.t("Back to the proposal"), on_click=_reset, icon=":material/undo:")
        return
    if found is not None:
        _adjust(page, upload, Proposed(found))


def _choose(page: Page) -> None:
    """Where a file is handed over, and what is taken."""
    t = page.t
    with st.container(border=True):
        st.subheader(t("Which file is to be loaded?"), anchor=False)
        label = t("A table as text (CSV), workbook (XLSX, XLS, ODS) or Parquet, also in GZ or ZIP")
        uploaded = uploader(t, label, _TYPES, "upload")
        st.caption(
            t(
                "One file is one table, as your system exports it: records, surveys, projects, "
                "staff, customers and so on. Title lines above the header, any delimiter and "
                "Chinese encodings are understood. Nothing is written before you say so."
            )
        )
        st.caption(
            t(
                "Up to {size} MB. A larger file is loaded on the command line: {command}",
                size=st.get_option("server.maxUploadSize"),
                command="`python -m dashboard load FILE`",
            )
        )
    if uploaded is not None:
        loading.hand_over(uploaded.name, uploaded)
        _reset()
        st.rerun()


def _in_hand(page: Page, upload: Upload) -> None:
    """Which file it is, and the way to another."""
    t = page.t
    with st.container(horizontal=True, vertical_alignment="center"):
        size = t("{n} KB", n=t.number(max(1, upload.size / 2**10)))
        if upload.size >= 2**20:
            size = t("{n} MB", n=t.number(upload.size / 2**20, 1))
        st.markdown(
            f":material/description: **{ui.plain(upload.name)}** :gray[{size}]", width="content"
        )
        st.button(
            t("Another file"), on_click=loading.put_away, icon=":material/close:", type="tertiary"
        )


def _adjust(page: Page, upload: Upload, proposed: Proposed) -> None:
    """What the file is taken for, to be changed; then what a load of it would do."""
    chosen = _chosen_options()
    token = sha256(f"{upload.sha256} {sorted(chosen.items())}".encode()).hexdigest()[:12]
    with st.container(border=True, gap="small"):
        head = st.container(gap="xsmall")
        zone = _options(page, proposed, token)
        _first_rows(page, proposed)
        choices = load_mapping.editor(page, proposed, token)
        content = proposed.content(choices, zone)
        if unused := proposed.unused(content):
            st.caption(ui.plain(load_counts.not_loaded(page.t, unused)))
    lacking, undecided = proposed.lacking(choices), proposed.undecided(choices)
    with head:
        _finding(page, proposed, content, lacking, undecided, proposed.not_understood(choices))
    untouched = proposed.untouched(choices, zone)
    how = Settings(
        proposed.found["mapping"] if untouched else content,
        proposed.found["known"] if untouched else None,
        chosen.get("sheet"),
    )
    load_trial.trial(page, upload, how, ready=not lacking and not undecided)


def _finding(
    page: Page,
    proposed: Proposed,
    content: Mapping[str, Any],
    lacking: Sequence[str],
    undecided: Sequence[str],
    odd: Mapping[str, int],
) -> None:
    """What the file seems to be, and what must still be said of it."""
    t, found = page.t, proposed.found
    tables, names = table_names(t), field_names(t, found["table"])
    table = tables[found["table"]]
    if lacking:
        columns = t.enumeration(names[each] for each in lacking)
        title = t("{table}? Say where these come from: {columns}", table=table, columns=columns)
    elif undecided:
        title = t("{table}: say whether the day or the month comes first", table=table)
    else:
        title = t.plural(
            "{table}: {n} column is found, nothing is lacking",
            "{table}: {n} columns are found, nothing is lacking",
            len(content["columns"]),
            table=table,
        )
    st.subheader(ui.plain(title), anchor=False)
    st.caption(ui.plain(" · ".join(_form(t, found))))
    for column, count in odd.items():
        told = t.plural(
            "{column}: {n} value is not understood. Say below what it means.",
            "{column}: {n} values are not understood. Say below what they mean.",
            count,
            column=names[column],
        )
        st.markdown(f":orange[:material/warning: {ui.plain(told)}]")
    if found["rivals"]:
        rivals = t.enumeration(tables[each] for each in found["rivals"])
        st.warning(t("It could also be: {tables}. Choose below.", tables=rivals))
    if found["form"]["header"] == 0:
        st.warning(t("The first row looks like data: the columns are called column 1 and so on."))
    if header := found["form"]["mended"]:
        told = t("The header was put right. In the file it reads: {header}", header=header)
        st.warning(ui.plain(told))


def _form(t: Translator, found: Mapping[str, Any]) -> list[str]:
    """How the file is written."""
    form, counted = found["form"], found["counted"]
    marks = {",": t("comma"), ";": t("semicolon"), "\t": t("tab"), "|": "|"}
    rows = t.plural("{n} row", "{n} rows", counted["rows"])
    told = [rows if counted["all"] else t("more than {rows}", rows=rows)]
    if form["encoding"]:
        told.append(form["encoding"])
    if form["delimiter"]:
        mark = marks.get(form["delimiter"], form["delimiter"])
        told.append(t("separated by {mark}", mark=mark))
    if form["sheet"]:
        told.append(t("sheet {sheet}", sheet=form["sheet"]))
    if form["above"]:
        told.append(
            t.plural("{n} line above the header", "{n} lines above the header", form["above"])
        )
    return told


def _options(page: Page, proposed: Proposed, token: str) -> str | None:
    """Table, mapping, sheet and time zone: those that ask for another look at the file; gives the
    time zone."""
    t, found = page.t, proposed.found
    tables = table_names(t)
    known = {each["name"]: each["title"] or each["name"] for each in found["mappings"]}
    own = t("what its columns say")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _option(t("The file holds"), "table", tables, found["table"], token)
        named = {"": own, **known}
        _option(t("Mapping"), "mapping", named, found["known"] or "", token)
        if len(found["form"]["sheets"]) > 1:
            sheets = {each: each for each in found["form"]["sheets"]}
            _option(t("Sheet"), "sheet", sheets, found["form"]["sheet"], token)
        return load_mapping.time_zone(page, token, proposed)


def _option(label: str, name: str, words: Mapping[str, str], now: str, token: str) -> None:
    key = f"{name}-{token}"
    st.selectbox(
        label,
        list(words),
        index=list(words).index(now),
        format_func=words.__getitem__,
        key=key,
        on_change=_choose_option,
        args=(name, key),
        width=_WIDTH,
    )


def _choose_option(name: str, key: str) -> None:
    """Look at the file anew: a mapping says the table, and a table asks for another mapping."""
    chosen = {each: value for each, value in _chosen_options().items() if each == "sheet"}
    st.session_state[_OPTIONS] = {**chosen, name: st.session_state[key]}


def _chosen_options() -> dict[str, str]:
    """What the reader said of table, mapping and sheet."""
    chosen: dict[str, str] = st.session_state.get(_OPTIONS, {})
    return {name: value for name, value in chosen.items() if value}


def _reset() -> None:
    st.session_state.pop(_OPTIONS, None)


def _first_rows(page: Page, proposed: Proposed) -> None:
    """The first rows exactly as the file has them."""
    found = proposed.found
    names = [each["name"] for each in found["columns"]]
    rows = pd.DataFrame(found["rows"], columns=names)
    with st.expander(page.t("The first rows of the file"), expanded=True, icon=":material/table:"):
        st.dataframe(
            rows,
            hide_index=True,
            height=min(_ROWS_HEIGHT, 36 * (len(rows) + 1) + 3),
            placeholder=MISSING,
            alt=page.t("The first rows of the file"),
        )
