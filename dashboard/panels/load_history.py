"""The history of loads: who, what, when, what became of it; refused rows; undo."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import quality, ui
from dashboard.i18n import Translator
from dashboard.jobs import CommandError
from dashboard.ui import Page, loading
from dashboard.ui.contract_words import field_names, table_names
from dashboard.ui.reporting import problem

_HASH = 8
_KEY = "history"


def history(page: Page) -> None:
    """Every load and every undo, the newest first; one that is chosen is told in full."""
    t, past = page.t, loading.history(page.info.version)
    rows = [(entry, load) for entry in past for load in entry.get("loads") or [None]]
    with st.container(border=True, gap="small"):
        st.subheader(_title(t, past), anchor=False)
        _undo(page, past)
        event: Any = st.dataframe(
            _table(page, rows),
            hide_index=True,
            key=_KEY,
            on_select="rerun",
            selection_mode="single-row",
            column_config=_forms(t),
            alt=t("History of loads"),
        )
        st.caption(t("Choose a row to see what the load left open."))
    if (chosen := event["selection"]["rows"]) and (load := rows[chosen[0]][1]):
        _detail(page, load)


def open_rows(page: Page) -> dict[str, int]:
    """Load → rows that it refused and that nobody has corrected or dismissed yet."""
    found = page.rows_of_store("quarantine_loads")
    return dict(zip(found["load_id"], map(int, found["open"]), strict=True))


def refused_rows(page: Page, load_id: str, file: str) -> None:
    """A button that gives the rows of a load that wait, to be corrected and loaded again."""
    t = page.t
    st.download_button(
        t("Refused rows as CSV"),
        lambda: loading.refused_rows(t, load_id),
        f"{t('refused')} {file.rpartition('.')[0] or file}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"refused-{load_id}",
    )


def _title(t: Translator, past: list[dict[str, Any]]) -> str:
    if not past:
        return t("Nothing has been loaded yet")
    return t("Last changed on {time} by {who}", time=_moment(past[0]["at"]), who=past[0]["who"])


def _table(page: Page, rows: list[tuple[dict[str, Any], dict[str, Any] | None]]) -> pd.DataFrame:
    t, tables = page.t, table_names(page.t)
    told = []
    for entry, load in rows:
        known = load or {}
        told.append(
            {
                t("When"): pd.Timestamp(known.get("at") or entry["at"]),
                t("Who"): entry["who"],
                t("What"): _event(t, entry, known),
                t("Table"): tables.get(known.get("table", ""), ""),
                t("State"): _state(t, entry["state"]),
                t("Rows read"): known.get("read"),
                t("New"): known.get("inserted"),
                t("Changed"): known.get("updated"),
                t("Unchanged"): known.get("unchanged"),
                t("Refused rows"): known.get("refused"),
                t("Seconds"): known.get("seconds"),
                t("Fingerprint"): known.get("sha256", "")[:_HASH],
            }
        )
    counts = [t("Rows read"), t("New"), t("Changed"), t("Unchanged"), t("Refused rows")]
    return pd.DataFrame(told).astype(dict.fromkeys(counts, "Int64") if told else {})


def _forms(t: Translator) -> dict[str, Any]:
    counts = [t("Rows read"), t("New"), t("Changed"), t("Unchanged"), t("Refused rows")]
    return {
        **dict.fromkeys(counts, ui.whole_number()),
        t("When"): ui.moment(),
        t("Seconds"): ui.decimal(1),
        t("Fingerprint"): st.column_config.TextColumn(
            help=t("The first characters of the file's SHA-256: the same file has the same.")
        ),
    }


def _event(t: Translator, entry: Mapping[str, Any], load: Mapping[str, Any]) -> str:
    """What happened: the file that was loaded, or else the event."""
    events = {
        "demo": t("Demo data"),
        "portfolio": t("Portfolio"),
        "undo": t("Undo of version {n}", n=entry.get("undone", "")),
        "restore": t("Backup restored"),
        "dismiss": t("Refused rows dismissed"),
        "adopted": t("Store found as it was"),
    }
    if entry["event"] in events:
        return events[entry["event"]]
    file = str(load.get("file", ""))
    return t("Entered on this page") if file == loading.ENTERED else file


def _state(t: Translator, state: str) -> str:
    return {
        "current": t("Current version"),
        "in effect": t("In effect"),
        "undone": t("Undone"),
        "replaced": t("Replaced"),
        "unpublished": t("Never shown"),
    }.get(state, state)


def _detail(page: Page, load: Mapping[str, Any]) -> None:
    """What one load left open: problems, refused rows, columns that nothing was taken from."""
    t = page.t
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            file = t("Entered on this page") if load["file"] == loading.ENTERED else load["file"]
            st.subheader(ui.plain(t("What {file} left open", file=file)), anchor=False)
            still = open_rows(page).get(load["load_id"], 0)
            if still:
                refused_rows(page, load["load_id"], load["file"])
        st.caption(
            ui.plain(
                t(
                    "Mapping: {mapping} · SHA-256: {hash}",
                    mapping=_mapping(t, load["mapping"]),
                    hash=load["sha256"] or "–",
                )
            )
        )
        if load["refused"]:
            st.markdown(
                t(
                    "{refused} of its rows were refused; {open} still wait to be corrected.",
                    refused=t.number(load["refused"]),
                    open=t.number(still),
                )
            )
        found = page.rows_of_store("load_problems")
        found = found[found["load_id"] == load["load_id"]]
        order = list(quality.SEVERITIES)
        found = found.sort_values("severity", key=lambda each: each.map(order.index), kind="stable")
        if found.empty:
            st.info(t("This load refused, warned of and missed nothing."), icon=":material/info:")
            return
        names = {**field_names(t, load["table"]), "row": t("Whole row")}
        st.dataframe(
            pd.DataFrame(
                {
                    t("Severity"): [t(quality.SEVERITIES[each]) for each in found["severity"]],
                    t("Column"): [names.get(each, each) for each in found["column_name"]],
                    t("Rule"): [t(quality.RULES.get(each, each)) for each in found["rule"]],
                    t("Rows"): found["rows"],
                }
            ),
            hide_index=True,
            column_config={t("Rows"): ui.whole_number()},
            alt=t("What the load refused, warned of or found missing"),
        )


def _mapping(t: Translator, name: str) -> str:
    """A mapping's name; those that nobody named are told in words."""
    unnamed = {"proposed": t("as proposed"), "by name": t("by the contract's own names")}
    return unnamed.get(name, name)


def _undo(page: Page, past: list[dict[str, Any]]) -> None:
    """A button that takes back the latest publication, after saying what that does."""
    t = page.t
    current = next((entry for entry in past if entry["state"] == "current"), None)
    if current is None or len(past) < 2:
        return
    if st.button(t("Undo the latest"), icon=":material/undo:"):
        st.dialog(t("Undo the latest"))(_confirm)(page, past, current)


def _confirm(page: Page, past: list[dict[str, Any]], current: Mapping[str, Any]) -> None:
    t, tables = page.t, table_names(page.t)
    st.markdown(t("What goes:"))
    for load in current.get("loads") or [{}]:
        changed = load.get("inserted", 0) + load.get("updated", 0)
        told = t(
            "{what} of {time}: {table}, {rows} rows new or changed",
            what=_event(t, current, load),
            time=_moment(load.get("at") or current["at"]),
            table=tables.get(load.get("table", ""), ""),
            rows=t.number(changed),
        )
        st.markdown(f"- {ui.plain(told)}")
    earlier = [entry for entry in past if entry["state"] == "in effect"]
    if earlier:
        told = t(
            "What comes back: the state after {what} of {time}. Pages show it at once; the undo "
            "itself is written into the history.",
            what=_event(t, earlier[0], (earlier[0].get("loads") or [{}])[0]),
            time=_moment(earlier[0]["at"]),
        )
        st.markdown(ui.plain(told))
    with st.container(horizontal=True):
        if st.button(t("Undo it"), type="primary", icon=":material/undo:"):
            try:
                with st.spinner(t("Undoing")):
                    loading.undo()
            except CommandError as error:
                problem(t, error)
                return
            st.rerun()
        if st.button(t("Leave it")):
            st.rerun()


def _moment(text: str) -> str:
    return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M}"
