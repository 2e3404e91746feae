"""Panels of one project: how it stands among its peers, its first weeks, its people and cases."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import charts, definitions, measures, ui
from dashboard.metrics import METRICS
from dashboard.panels import profile, where
from dashboard.panels.projects import METRICS_SHOWN
from dashboard.ui import Page, words

FIRST_DAYS = 100
STAFF_METRICS = ("record_count", "standard_rate", "csat")


def header(page: Page) -> Page:
    """Which project it is, what is known of it, and its records.

    Gives the page whose cards are about the project.
    """
    t, facts = page.t, profile.facts(page)
    known = [
        facts["region"],
        facts["city"],
        t.plural("{n} household", "{n} households", int(facts["households"]))
        if facts["households"] is not None
        else None,
        t("handed over {day}", day=t.day(facts["handed_over_on"]))
        if facts["handed_over_on"] is not None
        else t("handover date not known"),
    ]
    name = page.name("project", page.shown("project"))
    st.subheader(ui.plain(name), anchor=False)
    st.caption(ui.plain(" · ".join(each for each in known if each)))
    records = page.total(("record_count",), profile.alone(page))["record_count"].n
    if records:
        st.page_link(
            ui.RECORDS,
            label=t.plural("Open {n} record", "Open {n} records", records),
            icon=":material/list:",
            query_params=page.drill("record_count", project=page.shown("project")),
        )
    return replace(page, subject=t("{filter}: {values}", filter=t("Project"), values=name))


def among_peers(page: Page) -> None:
    """Where the project stands in every headline metric: its rank band among all projects."""
    t = page.t
    data = pd.DataFrame(
        [row for row in (profile.standing(page, each) for each in METRICS_SHOWN) if row]
    )
    ui.chart(
        page,
        charts.rank_bands(data, ends=(t("last"), t("first"))) if len(data) else None,
        title=t("Where it stands among the projects"),
        note=t(
            "Band: ranks that cannot be told apart. Colour: against the target. Hollow: fewer than "
            "30 cases."
        ),
        alt=t("Rank band of the project among all projects in each metric"),
        metric=tuple(data["key"]) if len(data) else None,
        empty=t("The project has fewer than 5 cases in every metric."),
        drill=lambda key: page.drill(key, project=page.shown("project")),
        data=data,
        columns={
            "label": t("Metric"),
            "value": t("Value"),
            "plain": t("Rank"),
            "best": t("Rank, best"),
            "worst": t("Rank, worst"),
            "of": t("Of"),
            "n": t("n"),
        },
    )


def figures(page: Page) -> None:
    """Every headline metric of the project beside its peers' median and its target."""
    t, project = page.t, page.shown("project")
    every, bounds = where.among_all(page), page.bounds(*METRICS_SHOWN).get(project, {})
    rows = []
    for metric in METRICS_SHOWN:
        groups, entry = where.counted(every, metric), METRICS[metric]
        own, target = groups.get(project), bounds.get(metric)
        if own is None:
            continue
        hidden, others = measures.suppressed(own), profile.others_median(groups, project)
        rows.append(
            {
                "key": metric,
                t("Metric"): t(entry.name),
                t("Value"): t("n<5") if hidden else words.value(t, entry, own.value),
                t("Median of the others"): words.value(t, entry, others),
                t("Target"): definitions.bound(t, entry, target) if target is not None else "",
                t("Status"): "" if hidden else where.judged(page, own, target),
                t("95 % interval"): "" if hidden else profile.interval(page, own),
                t("n"): own.n,
            }
        )
    right = st.column_config.TextColumn(alignment="right")
    ui.table(
        page,
        pd.DataFrame(rows),
        title=t("Its figures beside the other projects'"),
        note=t("Choose a row to open the rows behind the figure."),
        metric=METRICS_SHOWN,
        empty=t("The project has no case in the selection."),
        drill=lambda key: page.drill(key, project=project),
        columns={
            t("Value"): right,
            t("95 % interval"): right,
            t("n"): ui.whole_number(),
            t("Median of the others"): right,
            t("Target"): right,
        },
    )


def first_weeks(page: Page) -> None:
    """Complaints in the first hundred days after handover, beside the average project's."""
    t, project = page.t, page.shown("project")
    data, per_household = profile.weeks(page, project)
    axis = t("Complaints per week and 100 households") if per_household else t("Complaints")
    focus = page.total(("focus_share",), profile.alone(page))["focus_share"]
    note = t("Week by week, whatever the period. A pale week is not over.")
    if len(data) and data["length"].iloc[-1] < 7:
        number, length = data[["number", "length"]].iloc[-1]
        note = t.text(note, t("Week {week} has {days} days.", week=number, days=length))
    if focus.value is not None and not measures.suppressed(focus):
        share = t(
            "In the selection {share} of the complaints with a known handover fell into the first "
            "100 days.",
            share=words.value(t, METRICS["focus_share"], focus.value),
        )
        note = t.text(note, share)
    ui.chart(
        page,
        charts.weeks(
            data,
            axes=(t("Week after handover"), axis),
            texts={"value": t("This project"), "average": t("Average of the other projects")},
        )
        if len(data)
        else None,
        title=t("The first 100 days after handover"),
        note=note,
        alt=t("Complaints per week after handover, beside the average of the other projects"),
        metric="focus_share",
        empty=_no_weeks(page),
        link=_first_days(page, project),
        data=data,
        columns={
            "number": t("Week after handover"),
            "complaints": t("Complaints"),
            "value": axis,
            "average": t("Average of the other projects"),
        },
    )


def _first_days(page: Page, project: str) -> dict[str, Any] | None:
    """The complaints behind the weeks: of the project's own handover, whatever else is selected."""
    handover = profile.facts(page)["handed_over_on"]
    if handover is None:
        return None
    first = handover.date()
    last = first + timedelta(days=FIRST_DAYS)
    return {
        "lang": page.t.language,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "project": project,
        "metric": "complaint_count",
    }


def by_category(page: Page) -> None:
    """The project's complaints by category, against what its total would lead one to expect."""
    t, project = page.t, page.shown("project")
    data = profile.categories(page, project)
    ui.chart(
        page,
        charts.expected(data, axis=t("Complaints"), texts={"expected": t("Number to be expected")})
        if len(data)
        else None,
        title=t("What it is complained about, against expectation"),
        note=t(
            "Expected: its complaints in the shares of all projects. Coloured where the difference "
            "is more than chance (residual beyond ±3)."
        ),
        alt=t("Complaints of the project by category, with the number to be expected"),
        metric="complaint_count",
        empty=t("The project has no complaint in the selection."),
        drill=lambda key: page.drill("complaint_count", project=project, category=key),
        data=data,
        columns={
            "label": t("Category"),
            "count": t("Complaints"),
            "expected": t("Number to be expected"),
            "residual": t("Residual"),
        },
    )


def staff(page: Page) -> None:
    """Who handles the project's cases, with n and interval."""
    t = page.t
    forms = {t("Records"): ui.whole_number()}
    for metric in STAFF_METRICS[1:]:
        forms[words.axis(t, METRICS[metric])] = ui.decimal(METRICS[metric].decimals)
    ui.table(
        page,
        profile.staff(page, STAFF_METRICS),
        title=t("Who handles its cases"),
        note=t(
            "Of this project alone. “n<5”: too few cases to judge anybody by. Choose a row to open "
            "the records."
        ),
        metric=STAFF_METRICS[1:],
        empty=t("No record of the project names a member of staff."),
        drill=lambda key: page.drill("record_count", project=page.shown("project"), staff=key),
        columns=forms,
    )


def open_cases(page: Page) -> None:
    """The project's open cases by age."""
    t, project = page.t, page.shown("project")
    counts = page.total(("age_bucket",), profile.alone(page))["age_bucket"].parts
    names = {
        "0-3": t("0–3 days"),
        "3-7": t("3–7 days"),
        "7-30": t("7–30 days"),
        ">30": t("30 days and more"),
    }
    data = pd.DataFrame(
        [(name, key, int(counts.get(key, 0))) for key, name in names.items()],
        columns=["label", "key", "count"],
    )
    data["hover"] = [
        t("{label}: {count}", label=label, count=t.number(count))
        for label, count in zip(data["label"], data["count"], strict=True)
    ]
    total = int(data["count"].sum())
    ui.chart(
        page,
        charts.bars(data, axis=t("Open cases")) if total else None,
        title=t("Its open cases by age"),
        note=t.plural(
            "{n} open case at the as-of time.", "{n} open cases at the as-of time.", total
        ),
        alt=t("Open cases of the project by age"),
        metric="age_bucket",
        empty=t("No case of the project is open."),
        drill=lambda key: page.drill("age_bucket", key, project=project),
        link=page.drill("age_bucket", project=project),
        data=data,
        columns={"label": t("Age"), "count": t("Open cases")},
    )


def _no_weeks(page: Page) -> str:
    t = page.t
    if profile.facts(page)["handed_over_on"] is None:
        return t("The handover date of the project is not known.")
    return t("The project was handed over before records were kept.")
