"""Drill-through: which rows a figure counted, as the URL of the records page says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import sqlfile
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
_TABLES = {
    "record_id": "service_record",
    "survey_id": "survey",
    "inspection_id": "inspection",
}
"""Key of what is listed → the table of its timeline; people and their training have none."""


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
        _in_words(page, part, query, selection),
        narrowed=any(name in query for name in DRILL_NAMES),
    )


def clear() -> None:
    """Leave the figure: all records of the selection."""
    for name in DRILL_NAMES:
        if name in st.query_params:
            del st.query_params[name]


def search(page: Page, opened: Figure, text: str) -> Figure:
    """The same figure, of the rows alone that hold a text.

    It may stand in ids and in what people wrote, or in the name of the staff or of the category.
    """
    sought = text.strip().lower()
    if not sought:
        return opened
    names = {**page.labels["category"], **frames.staff_names(page)}
    named = tuple(key for key, name in names.items() if sought in name.lower())
    selection = replace(opened.selection, sought=sought, named=named)
    count = _count(page, opened.metric, opened.part, selection)
    return replace(opened, selection=selection, count=count)


def rows(page: Page, opened: Figure, limit: int, offset: int) -> pd.DataFrame:
    """The rows that the figure counted, newest first, codes in words.

    ``table`` and ``key`` name the timeline that a row belongs to, of a survey that of its record.
    """
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
    return data.assign(
        **{
            column: [names[column].get(value, value) for value in data[column]]
            for column in data.columns
            if column in names
        },
        **_timelines(data),
    )


def columns(page: Page, opened: Figure) -> dict[str, str]:
    """Column of ``rows`` → its title, in order."""
    names = column_names(page.t)
    known = sqlfile.query(METRICS[opened.metric].drill).columns
    return {column: names[column] for column in known if column != "project_id"}


def opens(opened: Figure) -> str:
    """The column whose cells open a timeline; empty where rows have none."""
    first = sqlfile.query(METRICS[opened.metric].drill).columns[0]
    return first if first in _TABLES else ""


def _timelines(data: pd.DataFrame) -> dict[str, Any]:
    key = data.columns[0]
    if key == "survey_id":
        alone = data["record_id"].isna()
        return {
            "table": ["survey" if each else "service_record" for each in alone],
            "key": data["record_id"].where(~alone, data["survey_id"]),
        }
    return {"table": _TABLES.get(key, ""), "key": data[key]}


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


def narrowing(page: Page, query: Mapping[str, Sequence[str]], selection: Selection) -> list[str]:
    """What the ``in_…`` parameters of a URL narrow to, in words.

    ``selection`` is the one that they have narrowed.
    """
    t, groups = page.t, group_names(page.t)
    said = []
    if "in_from" in query and "in_to" in query:
        first, last = t.day(selection.date_from), t.day(selection.date_to)
        said.append(t("{start} to {end}", start=first, end=last))
    for group in GROUP_FIELDS:
        if values := query.get(f"in_{group}"):
            names = t.enumeration(_key_name(page, group, value) for value in values)
            said.append(t("{filter}: {values}", filter=groups[group], values=names))
    return said


def _in_words(
    page: Page, part: str, query: Mapping[str, Sequence[str]], selection: Selection
) -> str:
    parts = part_names(page)
    said = [parts[part]] if part in parts else []
    return " · ".join([*said, *narrowing(page, query, selection)])


def part_names(page: Page) -> dict[str, str]:
    """Part of what a figure counted → its words; the whole of it has none."""
    t = page.t
    steps = page.codes("complaint_step")
    return {
        "met": t("only rows that meet the condition"),
        "promoters": t("promoters (9–10)"),
        "passives": t("passives (7–8)"),
        "detractors": t("detractors (0–6)"),
        "missed": t("done too late"),
        "overdue": t("overdue: nothing done yet"),
        "pending": t("still within its time"),
        "0-3": t("open under 3 days"),
        "3-7": t("open 3–7 days"),
        "7-30": t("open 7–30 days"),
        ">30": t("open 30 days and more"),
        **page.codes("delay_grade"),
        **{step: t("reached: {step}", step=name) for step, name in steps.items()},
        **{f"not_{step}": t("stopped before: {step}", step=name) for step, name in steps.items()},
    }


def _key_name(page: Page, group: str, key: str) -> str:
    if group == "staff":
        return frames.staff_names(page).get(key, key or page.t("Not given"))
    return page.name(group, key)
