"""What needs a decision: targets missed, complaints open too long, overdue improvement actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import definitions, measures, ui
from dashboard.measures import Measure, Status
from dashboard.metrics import METRICS, Unit
from dashboard.ui import Page, cards, frames, plain, words

JUDGED = (
    "csat",
    "nps",
    "ces",
    "standard_rate",
    "resolved_within_30d",
    "tier_attainment",
    "closed_loop_rate",
    "reopen_rate",
    "repeat_rate",
)
EACH = 4
"""The most matters of each of the three kinds; the line above them counts them all."""

_SCALES = {Unit.PERCENT: 100.0, Unit.POINTS: 200.0, Unit.SCORE: 6.0}
"""How wide the scale of the judged metrics is; CES runs from 1 to 7."""


@dataclass(frozen=True)
class Matter:
    """One thing to decide: what it is, where, how it stands, and what opens when it is chosen.

    ``weight`` orders matters of one kind; ``opens`` are URL parameters of the records page.
    """

    what: str
    place: str
    stands: str
    weight: float
    opens: dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """Matters of one kind, the weightiest first: its name, and a sentence that counts them all."""

    name: str
    said: str
    matters: list[Matter]


def needs_decision(page: Page) -> None:
    """The worst breaches of target, projects with complaints open too long, and overdue actions."""
    t, found = page.t, [each for each in kinds(page) if each.matters]
    data = rows(page, found)
    with cards.card(page):
        cards.heading(
            page,
            t("What needs a decision?"),
            JUDGED,
            data,
            {str(each): str(each) for each in data},
            figure=False,
        )
        if not found:
            nothing = t(
                "No project misses a target for certain, no complaint is open over 30 days, and no "
                "action is overdue."
            )
            st.info(nothing, icon=":material/info:")
        for kind in found:
            st.caption(kind.said)
            for each in kind.matters[:EACH]:
                _line(page, each)


def _line(page: Page, matter: Matter) -> None:
    """A matter and, beside it, what leads to the rows behind it."""
    told = (f"**{plain(matter.place)}**", plain(matter.what), plain(matter.stands))
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        st.markdown(words.together(" · ".join(each for each in told if each)), width="stretch")
        st.page_link(
            ui.RECORDS,
            label=page.t.title("Records"),
            icon=":material/list:",
            help=page.t("Rows behind it"),
            query_params=matter.opens,
        )


def kinds(page: Page) -> list[Kind]:
    """What there is to decide, by kind; a kind may be empty."""
    t = page.t
    breaches, old, overdue = (
        sorted(found, key=lambda each: (-each.weight, each.place))
        for found in (_breaches(page), _open_too_long(page), _overdue(page))
    )
    return [
        Kind(
            t("Target missed"),
            t.plural(
                "{n} project misses a target for certain:",
                "{n} projects miss a target for certain:",
                len(breaches),
            ),
            breaches,
        ),
        Kind(
            t("Complaints open for more than 30 days"),
            t.plural(
                "{n} project has complaints open over 30 days:",
                "{n} projects have complaints open over 30 days:",
                len(old),
            ),
            old,
        ),
        Kind(
            t("Action overdue"),
            t.plural("{n} action is overdue:", "{n} actions are overdue:", len(overdue)),
            overdue,
        ),
    ]


def rows(page: Page, found: Sequence[Kind]) -> pd.DataFrame:
    """All the matters as a table, for the export: the titles of its columns are its names."""
    t = page.t
    titles = [t("Kind of matter"), t("Where"), t("What"), t("How it stands")]
    matters = [(kind.name, each) for kind in found for each in kind.matters]
    return pd.DataFrame(
        [(name, each.place, each.what, each.stands) for name, each in matters], columns=titles
    )


def _breaches(page: Page) -> list[Matter]:
    """Projects that miss a target for certain, each with its weightiest miss.

    For certain: the interval excludes the target. Weight is size × volume: the distance from the
    target in parts of the metric's scale, times n; of a share the cases that it is short of.
    """
    bounds = page.bounds(*JUDGED)
    worst: dict[str, tuple[float, Measure, float]] = {}
    for project, measured in page.by("project", JUDGED).items():
        for metric, each in measured.items():
            target = bounds.get(project, {}).get(metric)
            if target is not None and each.value is not None and _missed(each, target):
                weight = abs(each.value - target) / _SCALES[METRICS[metric].unit] * each.n
                worst[project] = max(
                    worst.get(project, (0.0, each, target)),
                    (weight, each, target),
                    key=lambda miss: miss[0],
                )
    return [_breach(page, project, *miss) for project, miss in worst.items()]


def _breach(page: Page, project: str, weight: float, each: Measure, target: float) -> Matter:
    t, entry = page.t, METRICS[each.metric]
    stands = t(
        "{value} instead of {target} (n = {n})",
        value=words.value(t, entry, each.value),
        target=definitions.bound(t, entry, target),
        n=t.number(each.n),
    )
    name, opens = page.name("project", project), page.drill(each.metric, project=project)
    return Matter(t(entry.name), name, stands, weight, opens)


def _missed(each: Measure, target: float) -> bool:
    """Whether the target is missed for certain; never said of fewer than 5 cases."""
    if each.low is None or measures.suppressed(each):
        return False
    return measures.status(each, target) is Status.MISSED


def _open_too_long(page: Page) -> list[Matter]:
    t, metric = page.t, "open_over_30d"
    return [
        Matter(
            "",
            page.name("project", key),
            t("{x} of {n} open complaints", x=t.number(each.value), n=t.number(each.n)),
            each.value,
            page.drill(metric, "met", project=key),
        )
        for key, each in ((key, found[metric]) for key, found in _by_project(page, metric).items())
        if each.value
    ]


def _by_project(page: Page, metric: str) -> dict[str, dict[str, Measure]]:
    return {key: each for key, each in page.by("project", (metric,)).items() if metric in each}


def _overdue(page: Page) -> list[Matter]:
    names = frames.staff_names(page)
    return [
        Matter(
            str(row["title"]),
            _place(page, row["project_id"]),
            _late(page, int(row["days_overdue"]), names.get(row["owner_id"], row["owner_id"])),
            row["days_overdue"],
            _behind_action(page, row),
        )
        for row in page.rows("overdue_actions").to_dict("records")
    ]


def _place(page: Page, project: Any) -> str:
    return page.t("Whole company") if pd.isna(project) else page.name("project", project)


def _late(page: Page, days: int, owner: Any) -> str:
    t = page.t
    if pd.isna(owner):
        return t.plural(
            "{n} day overdue, without an owner", "{n} days overdue, without an owner", days
        )
    return t.plural(
        "{n} day overdue, owner {owner}", "{n} days overdue, owner {owner}", days, owner=owner
    )


def _behind_action(page: Page, row: Mapping[Any, Any]) -> dict[str, Any]:
    """The rows of the metric that an action is to improve, in its project."""
    metric = row["metric"] if row["metric"] in METRICS else "record_count"
    place = {} if pd.isna(row["project_id"]) else {"project": row["project_id"]}
    return page.drill(metric, **place)
