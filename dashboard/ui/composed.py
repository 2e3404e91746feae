"""Cards that several pages share: a metric over time, a metric by group, what needs attention."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import charts, measures
from dashboard.i18n import Translator
from dashboard.metrics import METRICS, Better, default_target
from dashboard.ui import cards, series, words
from dashboard.ui.context import Page

ATTENTION = ("open_over_30d", "standard_rate", "csat", "complaint_count")
ATTENTION_ROWS = 10


def trend_card(page: Page, metric: str, title: str) -> None:
    """A metric over the twelve months up to the end of the selection, or over all its months."""
    t, entry = page.t, METRICS[metric]
    selection = page.at_least_a_year()
    groups = page.by("month", (metric,), selection)
    data = series.points(page, metric, groups, series.months(page, groups))
    target = default_target(metric, 30) if not entry.yearly else None
    figure = None
    if not data.empty:
        figure = charts.trend(
            data,
            axis=words.axis(t, entry),
            texts={
                "value": t(entry.name),
                "interval": t("95 % interval"),
                "target": t("Target"),
            },
            target=target,
            incomplete=series.incomplete(page, list(data["key"])),
        )
    cards.chart(
        page,
        figure,
        title=title,
        note=t("Hollow: fewer than 30 cases. Dotted: the month has not ended."),
        alt=_first_and_last(page, metric, data, title),
        metric=metric,
        empty=page.reason(entry.population),
        drill=lambda key: page.drill(metric, within=selection, month=key),
        link=page.drill(metric, within=selection),
    )


def ranking_card(
    page: Page,
    metric: str,
    group: str,
    *,
    title: str,
    limit: int | None = None,
    names: Mapping[str, str] | None = None,
    in_order: bool = False,
) -> None:
    """A metric by group with intervals: the furthest behind first, or in the order of ``names``.

    Groups with fewer than 5 cases are left out and counted in the note.
    """
    t, entry = page.t, METRICS[metric]
    groups = page.by(group, (metric,))
    labels = names or {key: page.name(group, key) for key in groups}
    data = series.points(page, metric, groups, labels, suppress=group in ("project", "staff"))
    hidden = len([key for key in labels if metric in groups.get(key, {})]) - len(data)
    if not in_order:
        data = data.sort_values("value", ascending=entry.better is not Better.LOW, kind="stable")
    shown = data.head(limit) if limit else data
    whole = page.total((metric,))[metric]
    figure = None
    if not shown.empty:
        figure = charts.intervals(
            shown.reset_index(drop=True),
            axis=words.axis(t, entry),
            texts={"whole": t("Whole selection"), "target": t("Target")},
            reference=whole.value,
            target=default_target(metric, page.selection.days),
            higher_is_better=entry.better is not Better.LOW,
        )
    cards.chart(
        page,
        figure,
        title=title,
        note=_ranking_note(page, len(shown), len(data), hidden),
        alt=_extremes(page, metric, shown, title),
        metric=metric,
        empty=page.reason(entry.population),
        drill=lambda key: page.drill(metric, **{group: key}),
    )


def attention_card(page: Page) -> None:
    """Projects with complaints open for more than 30 days, the most first."""
    t = page.t
    groups = page.by("project", ATTENTION)
    rows: list[dict[str, Any]] = [
        {
            "project": page.name("project", key),
            "key": key,
            **{
                metric: None if measures.suppressed(measured[metric]) else measured[metric].value
                for metric in ATTENTION
                if metric in measured
            },
        }
        for key, measured in groups.items()
        if "open_over_30d" in measured and measured["open_over_30d"].value
    ]
    title = t("Complaints open for more than 30 days, by project")
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.subheader(title, anchor=False, help=words.definition(t, "open_over_30d"))
        if not rows:
            empty = page.total(("complaint_count",))["complaint_count"].value == 0
            st.info(
                page.reason("record") if empty else t("No complaint is open for that long."),
                icon=":material/info:",
            )
            return
        frame = pd.DataFrame(rows).sort_values("open_over_30d", ascending=False, kind="stable")
        st.caption(
            t(
                "{n} complaints in {projects} projects; choose a row to open them",
                n=t.number(float(frame["open_over_30d"].sum())),
                projects=t.number(len(frame)),
            )
        )
        _attention_table(page, frame.head(ATTENTION_ROWS))


def _attention_table(page: Page, frame: pd.DataFrame) -> None:
    t = page.t
    event = st.dataframe(
        frame[["project", "open_over_30d", "complaint_count", "standard_rate", "csat"]],
        hide_index=True,
        key="attention",
        on_select="rerun",
        selection_mode="single-row",
        alt=t("Projects with complaints open for more than 30 days"),
        column_config={
            "project": st.column_config.TextColumn(t("Project"), width="medium"),
            "open_over_30d": st.column_config.NumberColumn(t("Open > 30 d")),
            "complaint_count": st.column_config.NumberColumn(t("Complaints")),
            "standard_rate": st.column_config.NumberColumn(t("Standards met"), format="%.1f %%"),
            "csat": st.column_config.NumberColumn(t("CSAT"), format="%.1f %%"),
        },
    )
    if chosen := event["selection"]["rows"]:
        key = frame.iloc[chosen[0]]["key"]
        st.switch_page(cards.RECORDS, query_params=page.drill("open_over_30d", "met", project=key))


def _ranking_note(page: Page, shown: int, known: int, hidden: int) -> str:
    t = page.t
    parts = []
    if shown < known:
        parts.append(t("{shown} of {known} shown.", shown=t.number(shown), known=t.number(known)))
    if hidden:
        parts.append(t("{n} left out with fewer than 5 cases.", n=t.number(hidden)))
    parts.append(t("Coloured where the interval excludes the whole selection's value."))
    return " ".join(parts)


def _first_and_last(page: Page, metric: str, data: pd.DataFrame, title: str) -> str:
    if data.empty:
        return title
    t, entry = page.t, METRICS[metric]
    first, last = data.iloc[0], data.iloc[-1]
    return t(
        "{title}: {first} in {start}, {last} in {end}",
        title=title,
        first=words.value(t, entry, first["value"]),
        start=first["label"],
        last=words.value(t, entry, last["value"]),
        end=last["label"],
    )


def _extremes(page: Page, metric: str, data: pd.DataFrame, title: str) -> str:
    if data.empty:
        return title
    t, entry = page.t, METRICS[metric]
    first, last = data.iloc[0], data.iloc[-1]
    return t(
        "{title}: from {first} ({start}) to {last} ({end})",
        title=title,
        first=words.value(t, entry, first["value"]),
        start=first["label"],
        last=words.value(t, entry, last["value"]),
        end=last["label"],
    )


def choice(page: Page, label: str, names: Mapping[str, str]) -> str:
    """A switch between a few codes; the first one until the reader chooses."""
    return str(
        st.segmented_control(
            label,
            list(names),
            default=next(iter(names)),
            required=True,
            key=f"choice-{label}",
            format_func=lambda code: names[code],
        )
    )


def group_names(t: Translator) -> dict[str, str]:
    """What measures can be broken down by → its name."""
    return {
        "region": t("Region"),
        "project": t("Project"),
        "channel": t("Channel"),
        "stage": t("Stage"),
        "segment": t("Customer segment"),
        "tier": t("Delivered tier"),
        "kind": t("Kind"),
        "category": t("Category"),
        "level": t("Response level"),
    }


def quality_note(page: Page, column: str, text: str) -> None:
    """A note on data quality where more than one record in a hundred lacks what a page needs."""
    counts = page.rows("record_gaps").iloc[0]
    if counts["records"] and (share := 100 * counts[column] / counts["records"]) > 1:
        st.caption(f":orange[:material/warning: {text.format(share=page.t.number(share, 1))}]")


def table(
    page: Page,
    data: pd.DataFrame,
    *,
    title: str,
    note: str,
    empty: str,
    drill: Callable[[str], dict[str, Any]],
) -> None:
    """A card with a table; choosing a row opens its records. ``data`` has a hidden column key."""
    with st.container(border=True, gap="xsmall"):
        st.subheader(title, anchor=False)
        if data.empty:
            st.info(empty, icon=":material/info:")
            return
        st.caption(note)
        event = st.dataframe(
            data.drop(columns="key"),
            hide_index=True,
            key=f"table-{title}",
            on_select="rerun",
            selection_mode="single-row",
            alt=title,
        )
        if chosen := event["selection"]["rows"]:
            st.switch_page(cards.RECORDS, query_params=drill(data.iloc[chosen[0]]["key"]))
