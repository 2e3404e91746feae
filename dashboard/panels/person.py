"""Panels of one member of staff: the scorecard, what it is made of, and how it changed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import charts, ui
from dashboard.metrics import METRICS
from dashboard.panels import person_facts as facts
from dashboard.ui import Page, frames, scores, series, words

TRENDS = ("csat", "standard_rate")
RECENT = 10
OTHERS = 400


def selector(page: Page) -> str:
    """Whose scorecard is shown: '' for everybody's, else a staff id."""
    t, key = page.t, f"choice-{page.path}-person"
    names = {"": t("Everybody"), **frames.staff_names(page)}
    ui.adopt(page, "person", key, names, "")
    shown = st.selectbox(
        t("Scorecard of"), list(names), key=key, format_func=names.__getitem__, width=320
    )
    ui.keep(page, "person", str(shown), "")
    return str(shown)


def header(page: Page) -> Page:
    """Who the person is, the score with its rank band, and the perspectives.

    Gives the page whose cards are about the person.
    """
    t, person = page.t, facts.person(page)
    st.subheader(ui.plain(facts.title(page, person)), anchor=False)
    st.caption(ui.plain(" · ".join(facts.who(page, person))))
    card = person.card
    with st.grid(6, gap="small", min_column_width=150):
        with st.container(border=True, height="stretch", gap="xsmall"):
            st.metric(
                t("Scorecard"), t.number(card.score, 1), help=words.definition(t, "scorecard")
            )
            st.caption(facts.interval(page.t, person.card))
            st.caption(scores.standing(t, card))
        for code, label in page.codes("perspective").items():
            with st.container(border=True, height="stretch", gap="xsmall"):
                st.metric(label, t.number(card.perspectives.get(code), 1))
                st.caption(facts.weight(page, code))
        with st.container(border=True, height="stretch", gap="xsmall"):
            value = scores.review_value(person.review)
            st.metric(t("360° review"), t.number(value, 1), help=words.definition(t, "review_360"))
            st.caption(facts.missing_raters(page, person))
    with st.container(horizontal=True):
        st.page_link(
            ui.RECORDS,
            label=t.plural("Open {n} record", "Open {n} records", person.records),
            icon=":material/list:",
            query_params=page.drill("record_count", staff=person.staff_id),
        )
        st.caption(t("Print this page (Ctrl+P or ⌘P) for the scorecard on one sheet of A4."))
    name = facts.title(page, person)
    return replace(page, subject=t("{filter}: {values}", filter=t("Staff"), values=name))


def among_all(page: Page) -> None:
    """The person's score among everybody's."""
    t, person, names = page.t, facts.person(page), frames.staff_names(page)
    data = _ranked(page, names)
    step = max(1, -(-len(data) // OTHERS))
    drawn = data[(data["place"] % step == 0) | (data["key"] == person.staff_id)]
    figure = None
    if person.card.score is not None:
        figure = charts.standing(
            drawn,
            chosen=person.staff_id,
            axis=t("Scorecard (0 to 100)"),
            texts={
                "chosen": names.get(person.staff_id, person.staff_id),
                "others": t("All others"),
                "target": t("Target"),
            },
            target=page.scheme.target,
        )
    ui.chart(
        page,
        figure,
        title=t("How sure is the score, among all others?"),
        note=t.text(
            t("A line is a person with the 95 % interval. Lines that overlap are no order."),
            frames.left_out(page, t("Name"), len(drawn), len(data)),
        ),
        alt=scores.standing(t, person.card),
        metric="scorecard",
        empty=t("Too few cases for a scorecard."),
        data=data,
        columns=series.columns(page, t("Name"), t("Scorecard")) | {"n": t("Records")},
    )


def points(page: Page) -> None:
    """How many points each indicator gives."""
    t, person = page.t, facts.person(page)
    rows = []
    for name in page.scheme.goals:
        each = person.card.indicators[name]
        if each.score is None:
            continue
        label = scores.plain_name(t, name)
        got, possible = each.weight * each.score, 100 * each.weight
        told = t(
            "{label}: {got} of {possible} points (n = {n})",
            label=label,
            got=t.number(got, 1),
            possible=t.number(possible, 1),
            n=t.number(each.n),
        )
        rows.append((label, got, possible, told))
    data = pd.DataFrame(rows, columns=["label", "got", "possible", "hover"])
    figure = None
    if len(data):
        figure = charts.points(
            data,
            axis=t("Points of 100"),
            texts={"got": t("Reached"), "possible": t("Could be reached")},
        )
    ui.chart(
        page,
        figure,
        title=t("Where the points come from"),
        note=facts.missing_indicators(page, person),
        alt=t("Points of each indicator, of those it could give"),
        metric="scorecard",
        empty=t("Too few cases for a scorecard."),
        data=data,
        columns={"label": t("Indicator"), "got": t("Reached"), "possible": t("Could be reached")},
    )


def indicators(page: Page) -> None:
    """Every indicator: raw value, n, estimate, floor and goal, weight and points."""
    t, person = page.t, facts.person(page)
    data = facts.indicator_table(page, person)
    numbers = [
        *(t("Raw value"), t("Estimate"), t("Score"), t("Agreed weight (%)")),
        *(t("Weight (%)"), t("Points")),
    ]
    ui.table(
        page,
        data,
        title=t("Indicators: what was measured, and what it counts"),
        note=t(
            "The estimate is the raw value drawn towards the share of everybody, the more so the "
            "fewer the cases. Points add up to the score."
        ),
        empty="",
        metric="scorecard",
        columns={each: ui.decimal(2 if each in numbers[:2] else 1) for each in numbers}
        | {t("n"): ui.whole_number()},
    )


def trend(page: Page) -> None:
    """An indicator of the person by quarter or by month."""
    t, person = page.t, facts.person(page)
    names = {each: t(METRICS[each].name) for each in TRENDS}
    with ui.side_by_side():
        metric = ui.choice(page, "indicator", t("Indicator"), names)
        grain = ui.choice(page, "grain", t("By"), {"quarter": t("Quarter"), "month": t("Month")})
    spans = facts.spans(page, grain)
    data = facts.trend_points(page, person, metric, grain)
    entry = METRICS[metric]
    figure = None
    if len(data):
        figure = charts.trend(
            data,
            axis=words.axis(t, entry),
            texts={
                "value": t(entry.name),
                "interval": t("95 % interval"),
                "target": t("Target"),
            },
            target=page.bound(metric),
            incomplete=facts.unfinished(page, grain, spans[str(data["key"].iloc[-1])]),
        )
        if grain == "month":
            charts.ticked(figure, series.time_ticks(page, data["key"]))
    ui.chart(
        page,
        figure,
        title=t("How it changed: {metric}", metric=t(entry.name)),
        note=t("Periods with fewer than 5 cases are left out. Hollow: fewer than 30 cases."),
        alt=t("{name} of the person over time", name=t(entry.name)),
        metric=metric,
        empty=t("No period has 5 cases."),
        drill=lambda key: page.drill(metric, within=spans[key], staff=person.staff_id),
        data=data,
        columns=series.columns(page, t("Period"), words.axis(t, entry)),
    )


def raters(page: Page) -> None:
    """The 360° review by group of raters."""
    t, person = page.t, facts.person(page)
    ui.table(
        page,
        facts.rater_table(page, person),
        title=t("360° review, by who rated"),
        note=t.text(
            t("A group of fewer than 3 is not shown alone, the manager excepted."),
            facts.missing_raters(page, person),
        ),
        empty=t("Nobody has rated this person in the selection."),
        metric="review_360",
        columns={
            t("Score"): ui.decimal(1),
            t("Ratings"): st.column_config.TextColumn(alignment="right"),
            t("Weight (%)"): ui.decimal(0),
        },
    )


def further(page: Page) -> None:
    """Case mix, training and volume."""
    t, person = page.t, facts.person(page)
    ui.table(
        page,
        facts.further_table(page, person),
        title=t("Case mix, training and volume"),
        note=t("Choose a row to open what was counted."),
        empty="",
        metric=("csat_oe", "training_pass_rate"),
        drill=lambda key: _counted(page, key, person.staff_id),
    )


def latest(page: Page) -> None:
    """The person's latest records."""
    t, person = page.t, facts.person(page)
    rows = page.rows(
        "record_drill",
        replace(page.selection, staff=(person.staff_id,)),
        metric="record_count",
        part="counted",
        limit=RECENT,
        offset=0,
    )
    names = words.column_names(t)
    columns = ["record_id", "project_name", "kind", "category", "level", "status"]
    told = rows.assign(
        kind=[t.label("kind", each) for each in rows["kind"]],
        level=rows["level"].map(page.codes("level")),
        status=[t.label("status", each) for each in rows["status"]],
        category=[page.labels["category"].get(each, each) for each in rows["category"]],
        key=rows["record_id"],
    )[["key", *columns, "created_at", "resolved_at"]].rename(columns=names)
    ui.table(
        page,
        told,
        title=t("Latest records"),
        note=t.text(
            t("{shown} of {known} shown.", shown=len(told), known=t.number(person.records)),
            t("Choose a row to open it."),
        ),
        empty=t("No record of the selection names this person."),
        drill=lambda key: page.link(show_record=key),
        columns={names["created_at"]: ui.moment(), names["resolved_at"]: ui.moment()},
    )


def _ranked(page: Page, names: Mapping[str, str]) -> pd.DataFrame:
    """Everybody with a scorecard, the best first, as ``charts.standing`` asks."""
    ranked = [each for each in page.people().values() if each.card.score is not None]
    ranked.sort(key=lambda each: (-(each.card.score or 0), each.staff_id))
    rows = [
        (
            *(each.staff_id, names.get(each.staff_id, each.staff_id), place),
            *(each.card.score, each.card.low, each.card.high, each.records),
            scores.hover(page.t, names.get(each.staff_id, each.staff_id), each.card, each.records),
        )
        for place, each in enumerate(ranked, 1)
    ]
    columns = ["key", "label", "place", "value", "low", "high", "n", "hover"]
    return pd.DataFrame(rows, columns=columns)


def _counted(page: Page, metric: str, staff_id: str) -> dict[str, Any]:
    """URL parameters of what a row counted; the case mix knows only surveys with a record."""
    with_record = {"in_kind": list(page.codes("kind"))}
    narrowed = metric == "csat" and not page.selection.kinds
    return page.drill(metric, staff=staff_id) | (with_record if narrowed else {})
