"""What is known of one record, survey or inspection, and what happened to it, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from dashboard.i18n import Translator
from dashboard.ui import frames
from dashboard.ui.context import Page

_CODED = {
    "kind": "kind",
    "level": "level",
    "status": "status",
    "stage": "stage",
    "channel": "channel",
    "risk": "risk",
    "tier_target": "tier",
    "tier_delivered": "tier_delivered",
    "segment": "segment",
    "remedy": "remedy",
    "handled_by": "handled_by",
    "phase": "inspection_phase",
    "severity": "severity",
}


@dataclass(frozen=True)
class Judged:
    """An event against a time at which it was wanted; ``late`` is None where that is still open."""

    words: str
    late: bool | None


@dataclass(frozen=True)
class Event:
    """One event in the reader's words.

    ``at`` is None for what has not happened, ``since`` says how long after (or before) the start;
    ``judged`` holds it against the standard and the promised time; ``key`` is the other record that
    it is about, if any.
    """

    name: str
    at: pd.Timestamp | None
    time: str
    since: str
    judged: tuple[Judged, ...]
    text: str
    key: str


def events(page: Page, about: Mapping[str, Any], rows: pd.DataFrame) -> list[Event]:
    """The rows of the query ``timeline`` in words; ``about`` is that of ``timeline_item``."""
    return [_event(page, about, row) for row in dicts(rows)]


def facts(page: Page, about: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(what, value) of everything that the row of ``timeline_item`` knows, in words."""
    t, titles = page.t, _titles(page.t)
    known = {name: value for name, value in about.items() if known_value(value)}
    values = {
        "project_name": known.get("project_name"),
        "region": known.get("region"),
        "staff_id": frames.staff_names(page).get(about["staff_id"], known.get("staff_id")),
        "customer_id": known.get("customer_id"),
        "category": page.name("category", known["category"]) if "category" in known else None,
        **{each: t.label(_CODED[each], known[each]) for each in _CODED if each in known},
        "reopen_count": t.number(known["reopen_count"]) if known.get("reopen_count") else None,
        "escalated": t("Yes") if known.get("escalated") else None,
        "vip": t("Yes") if known.get("vip") else None,
        **{each: t.number(float(known[each]), 2) for each in _MONEY if each in known},
        "score": t.number(known["score"], 1) if "score" in known else None,
    }
    return [(titles[name], str(values[name])) for name in titles if values.get(name)]


def link(page: Page, record: str) -> str:
    """A link to the timeline of another record, within markdown."""
    return "records?" + urlencode(page.link(show_record=record), doseq=True)


def dicts(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as column → cell."""
    return [{str(name): cell for name, cell in row.items()} for row in rows.to_dict("records")]


def known_value(value: Any) -> bool:
    """Whether a cell holds anything."""
    return value is not None and not pd.isna(value)


_MONEY = ("cost", "revenue", "compensation")


def _titles(t: Translator) -> dict[str, str]:
    """What is told of an item, in order → its title."""
    return {
        "status": t("Status"),
        "kind": t("Kind"),
        "category": t("Category"),
        "level": t("Response level"),
        "project_name": t("Project"),
        "region": t("Region"),
        "staff_id": t("Responsible"),
        "customer_id": t("Customer"),
        "segment": t("Customer segment"),
        "vip": t("VIP"),
        "stage": t("Stage"),
        "channel": t("Channel"),
        "risk": t("Risk"),
        "tier_target": t("Target tier"),
        "tier_delivered": t("Delivered tier"),
        "handled_by": t("Handled by"),
        "reopen_count": t("Times reopened"),
        "escalated": t("Was escalated"),
        "remedy": t("Remedy"),
        "cost": t("Cost (yuan)"),
        "revenue": t("Revenue (yuan)"),
        "compensation": t("Compensation (yuan)"),
        "phase": t("Phase"),
        "severity": t("Severity"),
        "score": t("Score"),
    }


def _event(page: Page, about: Mapping[str, Any], row: Mapping[str, Any]) -> Event:
    t = page.t
    at = row["at"] if known_value(row["at"]) else None
    by_day = about["source"] == "inspection"
    return Event(
        name=_name(page, row),
        at=at,
        time=t("not yet") if at is None else f"{at:%Y-%m-%d}" if by_day else t.time(at),
        since=_since(t, at, about["started_at"]),
        judged=tuple(_judgements(t, row, at, about["as_of"])),
        text=_text(page, row),
        key=row["key"] if row["event"] == "other" else "",
    )


def _name(page: Page, row: Mapping[str, Any]) -> str:
    t = page.t
    if row["event"] == "step":
        return t("Step: {step}", step=row["text"])
    if row["event"] == "other":
        return t(
            "Same customer: {kind} {record}", kind=t.label("kind", row["kind"]), record=row["key"]
        )
    return {
        "created": t("Record created"),
        "first_response": t("First response given"),
        "on_site": t("Staff on site"),
        "investigated": t("Cause investigated"),
        "delay_notified": t("Delay announced"),
        "resolved": t("Record resolved"),
        "fed_back": t("Feedback given"),
        "closed": t("Record closed"),
        "sent": t("Survey sent"),
        "answered": t("Survey answered"),
        "inspected": t("Inspection made"),
        "rectified": t("Finding rectified"),
        "rechecked": t("Rectification rechecked"),
    }[row["event"]]


def _since(t: Translator, at: pd.Timestamp | None, start: pd.Timestamp) -> str:
    if at is None or at == start:
        return ""
    time = t.hours(abs((at - start).total_seconds()) / 3600)
    return t("after {time}", time=time) if at > start else t("{time} before", time=time)


def _judgements(
    t: Translator, row: Mapping[str, Any], at: pd.Timestamp | None, as_of: pd.Timestamp
) -> list[Judged]:
    """Against the standard of the level, and against the promised time."""
    found = []
    for wanted, words in (
        (
            row["standard_at"],
            (
                t("within the standard"),
                t("{time} beyond the standard"),
                t("{time} left by the standard"),
            ),
        ),
        (
            row["promised_at"],
            (t("on time"), t("{time} after the promised time"), t("{time} to the promised time")),
        ),
    ):
        if known_value(wanted):
            met, late, left = words
            time = t.hours(abs(((at or as_of) - wanted).total_seconds()) / 3600)
            if at is None and as_of < wanted:
                found.append(Judged(left.format(time=time), None))
            elif at is not None and at <= wanted:
                found.append(Judged(met, False))
            else:
                found.append(Judged(late.format(time=time), True))
    return found


def _text(page: Page, row: Mapping[str, Any]) -> str:
    """What is told of an event beside its name: separate facts, then what people wrote."""
    t, event = page.t, row["event"]
    parts = []
    if event == "answered":
        parts = [
            each
            for each in (
                t("satisfaction {n} of 5", n=row["csat"]) if known_value(row["csat"]) else "",
                t("NPS rating {n} of 10", n=row["nps"]) if known_value(row["nps"]) else "",
                t("effort rating {n} of 7", n=row["ces"]) if known_value(row["ces"]) else "",
            )
            if each
        ]
    if event == "step" and known_value(row["department"]):
        parts.append(row["department"])
    if event == "step" and known_value(row["accepted"]) and not row["accepted"]:
        parts.append(t("not accepted"))
    if event == "other":
        parts = [t.label("status", row["status"])]
        if known_value(row["category"]):
            parts.append(page.name("category", row["category"]))
    if event in ("answered", "other") and known_value(row["text"]):
        parts.append(row["text"])
    return " · ".join(str(each) for each in parts)
