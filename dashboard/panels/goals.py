"""Targets and standards, to be edited on the page and stored as a load of their own."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import ui
from dashboard.i18n import Translator
from dashboard.jobs import CommandError
from dashboard.metrics import METRICS
from dashboard.metrics.standards import MEASURED
from dashboard.panels import goal_edits as edits
from dashboard.panels.goal_edits import Change, Fault
from dashboard.ui import Page, loading, words
from dashboard.ui.contract_words import field_names
from dashboard.ui.filters import option_labels
from dashboard.ui.reporting import problem

_SAVED = "_goals_saved"
_UNITS = ("h", "min", "d", "%")
_TIMED = ("first_response", "on_site", "resolution")


def targets(page: Page) -> None:
    """Every target, by metric, place and month."""
    t = page.t
    names = field_names(t, "target")
    before = _targets(page)
    with st.container(border=True, gap="small"):
        title = t("No target is set: the metrics' own targets apply")
        if len(before):
            title = t.plural("{n} target is set", "{n} targets are set", len(before))
        st.subheader(title, anchor=False)
        st.caption(
            t(
                "The narrowest place wins, and within it the month; without a month a target holds "
                "for all. A target per 100 households is for a year. Add a row at the end; to "
                "remove rows, tick them."
            )
        )
        _told(t, "target")
        with st.form(f"targets-{page.info.version}", border=False):
            after = st.data_editor(
                before,
                num_rows="dynamic",
                hide_index=True,
                column_config={
                    "metric": _choice(names["metric"], _metrics(t, before), required=True),
                    "place": _choice(names["scope_type"], _places(page, before), required=True),
                    "month": st.column_config.TextColumn(
                        names["month"],
                        validate=r"^\d{4}-(0[1-9]|1[0-2])$",
                        help=t("Such as 2026-01; blank for every month."),
                    ),
                    "value": st.column_config.NumberColumn(names["value"], required=True),
                },
                placeholder="",
                key=f"target-rows-{page.info.version}",
                alt=t("Targets"),
            )
            saved = st.form_submit_button(
                t("Save the targets"), type="primary", icon=":material/save:"
            )
        if saved and not _faulty(t, edits.target_faults(after), names):
            _save("target", edits.targets(after))


def standards(page: Page) -> None:
    """Every version of every standard."""
    t = page.t
    names = field_names(t, "standard")
    before = _standards(page)
    with st.container(border=True, gap="small"):
        title = t("No standard is kept yet")
        if len(before):
            title = t.plural(
                "{n} version of a standard is kept",
                "{n} versions of standards are kept",
                len(before),
            )
        st.subheader(title, anchor=False)
        st.caption(
            t(
                "Where the threshold, unit or scope of an active standard is changed, the version "
                "in force is kept and retired, and a new one begins: on the day that you enter, "
                "else today. So figures of the past stay judged by what held then."
            )
        )
        _told(t, "standard")
        with st.form(f"standards-{page.info.version}", border=False):
            after = st.data_editor(
                before,
                num_rows="dynamic",
                hide_index=True,
                column_config=_standard_forms(page, before, names),
                placeholder="",
                key=f"standard-rows-{page.info.version}",
                alt=t("Standards"),
            )
            saved = st.form_submit_button(
                t("Save the standards"), type="primary", icon=":material/save:"
            )
        if not saved:
            return
        rows, changes = edits.revised(before, after, date.today())
        if not _faulty(t, edits.standard_faults(rows), names):
            _save("standard", rows, [_change(t, each) for each in changes])


def _save(table: str, rows: pd.DataFrame, told: Sequence[str] = ()) -> None:
    """Begin to store the rows as the whole table; ``_told`` says what came of it."""
    loading.enter(f"{_SAVED}-{table}", table, rows, whole=True)
    st.session_state[f"{_SAVED}-{table}-changes"] = list(told)
    st.rerun()


def _told(t: Translator, table: str) -> None:
    """What was saved last, said once."""
    try:
        result = loading.entered(t, f"{_SAVED}-{table}")
    except CommandError as error:
        problem(t, error)
        return
    if result is None:
        return
    saved = t(
        "Saved: {new} new, {changed} changed, {removed} removed.",
        new=t.number(result["inserted"]),
        changed=t.number(result["updated"]),
        removed=t.number(result.get("removed", 0)),
    )
    told = [saved, *st.session_state.pop(f"{_SAVED}-{table}-changes", ())]
    st.success("  \n".join(map(ui.plain, told)), icon=":material/check:")


def _faulty(t: Translator, faults: Sequence[Fault], names: Mapping[str, str]) -> bool:
    """Say what is wrong; whether anything is."""
    if faults:
        st.error("  \n".join(ui.plain(_fault(t, each, names)) for each in faults))
    return bool(faults)


def _fault(t: Translator, fault: Fault, names: Mapping[str, str]) -> str:
    column = (
        names["scope_type" if fault.column == "place" else fault.column] if fault.column else ""
    )
    return {
        "missing": t("Row {row}: {column} is missing.", row=fault.row, column=column),
        "month": t("Row {row}: the month is not one such as 2026-01.", row=fault.row),
        "twice": t("Row {row}: it stands there twice.", row=fault.row),
        "dates": t("Row {row}: it ends before it begins.", row=fault.row),
    }[fault.what]


def _change(t: Translator, change: Change) -> str:
    values = {"name": change.name, "version": change.version}
    day = t.day(change.day) if change.day else ""
    return {
        "new": t("{name}, version {version}: new, from {day}", **values, day=day)
        if day
        else t("{name}, version {version}: new", **values),
        "changed": t("{name}, version {version}: changed", **values),
        "retired": t("{name}, version {version}: retired on {day}", **values, day=day),
        "removed": t("{name}, version {version}: removed", **values),
    }[change.what]


def _targets(page: Page) -> pd.DataFrame:
    found = page.rows_of_store("targets_of_places")
    pairs = zip(found["scope_type"], found["scope_id"], strict=True)
    return pd.DataFrame(
        {
            "metric": found["metric"].astype("string"),
            "place": pd.Series([edits.place(*pair) for pair in pairs], dtype="string"),
            "month": found["month"].astype("string"),
            "value": found["value"].astype(float),
        }
    )


def _metrics(t: Translator, before: pd.DataFrame) -> dict[str, str]:
    known = {each.id: words.axis(t, each) for each in METRICS.values() if not each.tabular}
    return known | {each: each for each in before["metric"].dropna() if each not in known}


def _places(page: Page, before: pd.DataFrame) -> dict[str, str]:
    t, options = page.t, page.rows_of_store("filter_options")
    names = {"region": t("Region"), "project": t("Project")}
    known = {edits.COMPANY: t("The whole company")}
    for kind, label in names.items():
        for row in options[options["filter"] == kind].itertuples():
            known[f"{kind}:{row.value}"] = f"{label} · {row.label}"
    return known | {each: each for each in before["place"].dropna() if each not in known}


def _standards(page: Page) -> pd.DataFrame:
    found = page.rows_of_store("standard_versions")[list(edits.STANDARD)]
    texts = [each for each in edits.STANDARD if each != "threshold" and "effective" not in each]
    days = {each: pd.to_datetime(found[each]) for each in ("effective_from", "effective_to")}
    return found.astype({**dict.fromkeys(texts, "string"), "threshold": float}).assign(**days)


def _standard_forms(page: Page, before: pd.DataFrame, names: Mapping[str, str]) -> dict[str, Any]:
    t = page.t
    measures = {
        "first_response": t("Time to the first response"),
        "on_site": t("Time to the visit on site"),
        "resolution": t("Time to resolution"),
        "reception": t("Time to reception"),
        "first_follow_up": t("Time to the first follow-up"),
        "delay_notice": t("Notice of a delay before it"),
        **{each: t(METRICS[each].name) for each in MEASURED},
    }
    categories = option_labels(t, page.rows_of_store("filter_options"))["category"]
    scopes = {**categories, **page.codes("level"), **page.codes("kind"), **page.codes("stage")}
    scopes |= {"vip": t("VIP customers")}
    units = {"h": t("hours"), "min": t("minutes"), "d": t("days"), "%": "%"}
    choices = {"measure": measures, "scope": scopes, "unit": units}
    known = {
        column: labels | {each: each for each in before[column].dropna() if each not in labels}
        for column, labels in choices.items()
    }
    day = st.column_config.DateColumn
    return {
        "standard_id": st.column_config.TextColumn(names["standard_id"], required=True),
        "version": st.column_config.TextColumn(names["version"], help=t("Blank for the next one.")),
        "name": st.column_config.TextColumn(names["name"], required=True),
        "measure": _choice(names["measure"], known["measure"], required=True),
        "scope": _choice(names["scope"], known["scope"], required=False),
        "threshold": st.column_config.NumberColumn(names["threshold"], required=True),
        "unit": _choice(names["unit"], known["unit"], required=True),
        "state": _choice(names["state"], page.codes("standard_state"), required=True),
        "effective_from": day(names["effective_from"], format="YYYY-MM-DD"),
        "effective_to": day(names["effective_to"], format="YYYY-MM-DD"),
    }


def _choice(label: str, words: Mapping[str, str], *, required: bool) -> Any:
    return st.column_config.SelectboxColumn(
        label,
        options=list(words),
        format_func=lambda each: words.get(str(each), str(each)),
        required=required,
    )
