"""What changed, and is it real? What stands out? Sentences by rule, each with its evidence."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import charts
from dashboard.findings import Finding, Kind, Report, Verdict, words
from dashboard.metrics import METRICS, Unit
from dashboard.metrics.standards import MEASURED
from dashboard.ui import RECORDS, Page, cards, data, month_bounds, plain
from dashboard.ui.state import LIST_FILTERS
from dashboard.ui.words import together

_MARKS = {
    Verdict.BETTER: (":material/check_circle:", "green"),
    Verdict.WORSE: (":material/error:", "red"),
    Verdict.NEUTRAL: (":material/info:", "gray"),
}
_POOLED = "standard_rate"
"""Of all standards together: no choice has it."""
_PAGES = {
    "satisfaction": ("nps", "csat", "ces", "response_rate", "churn_rate"),
    "tiers": ("tier_attainment",),
    "standards": (_POOLED, *MEASURED),
    "projects": ("reopen_rate", "resolved_within_30d"),
}
_OTHERS = "complaints"
_CHOICES = {
    "satisfaction": ("trend", "measure"),
    "standards": ("standard",),
    "projects": ("metric",),
}
"""Page → its choices of a metric, which show the finding's."""


def what_changed(page: Page) -> None:
    """What differs from the comparison period, or left its usual range, by more than chance."""
    t, report = page.t, _report(page)
    said_below = not report.changes and report.covered
    _card(
        page,
        report.changes,
        title=t("What changed, and is it real?"),
        note="" if said_below else words.examined(t, report),
        empty=words.nothing(t, report),
    )


def stands_out(page: Page) -> None:
    """What lies far from the rest of the selection, in the same period."""
    t, report = page.t, _report(page)
    n = report.examined.get("standing", 0)
    _card(
        page,
        report.standing,
        title=t("What stands out?"),
        note=t("Differences within the period, not changes: {n} examined.", n=t.number(n)),
        empty=t("Nothing stands out beyond what groups usually differ by."),
    )


def _report(page: Page) -> Report:
    return data.findings(page.info.version, page.scope, page.selection, page.compared)


def _card(page: Page, found: Sequence[Finding], *, title: str, note: str, empty: str) -> None:
    t = page.t
    metrics = tuple(dict.fromkeys(each.metric for each in found))
    rows = pd.DataFrame(
        [(words.title(t, each, page.name), words.evidence(t, each, page.name)) for each in found],
        columns=["finding", "evidence"],
    )
    columns = {"finding": t("What was found"), "evidence": t("Evidence")}
    with cards.card(page):
        cards.heading(page, title, metrics, rows, columns, figure=False, note=note)
        if note:
            st.caption(plain(note))
        if not found:
            st.info(empty, icon=":material/info:")
            return
        with st.container(gap="medium"):
            for each, told in zip(found, rows.itertuples(index=False), strict=True):
                with st.container(gap="xxsmall"):
                    _told(page, each, str(told.finding), str(told.evidence))


def _told(page: Page, finding: Finding, title: str, evidence: str) -> None:
    """One finding: its sentence, what it rests on, its months, and where it leads."""
    t = page.t
    icon, colour = _MARKS[finding.verdict]
    st.markdown(f":{colour}[{icon}] **{plain(together(title))}**")
    st.caption(f"{_verdict(page, finding)} · {plain(together(evidence))}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _months(page, finding)
        where = {name: key for name, key in finding.where if name in LIST_FILTERS}
        closer = _page_of(finding.metric)
        choices = () if finding.metric == _POOLED else _CHOICES.get(closer, ())
        chosen = {f"show_{each}": finding.metric for each in choices}
        st.page_link(
            f"dashboard/pages/{closer}.py",
            label=t("Look closer"),
            icon=":material/arrow_forward:",
            query_params=page.link(**where, **chosen),
        )
        st.page_link(
            RECORDS,
            label=t.title("Records"),
            icon=":material/list:",
            help=t("Rows behind it"),
            query_params=page.drill(finding.metric, within=finding.rows, **dict(finding.where)),
        )


def _verdict(page: Page, finding: Finding) -> str:
    t = page.t
    if finding.kind in (Kind.CONTRAST, Kind.CLUSTER):
        return {
            Verdict.BETTER: t("Better than elsewhere"),
            Verdict.WORSE: t("Worse than elsewhere"),
            Verdict.NEUTRAL: t("Neither good nor bad in itself"),
        }[finding.verdict]
    return {
        Verdict.BETTER: t("Better"),
        Verdict.WORSE: t("Worse"),
        Verdict.NEUTRAL: t("Neither good nor bad in itself"),
    }[finding.verdict]


def _months(page: Page, finding: Finding) -> None:
    """A small line of the metric's months up to the end of the selection."""
    begin = page.compared.date_from if page.compared else page.at_least_a_year().date_from
    around = replace(finding.rows, date_from=begin, date_to=page.selection.date_to)
    months = data.by_month(page.info.version, page.scope, around, finding.metric)
    counted = METRICS[finding.metric].unit is Unit.COUNT
    whole = [
        each
        for month, each in months.items()
        if not counted or _inside(month, begin.isoformat(), page.selection.date_to.isoformat())
    ]
    known = [each.value for each in whole if each.value is not None]
    if len(known) > 2:
        st.image(charts.spark(known), width=120, alt=page.t("Trend by month"))


def _inside(month: str, begin: str, end: str) -> bool:
    first, last = month_bounds(month)
    return begin <= first.isoformat() and last.isoformat() <= end


def _page_of(metric: str) -> str:
    return next((page for page, those in _PAGES.items() if metric in those), _OTHERS)
