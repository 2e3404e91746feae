"""What a load did, or would do: its counts, and what it refused or warned of, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import quality, ui
from dashboard.i18n import Translator
from dashboard.ui import Page
from dashboard.ui.contract_words import field_names

_CUT = 60
_NAMED = 12


def counts(t: Translator, result: Mapping[str, Any]) -> None:
    """Rows read, and what became of them; the parts add up."""
    told = {
        t("Rows read"): result["read"],
        t("New"): result["inserted"],
        t("Changed"): result["updated"],
        t("Unchanged"): result["unchanged"],
        t("Refused rows"): result["refused"],
    }
    with st.grid(len(told), min_column_width=110, gap="small"):
        for label, value in told.items():
            st.metric(label, t.number(value))


def problems(page: Page, result: Mapping[str, Any]) -> None:
    """Refusals with examples, warnings, and what figures will lack; nothing where there is none."""
    t, examples = page.t, (result.get("trial") or {}).get("examples", {})
    names = {**field_names(t, result["table"]), "row": t("Whole row")}
    rows = [
        {
            t("Severity"): t(quality.SEVERITIES[severity]),
            t("Column"): _column(names, key),
            t("Rule"): _rule(t, key),
            t("Rows"): rows,
            t("For example"): _examples(t, examples.get(key, ())),
        }
        for severity, found in (
            ("refused", result["refusals"]),
            ("warning", result["warnings"]),
            ("lacking", result["lacking"]),
        )
        for key, rows in found.items()
    ]
    if not rows:
        return
    table = pd.DataFrame(rows)
    if not examples:
        table = table.drop(columns=t("For example"))
    st.dataframe(
        table,
        hide_index=True,
        column_config={t("Rows"): ui.whole_number(), t("For example"): _wide()},
        alt=t("What was refused, warned of or found missing"),
    )


def left_out(t: Translator, result: Mapping[str, Any]) -> None:
    """Rows of the file that the mapping's filter leaves out; they are not among those read."""
    if result["left_out"]:
        rows = t.plural("{n} row", "{n} rows", result["left_out"])
        st.caption(t("{rows} left out by the mapping's filter", rows=rows))


def not_loaded(t: Translator, columns: Sequence[str]) -> str:
    """The columns of the file that nothing is taken from; of many, the first."""
    if len(columns) <= _NAMED:
        return t("Not loaded: {columns}", columns=t.enumeration(columns))
    first = ", ".join(columns[:_NAMED])
    return t("Not loaded: {columns} and {n} more", columns=first, n=len(columns) - _NAMED)


def _column(names: Mapping[str, str], key: str) -> str:
    columns = key.rpartition(": ")[0].split(", ")
    return ", ".join(names.get(each, each) for each in columns)


def _rule(t: Translator, key: str) -> str:
    rule = key.rpartition(": ")[2]
    return t(quality.RULES[rule]) if rule in quality.RULES else rule


def _examples(t: Translator, examples: Any) -> str:
    told = []
    for each in examples:
        text = each["text"] if each["value"] is None else each["value"]
        text = text if len(text) <= _CUT else f"{text[:_CUT]}…"
        told.append(t("line {line}: {value}", line=t.number(each["line"]), value=text))
    return "  ·  ".join(told)


def _wide() -> Any:
    return st.column_config.TextColumn(width="large")
