"""Drill-through: which rows a figure counted, as the URL of the records page says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.codes import CODES
from dashboard.metrics import METRICS, Statistic
from dashboard.metrics.standards import OUTCOMES, RESPONSES
from dashboard.selection import Selection
from dashboard.ui import frames
from dashboard.ui.context import Page
from dashboard.ui.state import DRILL_NAMES, GROUP_FIELDS, narrowed
from dashboard.ui.words import column_names, group_names

_EVERYTHING = "record_count"
_CODE_SETS = {
    "kind": "kind",
    "stage": "stage",
    "risk": "risk",
    "channel": "channel",
    "level": "level",
    "tier_target": "tier",
    "tier_delivered": "tier_delivered",
    "status": "status",
    "segment": "segment",
    "dimension": "dimension",
    "phase": "inspection_phase",
    "severity": "severity",
}


@dataclass(frozen=True)
class Figure:
    """A figure that was opened: its metric, part, selection and number of rows, and its words."""

    metric: str
    part: str
    selection: Selection
    count: int
    title: str
    words: str
    narrowed: bool


def figure(page: Page) -> Figure:
    """The figure that the URL names; without one, all records of the selection."""
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    metric = (query.get("metric") or [_EVERYTHING])[0]
    if metric not in METRICS:
        metric = _EVERYTHING
    part = (query.get("part") or ["counted"])[0]
    selection = narrowed(page.selection, query)
    return Figure(
        metric,
        part,
        selection,
        _count(page, metric, part, selection),
        page.t(METRICS[metric].name),
        _in_words(page, part, query),
        narrowed=any(name in query for name in DRILL_NAMES),
    )


def clear() -> None:
    """Leave the figure: all records of the selection."""
    for name in DRILL_NAMES:
        if name in st.query_params:
            del st.query_params[name]


def rows(page: Page, opened: Figure, limit: int, offset: int) -> pd.DataFrame:
    """The rows that the figure counted, newest first, codes in words, empty columns left out."""
    data = page.rows(
        METRICS[opened.metric].drill,
        opened.selection,
        metric=opened.metric,
        part=opened.part,
        limit=limit,
        offset=offset,
    )
    names: dict[str, Mapping[str, str]] = {
        column: {code: page.t.label(code_set, code) for code in CODES[code_set]}
        for column, code_set in _CODE_SETS.items()
    }
    names |= {"category": page.labels["category"], "staff_id": frames.staff_names(page)}
    data = data.drop(columns=["project_id"], errors="ignore").dropna(axis="columns", how="all")
    return data.assign(
        **{
            column: [names[column].get(value, value) for value in data[column]]
            for column in data.columns
            if column in names
        }
    )


def columns(page: Page, data: pd.DataFrame) -> dict[str, Any]:
    """Column titles and forms of ``rows``."""
    names = column_names(page.t)
    config: dict[str, Any] = {}
    for column in data.columns:
        title = names.get(column, column)
        if column.endswith("_on"):
            config[column] = st.column_config.DateColumn(title, format="YYYY-MM-DD")
        elif column.endswith("_at"):
            config[column] = st.column_config.DatetimeColumn(title, format="YYYY-MM-DD HH:mm")
        else:
            config[column] = title
    return config


def _count(page: Page, metric: str, part: str, selection: Selection) -> int:
    measure = page.total((metric,), selection)[metric]
    if METRICS[metric].statistic is Statistic.HOUSEHOLD_RATE:
        return int(measure.parts.get("x", 0))
    if part == "counted":
        return measure.n
    if part in OUTCOMES:
        return _outcome_count(page, metric, part, selection)
    return int(measure.parts.get("x" if part == "met" else part, 0))


def _outcome_count(page: Page, metric: str, part: str, selection: Selection) -> int:
    """How many records of a standard are missed, overdue or pending."""
    found = page.rows("standard_outcomes", selection).set_index("metric")[part]
    wanted = RESPONSES.values() if metric == "standard_rate" else (metric,)
    return int(sum(found.get(each, 0) for each in wanted))


def _in_words(page: Page, part: str, query: Mapping[str, list[str]]) -> str:
    t = page.t
    groups = group_names(t)
    parts = {
        "met": t("only rows that meet the condition"),
        "promoters": t("promoters (9–10)"),
        "passives": t("passives (7–8)"),
        "detractors": t("detractors (0–6)"),
        "missed": t("done too late"),
        "overdue": t("overdue: nothing done yet"),
        "pending": t("still within its time"),
        **page.codes("delay_grade"),
    }
    said = [parts[part]] if part in parts else []
    if "in_from" in query and "in_to" in query:
        said.append(t("{start} to {end}", start=query["in_from"][0], end=query["in_to"][0]))
    for group in GROUP_FIELDS:
        if values := query.get(f"in_{group}"):
            names = t.enumeration(_key_name(page, group, value) for value in values)
            said.append(t("{filter}: {values}", filter=groups[group], values=names))
    return " · ".join(said)


def _key_name(page: Page, group: str, key: str) -> str:
    if group == "weekday":
        days = dict(zip("1234567", page.t.weekdays(), strict=True))
        return days.get(key, key)
    if group == "hour":
        return page.t("{hour}:00", hour=key)
    if group == "staff":
        return frames.staff_names(page).get(key, key or page.t("None"))
    return page.name(group, key)
