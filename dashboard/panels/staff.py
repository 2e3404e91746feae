"""Panels of staff: scorecards of everybody and of teams, each with its uncertainty."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import charts, ui
from dashboard.people import Person, Pool
from dashboard.scorecard import Card
from dashboard.ui import Page, frames, scores
from dashboard.ui.reporting import LOADING

HEADLINE = ("standard_rate", "csat", "training_coverage", "training_pass_rate")
SHOWN = 20
STAFF = "dashboard/pages/staff.py"
PICKS = ("team", "grade", "position")


def filters(page: Page) -> None:
    """Who is listed: by team, grade and position. The comparison group stays everybody."""
    staff = page.rows_of_store("staff_names")
    for column, (name, label) in zip(st.columns(len(PICKS)), _labels(page).items(), strict=True):
        known = sorted(set(staff[name].astype(object).where(staff[name].notna(), "")))
        with column:
            ui.picks(page, name, label, {key: _pick(page, name, key) for key in known})


def _labels(page: Page) -> dict[str, str]:
    t = page.t
    return dict(zip(PICKS, (t("Team"), t("Staff grade"), t("Position")), strict=True))


def _pick(page: Page, name: str, key: str) -> str:
    """One of what can be picked, in words."""
    return page.t.label("grade", key) if name == "grade" else key or page.t("Not given")


def _told(page: Page) -> Page:
    """The page with what is picked as its subject."""
    t = page.t
    told = [
        t(
            "{filter}: {values}",
            filter=label,
            values=t.enumeration(_pick(page, name, each) for each in chosen),
        )
        for name, label in _labels(page).items()
        if (chosen := ui.picked(name))
    ]
    return replace(page, subject=" · ".join(told))


def ranking(page: Page) -> None:
    """Scorecards of those listed with their intervals, the lowest or the highest first."""
    t = page.t
    end = ui.choice(
        page, "end", t("Which scores"), {"lowest": t("Lowest first"), "highest": t("Highest first")}
    )
    listed = _listed(page)
    names = frames.staff_names(page)
    data = _scores(page, {key: each.card for key, each in listed.items()}, names, _sizes(listed))
    data = data.sort_values(["value", "key"], ascending=[end == "lowest", True], kind="stable")
    shown = data.head(SHOWN).reset_index(drop=True)
    ui.chart(
        _told(page),
        _intervals(page, shown) if len(shown) else None,
        title=t("Who stands out from chance?"),
        note=t(
            "{shown} of {known} people. Coloured where the 95 % interval excludes the score of all "
            "cases together; all others cannot be told from it. Hollow: fewer than 30 records.",
            shown=t.number(len(shown)),
            known=t.number(len(data)),
        ),
        alt=t("Scorecards of people with their 95 % intervals"),
        metric="scorecard",
        empty=t("Nobody who is listed has enough cases for a scorecard."),
        drill=lambda key: page.link(show_person=key),
        opens=STAFF,
        data=data,
        columns=_columns(page, t("Name")),
    )


def teams(page: Page) -> None:
    """Scorecards of teams: of all cases of their people together."""
    t, pools = page.t, page.pooled("team")
    data = _scores(
        page,
        {key: each.card for key, each in pools.items()},
        {key: key or t("Not given") for key in pools},
        _sizes(pools),
    ).sort_values(["value", "key"], ascending=[False, True], kind="stable")
    shown = data.head(2 * SHOWN).reset_index(drop=True)
    ui.chart(
        page,
        _intervals(page, shown) if len(shown) else None,
        title=t("Which teams stand out?"),
        note=t.text(
            t("All cases of a team together, weighed as those of one person."),
            frames.left_out(page, t("Team"), 2 * SHOWN, len(data)),
        ),
        alt=t("Scorecards of teams with their 95 % intervals"),
        metric="scorecard",
        empty=t("No team has enough cases for a scorecard."),
        drill=lambda key: page.drill("record_count", team=key),
        data=data,
        columns=_columns(page, t("Team")),
    )


def everybody(page: Page) -> None:
    """One row per person who is listed."""
    t, whole = page.t, ui.decimal(1)
    ui.table(
        _told(page),
        _table(page, _listed(page)),
        title=t("Everybody, with the number of cases behind each figure"),
        note=t(
            "A rank holds only as a band: people whose intervals overlap cannot be told apart. "
            "Empty stands for n<5, too few cases to judge anybody by. Filters limit who is listed, "
            "not with whom they are compared. Choose a row to open the scorecard."
        ),
        empty=t("Nobody who is listed has a record or survey in the selection."),
        metric=("scorecard", "csat_oe", "review_360", "training_pass_rate"),
        drill=lambda key: page.link(show_person=key),
        opens=STAFF,
        columns={t("Name"): st.column_config.TextColumn(pinned=True)}
        | dict.fromkeys((t("Scorecard"), *_bounds(page), t("360° review")), whole)
        | dict.fromkeys(page.codes("perspective").values(), whole)
        | {t("Training passed (%)"): whole, t("CSAT, observed ÷ expected"): ui.decimal(2)}
        | dict.fromkeys(_counts(page), ui.whole_number()),
    )


def weights(page: Page) -> None:
    """What the scorecard weighs, and what it says and does not say."""
    t, weighing = page.t, page.scheme
    perspectives = page.codes("perspective")
    rows = [
        {
            t("Perspective"): perspectives[goal.perspective],
            t("Indicator"): scores.name(t, name),
            t("Weight (%)"): 100 * weight,
            t("0 points at"): goal.floor,
            t("100 points at"): goal.goal,
        }
        for (name, goal), weight in zip(
            weighing.goals.items(), scores.weights(weighing).values(), strict=True
        )
    ]
    ui.table(
        page,
        pd.DataFrame(rows),
        title=t("What counts, and how much"),
        note=scores.fairness(t, weighing),
        empty="",
        metric="scorecard",
        columns={t("Weight (%)"): ui.decimal(1)}
        | dict.fromkeys((t("0 points at"), t("100 points at")), ui.decimal(1)),
    )
    st.page_link(
        LOADING,
        label=t("Change weights and goals"),
        icon=":material/tune:",
        query_params=page.link(show_section="goals"),
    )


def _listed(page: Page) -> dict[str, Person]:
    """Everybody of the selection whom the filters of the page list."""
    staff = _staff(page)
    chosen = {name: ui.picked(name) for name in PICKS}
    return {
        key: each
        for key, each in page.people().items()
        if all((staff.get(key, {}).get(name) or "") in of for name, of in chosen.items() if of)
    }


def _staff(page: Page) -> dict[str, dict[str, str | None]]:
    """Staff id → what is known of the person."""
    names = (*PICKS, "project_id")
    rows = page.rows_of_store("staff_names").set_index("staff_id")[list(names)].astype(object)
    found = rows.where(rows.notna(), None).itertuples(name=None)
    return {key: dict(zip(names, values, strict=True)) for key, *values in found}


def _scores(
    page: Page, cards: Mapping[str, Card], names: Mapping[str, str], sizes: Mapping[str, int]
) -> pd.DataFrame:
    """Those with a scorecard, as ``charts.intervals`` asks, with the rank band in words."""
    rows = [
        {
            "key": key,
            "label": names.get(key, key),
            "value": card.score,
            "low": card.low,
            "high": card.high,
            "n": sizes[key],
            "band": scores.band(page.t, card),
            "hover": scores.hover(page.t, names.get(key, key), card, sizes[key]),
        }
        for key, card in cards.items()
        if card.score is not None
    ]
    return pd.DataFrame(
        rows, columns=["key", "label", "value", "low", "high", "n", "band", "hover"]
    )


def _intervals(page: Page, shown: pd.DataFrame) -> go.Figure:
    t = page.t
    whole = page.pooled(None)[""].card.score
    return charts.intervals(
        shown,
        axis=t("Scorecard (0 to 100)"),
        texts={"whole": t("All cases together"), "target": t("Target")},
        reference=whole,
        target=page.scheme.target,
    )


def _columns(page: Page, what: str) -> dict[str, str]:
    t = page.t
    low, high = _bounds(page)
    names = {"label": what, "value": t("Scorecard"), "low": low, "high": high}
    return names | {"band": t("Rank band"), "n": t("Records")}


def _table(page: Page, listed: Mapping[str, Person]) -> pd.DataFrame:
    """One row per person, the best score first: key, then the columns of the table."""
    t, names = page.t, frames.staff_names(page)
    staff = _staff(page)
    held = page.rows(
        "trainee_drill", metric="training_coverage", part="counted", limit=None, offset=0
    ).set_index("staff_id")
    passed = page.by("staff", ("training_pass_rate",))
    grades = page.codes("grade")
    order = sorted(listed.values(), key=lambda each: (-(each.card.score or -1e9), each.staff_id))
    low, high = _bounds(page)
    records, surveys, required, attended = _counts(page)
    rows = []
    for person in order:
        key, card = person.staff_id, person.card
        known = staff.get(key, {})
        rows.append(
            {
                "key": key,
                t("Name"): names.get(key, key),
                t("Scorecard"): card.score,
                records: person.records,
                surveys: person.surveys,
                low: card.low,
                high: card.high,
                t("Rank band"): scores.band(t, card),
                **{
                    label: card.perspectives.get(code)
                    for code, label in page.codes("perspective").items()
                },
                t("360° review"): scores.review_value(person.review),
                t("CSAT, observed ÷ expected"): person.case_mix.ratio,
                t("Training passed (%)"): scores.unless_few(
                    passed.get(key, {}).get("training_pass_rate")
                ),
                required: held["required_sessions"].get(key),
                attended: held["attended_sessions"].get(key),
                t("To be careful about"): scores.caution(t, person),
                t("Team"): known.get("team"),
                t("Position"): known.get("position"),
                t("Staff grade"): grades.get(known.get("grade") or ""),
                t("Project"): page.labels["project"].get(known.get("project_id") or ""),
            }
        )
    return pd.DataFrame(rows)


def _bounds(page: Page) -> tuple[str, str]:
    return page.t("95 % interval, from"), page.t("95 % interval, to")


def _counts(page: Page) -> tuple[str, str, str, str]:
    t = page.t
    return t("Records"), t("Surveys"), t("Required sessions"), t("Attended sessions")


def _sizes(people: Mapping[str, Person] | Mapping[str, Pool]) -> dict[str, int]:
    return {key: each.records for key, each in people.items()}
