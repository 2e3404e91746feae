"""Projects, staff and customers that records name and nobody has described: to be completed."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st
from pandas.api.types import pandas_dtype

from dashboard import ui
from dashboard.contract import TABLES
from dashboard.jobs import CommandError
from dashboard.panels import load_counts
from dashboard.ui import Page, loading
from dashboard.ui.contract_words import field_names, table_names
from dashboard.ui.reporting import problem

SHOWN = 200
_REGISTER = "register"
_SAVED = "_registered"

_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "project": {
        "project_name": "string",
        "region": "string",
        "city": "string",
        "property_type": "string",
        "households": "Int64",
        "handed_over_on": "datetime64[s]",
    },
    "staff": {
        "staff_name": "string",
        "position": "string",
        "grade": "string",
        "team": "string",
        "project_id": "string",
        "hired_on": "datetime64[s]",
    },
    "customer": {
        "project_id": "string",
        "segment": "string",
        "vip": "boolean",
        "handed_over_on": "datetime64[s]",
        "joined_on": "datetime64[s]",
    },
}
"""Table → what can be entered of it here, as pandas keeps it; names and phones of customers, which
no page reads, come by file alone."""


def names(page: Page) -> None:
    """The names of one table as rows to fill in."""
    t = page.t
    _told(page)
    counts = page.rows_of_store("unregistered_count").set_index("table_name")["names"].to_dict()
    listed = {each: counts[each] for each in _COLUMNS if each in counts}
    with st.container(border=True, gap="small"):
        if not listed:
            st.subheader(t("Every name is registered"), anchor=False)
            st.caption(t("What records name and nobody has described stands here."))
            return
        tables = table_names(t)
        labels = {
            table: t("{table} · {n}", table=tables[table], n=t.number(n))
            for table, n in listed.items()
        }
        table = ui.choice(page, "names", t("Table"), labels)
        title = t.plural(
            "{n} name that records use is not described yet",
            "{n} names that records use are not described yet",
            listed[table],
        )
        st.subheader(title, anchor=False)
        st.caption(
            t(
                "Fill in what you know, or tick a row to register it as it is. The most used come "
                "first. Many at once are better loaded as a file."
            )
        )
        _editor(page, table)


def changed(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The rows that were ticked, or in which something was filled in."""
    same = (before == after) | (before.isna() & after.isna())
    edited = ~same.drop(columns=_REGISTER).fillna(value=False).all(axis=1)
    return after[edited | after[_REGISTER].fillna(value=False).astype(bool)]


def to_enter(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as a file of the table has them."""
    (key,) = TABLES[table].key
    return rows[[key, *_COLUMNS[table]]]


def _editor(page: Page, table: str) -> None:
    t = page.t
    before = _rows(page, table)
    names = field_names(t, table)
    (key,) = TABLES[table].key
    with st.form(f"complete-{table}-{page.info.version}", border=False):
        after = st.data_editor(
            before,
            hide_index=True,
            disabled=[key, "records"],
            column_config={
                _REGISTER: st.column_config.CheckboxColumn(t("Register"), width="small"),
                key: st.column_config.TextColumn(names[key], pinned=True),
                "records": st.column_config.NumberColumn(t("Records"), format="localized"),
                **{each: _form(page, table, each, names[each]) for each in _COLUMNS[table]},
            },
            placeholder="",
            key=f"names-{table}-{page.info.version}",
            alt=t("Names to be completed"),
        )
        saved = st.form_submit_button(t("Save"), type="primary", icon=":material/save:")
    if not saved:
        return
    rows = changed(before, after)
    if rows.empty:
        st.info(t("Nothing was filled in or ticked."), icon=":material/info:")
        return
    loading.enter(_SAVED, table, to_enter(table, rows))
    st.rerun()


def _told(page: Page) -> None:
    """What was saved last, said once."""
    t = page.t
    try:
        result = loading.entered(t, _SAVED)
    except CommandError as error:
        problem(t, error)
        return
    if result:
        taken = result["inserted"] + result["updated"]
        st.success(
            t.plural("{n} name was registered.", "{n} names were registered.", taken),
            icon=":material/check:",
        )
        load_counts.problems(page, {**result, "lacking": {}})


def _rows(page: Page, table: str) -> pd.DataFrame:
    (key,) = TABLES[table].key
    found = page.rows_of_store("unregistered", table=table, limit=SHOWN)
    rows = pd.DataFrame(
        {
            _REGISTER: pd.Series(False, index=found.index, dtype=bool),
            key: found["id"].astype("string"),
            "records": found["records"],
        }
    )
    for column, kind in _COLUMNS[table].items():
        rows[column] = pd.Series(pd.NA, index=found.index).astype(pandas_dtype(kind))
    for name in ("project_name", "staff_name"):
        if name in rows:
            rows[name] = rows[key]  # what the records call it, until somebody knows better
    return rows


def _form(page: Page, table: str, column: str, name: str) -> Any:
    kind, codes = _COLUMNS[table][column], TABLES[table].codes.get(column)
    if codes:
        labels = page.codes(codes)
        return st.column_config.SelectboxColumn(
            name, options=list(labels), format_func=lambda each: labels[str(each)]
        )
    if column == "project_id":
        options = page.rows_of_store("filter_options")
        known = options[options["filter"] == "project"]
        labels = dict(zip(known["value"], known["label"], strict=True))
        return st.column_config.SelectboxColumn(
            name, options=list(labels), format_func=lambda each: labels.get(str(each), str(each))
        )
    if kind == "Int64":
        return st.column_config.NumberColumn(name, min_value=0, step=1)
    if kind == "boolean":
        return st.column_config.CheckboxColumn(name)
    if column.endswith("_on"):
        return st.column_config.DateColumn(name, format="YYYY-MM-DD")
    return st.column_config.TextColumn(name, max_chars=100)
