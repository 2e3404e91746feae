"""The worklist: what has to be done, the most urgent first."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import ui
from dashboard.i18n import Translator
from dashboard.selection import Selection
from dashboard.ui import Page, frames, listing
from dashboard.ui.state import Period

EVERYTHING = ""
METRICS = {
    "overdue": "on_time_rate",
    "due_soon": "on_time_rate",
    "open_over_30d": "open_over_30d",
    "reopened": "reopen_rate",
    "repeat": "repeat_rate",
    "low_rating": "csat",
    "rectification": "rectified_on_time",
}
"""Queue → the metric that it belongs to."""


def queues(page: Page) -> None:
    """One queue, or all of them, with what is in it and why."""
    t = page.t
    counts = _counts(page)
    queue = _queue(page, counts)
    shown = ui.choice(
        page, "rows", t("Rows"), {"todo": t("Still to do"), "all": t("All that is counted")}
    )
    items, unfinished = counts.get(queue, (0, 0))
    titles = {
        "todo": t("{queue}: {n} to do", queue=_names(t)[queue], n=t.number(unfinished)),
        "all": t("{queue}: {n} counted", queue=_names(t)[queue], n=t.number(items)),
    }
    _outside(page)

    def rows(limit: int, offset: int) -> pd.DataFrame:
        found = page.rows(
            "worklist",
            queue=queue or None,
            unfinished=shown == "todo",
            limit=limit,
            offset=offset,
        )
        return _in_words(page, found)

    listing.listing(
        page,
        rows,
        _columns(t),
        title=titles[shown],
        count=unfinished if shown == "todo" else items,
        empty=t("Nothing to do here in this selection."),
        note=_rules(t)[queue],
        explained=_explained(t, queue),
        metric=METRICS.get(queue, tuple(dict.fromkeys(METRICS.values()))),
        opens="item",
    )


def _counts(page: Page, selection: Selection | None = None) -> dict[str, tuple[int, int]]:
    """Queue → items, and those of them that are unfinished."""
    rows = page.rows("worklist_count", selection)
    counts = zip(rows["items"].tolist(), rows["unfinished"].tolist(), strict=True)
    return dict(zip(rows["queue"].tolist(), counts, strict=True))


def _queue(page: Page, counts: Mapping[str, tuple[int, int]]) -> str:
    """The queue that the reader looks at; it stands in the URL as ``show_queue``."""
    t, names = page.t, _names(page.t)
    key = f"choice-{page.path}-queue"

    def label(queue: str) -> str:
        items, unfinished = counts.get(queue, (0, 0))
        left, of = t.number(unfinished), t.number(items)
        if unfinished == items:
            return t("{queue} · {n}", queue=names[queue], n=of)
        return t("{queue} · {n} of {of}", queue=names[queue], n=left, of=of)

    ui.adopt(page, "queue", key, names, EVERYTHING)
    queue = str(
        st.segmented_control(
            t("Queue"),
            list(names),
            key=key,
            required=True,
            wrap=True,
            format_func=label,
            label_visibility="collapsed",
        )
    )
    ui.keep(page, "queue", queue, EVERYTHING)
    return queue


def _outside(page: Page) -> None:
    """Says how much there is to do outside the period, and leads there."""
    t = page.t
    days = page.rows_of_store("store_period").iloc[0]
    first, last = days["first_day"].date(), days["last_day"].date()
    whole = replace(page.selection, date_from=first, date_to=last)
    here, everything = (
        _counts(page, each).get(EVERYTHING, (0, 0))[1] for each in (page.selection, whole)
    )
    if everything > here:
        history = replace(page, state=replace(page.state, period=Period.EVERYTHING))
        st.caption(
            t.plural(
                "{n} more item to do lies outside the period.",
                "{n} more items to do lie outside the period.",
                everything - here,
            )
        )
        st.page_link(
            "dashboard/pages/worklist.py",
            label=t("Show the whole history"),
            icon=":material/history:",
            query_params=history.link(),
        )


def _in_words(page: Page, found: pd.DataFrame) -> pd.DataFrame:
    """The rows of the query ``worklist`` as the list shows them."""
    t = page.t
    staff, codes = frames.staff_names(page), page.codes("status")
    levels, kinds = page.codes("level"), page.codes("kind")
    age = found["as_of"] - found["started_at"]
    return found.assign(
        table=found["source"],
        key=found["item"],
        reason=[" · ".join(_reason(t, each) for each in reasons) for reasons in found["reasons"]],
        age_days=age.dt.total_seconds() / 86400,
        staff=[staff.get(each, each) for each in found["staff_id"]],
        category=[page.labels["category"].get(each, each) for each in found["category"]],
        kind=[kinds.get(each, each) for each in found["kind"]],
        level=[levels.get(each, each) for each in found["level"]],
        status=[codes.get(each, each) for each in found["status"]],
    )


def _reason(t: Translator, reason: Mapping[str, Any]) -> str:
    """Why an item is in a queue, as one phrase."""
    queue, hours, number = reason["queue"], reason["hours"], reason["number"]
    if queue == "reopened":
        return t.plural("Reopened once", "Reopened {n} times", int(number))
    if queue == "repeat":
        return t("Raised again within 30 days of being resolved")
    time = t.hours(abs(hours))
    if queue == "low_rating":
        waiting = t("Rated {n} of 5, nobody called back for {time}", n=number, time=time)
        late = t("Rated {n} of 5, called back after {time}", n=number, time=time)
        return waiting if reason["unfinished"] else late
    if queue == "rectification":
        waiting = t("Not rectified, {time} past its date", time=time)
        return waiting if reason["unfinished"] else t("Rectified {time} late", time=time)
    return {
        "overdue": t("Overdue by {time}", time=time),
        "due_soon": t("Due in {time}", time=time),
        "open_over_30d": t("Open for {time}", time=time),
    }[queue]


def _names(t: Translator) -> dict[str, str]:
    """Queue → its name, all of them first, then the most urgent."""
    return {
        EVERYTHING: t("All queues"),
        "overdue": t("Overdue"),
        "due_soon": t("Due within 24 h"),
        "open_over_30d": t("Open over 30 days"),
        "reopened": t("Reopened records"),
        "repeat": t("Complained about again"),
        "low_rating": t("Low rating, no call back"),
        "rectification": t("Rectification due"),
    }


def _rules(t: Translator) -> dict[str, str]:
    """Queue → what puts an item into it and what takes it out."""
    return {
        EVERYTHING: t(
            "The most urgent first: what is unfinished, in the order of the queues, the longest "
            "delay on top. An item in several queues is listed once."
        ),
        "overdue": t("Open records whose promised time has passed, the longest overdue first."),
        "due_soon": t("Open records whose promised time comes within 24 hours, the nearest first."),
        "open_over_30d": t("Complaints open for more than 30 days, the oldest first."),
        "reopened": t(
            "Records reopened at least once; done once they are closed. Those resolved are what "
            "the reopened rate counts; the ones open again come on top of it."
        ),
        "repeat": t(
            "Complaints that the same customer raised again within 30 days of their resolution; "
            "done once they are closed."
        ),
        "low_rating": t(
            "Answers with satisfaction 1 or 2 that nobody followed up within 48 hours, by a "
            "follow-up of the customer or feedback on the record; done once somebody has."
        ),
        "rectification": t(
            "Findings of inspections whose date has come and that were not rectified by then; "
            "done once they are rectified."
        ),
    }


def _explained(t: Translator, queue: str) -> str:
    """What an export says of the queue; of all of them together, what each is."""
    names, rules = _names(t), _rules(t)
    told = [queue] if queue else list(names)
    return "\n".join(t("{queue}: {rule}", queue=names[each], rule=rules[each]) for each in told)


def _columns(t: Translator) -> dict[str, str]:
    """Column of the list → its title, in order."""
    return {
        "item": t("Record"),
        "reason": t("Reason"),
        "age_days": t("Age (days)"),
        "staff": t("Responsible"),
        "project_name": t("Project"),
        "title": t("Title"),
        "kind": t("Kind"),
        "category": t("Category"),
        "level": t("Response level"),
        "status": t("Status"),
        "customer_id": t("Customer"),
        "started_at": t("Created"),
    }
