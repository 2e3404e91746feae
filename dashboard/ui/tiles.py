"""Tiles: headline metrics, each with what it rests on, its target and its change."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard import charts, definitions, measures
from dashboard.measures import Measure, Status
from dashboard.metrics import METRICS, Better, Statistic
from dashboard.targets import Origin
from dashboard.ui import words
from dashboard.ui.cards import RECORDS
from dashboard.ui.context import Page
from dashboard.ui.layout import waiting
from dashboard.ui.reporting import reported

_HEIGHT = 260  # of what stands there until they are measured
_STATUS = {
    Status.MET: (":material/check_circle:", "green"),
    Status.NEAR: (":material/adjust:", "orange"),
    Status.MISSED: (":material/cancel:", "red"),
}


def tiles(page: Page, metrics: Sequence[str], columns: int = 4) -> None:
    """A row of headline metrics: value, change, target, n, interval, trend and drill-through.

    Like a panel it runs by itself, beside the others.
    """
    _tiles(page, metrics, columns)


@st.fragment(parallel=True)
def _tiles(page: Page, metrics: Sequence[str], columns: int) -> None:
    with reported(page.t), waiting(page, "tiles", _HEIGHT):
        _draw_tiles(page, metrics, columns)


def _draw_tiles(page: Page, metrics: Sequence[str], columns: int) -> None:
    now = page.total(metrics)
    before = page.total(metrics, page.compared) if page.compared else {}
    months = page.by("month", metrics, page.trailing_year())
    with st.grid(columns, gap="small", min_column_width=160):
        for metric in metrics:
            series = [group[metric].value for group in months.values() if metric in group]
            with st.container(border=True, height="stretch", gap="xsmall"):
                _tile(page, now[metric], before.get(metric), series)


def _tile(
    page: Page, measure: Measure, before: Measure | None, series: Sequence[float | None]
) -> None:
    t, metric = page.t, METRICS[measure.metric]
    change, verdict = _change(page, measure, before)
    st.caption(t(metric.name), help=words.definition(t, measure.metric))
    st.metric(
        t(metric.name),
        words.value(t, metric, measure.value),
        label_visibility="collapsed",
        **change,
    )
    if measure.value is None:
        st.caption(page.reason(measure.metric))
        return
    known = [value for value in series if value is not None]
    if len(known) > 2:
        st.image(charts.spark(known), width="content", alt=t("Trend of the last twelve months"))
    judged, origin = _target(page, measure)
    if judged:
        st.markdown(judged)
    if notes := [each for each in (origin, verdict, _basis(page, measure)) if each]:
        st.caption(words.together(" · ".join(notes)))
    st.page_link(
        RECORDS,
        label=_n_label(page, measure),
        icon=":material/list:",
        help=t("Open the rows behind this figure"),
        query_params=page.drill(measure.metric),
    )


def _basis(page: Page, measure: Measure) -> str:
    """What the figure rests on: its interval, or the households that it is related to."""
    t, metric = page.t, METRICS[measure.metric]
    if metric.statistic is Statistic.HOUSEHOLD_RATE:
        return t("{n} households", n=t.number(measure.n))
    if metric.statistic is Statistic.PART:
        return t("{x} of {n}", x=t.number(measure.value), n=t.number(measure.n))
    return words.interval(t, metric, measure)


def _n_label(page: Page, measure: Measure) -> str:
    t = page.t
    relative = METRICS[measure.metric].statistic is Statistic.HOUSEHOLD_RATE
    rows = measure.parts.get("x", 0) if relative else measure.n
    count = t("n = {n}", n=t.number(rows))
    return t("{n}, small sample", n=count) if measures.small(measure) else count


def _change(page: Page, measure: Measure, before: Measure | None) -> tuple[dict[str, Any], str]:
    """The change as ``st.metric`` takes it, coloured where it is more than chance; a verdict."""
    t, metric = page.t, METRICS[measure.metric]
    # What is open now cannot be compared: older cases had longer to be resolved.
    now_only = metric.statistic is Statistic.PART
    if before is None or measure.value is None or now_only:
        return {}, ""
    difference = measures.change(measure.metric, before, measure)
    if difference.delta is None:
        return {}, ""
    better = (difference.delta > 0) == (metric.better is Better.HIGH)
    verdicts = {None: "", False: t("change within chance"), True: t("significant change")}
    colour = "gray"
    if difference.significant and metric.better is not Better.NONE:
        colour = "green" if better else "red"
    delta = words.change(t, metric, difference)
    nothing = delta.startswith("±")
    arrow = "off" if nothing else "up" if difference.delta > 0 else "down"
    shown = {"delta": delta, "delta_color": colour, "delta_arrow": arrow}
    return shown, verdicts[difference.significant]


def _target(page: Page, measure: Measure) -> tuple[str, str]:
    """The measure against its target, and whose target it is; empty without one."""
    t, metric = page.t, METRICS[measure.metric]
    target = page.target(measure.metric)
    if target is None:
        return "", "" if metric.better is Better.NONE else t("no target set")
    wanted = definitions.bound(t, metric, target.value)
    status = measures.status(measure, target.value)
    icon, colour = _STATUS[status]
    judged = {
        Status.MET: t("On target, {wanted}", wanted=wanted),
        Status.NEAR: t("Near target, {wanted}", wanted=wanted),
        Status.MISSED: t("Target missed, {wanted}", wanted=wanted),
    }[status]
    origins = {
        Origin.PROJECT: t("target of the project"),
        Origin.REGION: t("target of the region"),
        Origin.COMPANY: t("target of the company"),
        Origin.DEFAULT: t("default target"),
    }
    return f":{colour}[{icon} {judged}]", origins[target.origin]
