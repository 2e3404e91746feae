"""Panels of “where?”: which groups moved a metric, and how the projects stand among each other."""

from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import charts, measures, peers, ui
from dashboard.measures import Measure, Status
from dashboard.metrics import METRICS, Better, Metric
from dashboard.panels import moved
from dashboard.stats import Rank
from dashboard.ui import Page, frames

PROJECTS = "dashboard/pages/projects.py"
MOVED = (
    "csat",
    "nps",
    "ces",
    "standard_rate",
    "tier_attainment",
    "closed_loop_rate",
    "reopen_rate",
    "repeat_rate",
)
RANKED = (*MOVED[:4], "resolved_within_30d", *MOVED[4:])
SPLITS = ("project", "category", "channel", "team")


def contribution(page: Page) -> None:
    """Which groups moved a metric since the comparison period, by rate and by mix."""
    t = page.t
    names = ui.group_names(t)
    splits = {each: names[each] for each in frames.divided(page, SPLITS)}
    with ui.side_by_side():
        metric = ui.choice(page, "moved", t("Metric"), known_metrics(page, MOVED))
        by = ui.choice(page, "split", t("Split by"), splits)
    entry = METRICS[metric]
    data, found = moved.rows(page, metric, by)
    figure = None
    if not data.empty:
        figure = charts.contribution(
            data,
            axis=moved.axis(page, entry),
            texts={
                "rate": t("Rate: the group itself changed"),
                "mix": t("Mix: more or less of the group"),
                "total": t("Both together"),
            },
            higher_is_better=entry.better is not Better.LOW,
        )
    ui.chart(
        page,
        figure,
        title=moved.title(page, entry, found),
        note=moved.note(page, entry),
        alt=t("What each group contributed to the change of {metric}", metric=t(entry.name)),
        metric=metric,
        empty=moved.why_not(page, metric),
        drill=lambda key: page.drill(metric, **{by: key}),
        data=data,
        columns={
            "label": names[by],
            "rate": t("Rate effect"),
            "mix": t("Mix effect"),
            "total": t("Both together"),
            "before": t("Before"),
            "n_before": t("n before"),
            "after": t("After"),
            "n_after": t("n after"),
        },
    )


def league(page: Page) -> None:
    """The projects in a metric, with rank bands."""
    t = page.t
    league_table(page, ui.choice(page, "ranked", t("Metric"), known_metrics(page, RANKED)))


def league_table(page: Page, metric: str, rows: int = 10) -> None:
    """The projects in one metric: value, rank band, status, change and target of each.

    ``rows`` are seen at once.
    """
    t, entry = page.t, METRICS[metric]
    data, few = league_rows(page, metric)
    number = ui.decimal(entry.decimals)
    numbers = [
        _value_title(page, entry),
        t("95 % interval, from"),
        t("95 % interval, to"),
        t("Target"),
    ]
    ui.table(
        page,
        data,
        title=t("Where the projects stand: {metric}", metric=t(entry.name)),
        note=_league_note(page, few),
        metric=metric,
        empty=page.reason(metric),
        drill=lambda key: page.link(show_project=key, show_metric=metric),
        opens=PROJECTS,
        rows=rows,
        columns=dict.fromkeys(numbers, number)
        | {
            t("n"): ui.whole_number(),
            _change_title(page, entry): ui.signed(max(entry.decimals, 1)),
        },
    )


def league_rows(page: Page, metric: str) -> tuple[pd.DataFrame, int]:
    """One row per project with a case: key, then the columns of the table; and how many are small.

    The furthest behind first; a project with n < 5 has no value and no rank, and stands last. A
    project that is selected alone has its rank among all of them.
    """
    t, entry = page.t, METRICS[metric]
    now = counted(page, metric)
    before = page.by("project", (metric,), page.compared) if page.compared else {}
    alone = len(page.selection.projects) == 1
    rivals = counted(among_all(page), metric) if alone else now
    ranks, bounds = peers.ranks(metric, rivals), page.bounds(metric)
    rows = [
        {"key": key, t("Project"): page.name("project", key)}
        | _standing(page, each, ranks.get(key), bounds.get(key, {}).get(metric))
        | _moved(page, before.get(key, {}).get(metric), each)
        | _sure(page, each)
        for key, each in now.items()
    ]
    few = sum(measures.suppressed(each) for each in now.values())
    if not rows:
        return pd.DataFrame(), few
    return pd.DataFrame(rows).sort_values(
        [_value_title(page, entry), t("Project")],
        ascending=[entry.better is not Better.LOW, True],
        na_position="last",
    ).reset_index(drop=True), few


def _standing(page: Page, each: Measure, rank: Rank | None, target: float | None) -> dict[str, Any]:
    t, hidden = page.t, measures.suppressed(each)
    return {
        t("Rank band"): _band(page, rank) if rank else None,
        _value_title(page, METRICS[each.metric]): None if hidden else each.value,
        t("n"): each.n,
        t("Status"): t("n<5") if hidden else judged(page, each, target),
        t("Target"): target,
    }


def _band(page: Page, rank: Rank) -> str:
    best, worst = page.t.number(rank.best), page.t.number(rank.worst)
    return best if best == worst else f"{best}–{worst}"


def _sure(page: Page, each: Measure) -> dict[str, Any]:
    t, hidden = page.t, measures.suppressed(each)
    return {
        t("95 % interval, from"): None if hidden else each.low,
        t("95 % interval, to"): None if hidden else each.high,
    }


def _moved(page: Page, before: Measure | None, after: Measure) -> dict[str, Any]:
    """The change of a project and what to think of it, unless one of the sides is suppressed."""
    t, change = page.t, None
    if before is not None and not measures.suppressed(before) and not measures.suppressed(after):
        change = measures.change(after.metric, before, after)
    verdicts = {True: t("significant change"), False: t("change within chance"), None: None}
    return {
        _change_title(page, METRICS[after.metric]): change.delta if change else None,
        t("Verdict"): verdicts[change.significant] if change else None,
    }


def _value_title(page: Page, entry: Metric) -> str:
    t = page.t
    titles: dict[str, str] = {"percent": t("Value (%)"), "points": t("Value (points)")}
    return titles.get(entry.unit, t("Value"))


def _change_title(page: Page, entry: Metric) -> str:
    t = page.t
    titles: dict[str, str] = {
        "percent": t("Change (pp)"),
        "points": t("Change (points)"),
        "rate": t("Change (%)"),
    }
    return titles.get(entry.unit, t("Change"))


def among_all(page: Page) -> Page:
    """The page without its filter on projects: one project is compared with all the others."""
    return replace(page, selection=replace(page.selection, projects=()))


def counted(page: Page, metric: str) -> dict[str, Measure]:
    """Project → its measure, of those with a case."""
    groups = page.by("project", (metric,))
    return {key: each[metric] for key, each in groups.items() if metric in each and each[metric].n}


def known_metrics(page: Page, metrics: tuple[str, ...]) -> dict[str, str]:
    """Those of the metrics that have a value in the selection (all if none has) → their names."""
    whole = page.total(metrics)
    known = [each for each in metrics if whole[each].value is not None] or metrics
    return {each: page.t(METRICS[each].name) for each in known}


def judged(page: Page, measure: Measure, target: float | None) -> str:
    """The measure against a target, in a word."""
    t = page.t
    return {
        Status.MET: t("✓ on target"),
        Status.NEAR: t("≈ near target"),
        Status.MISSED: t("✗ target missed"),
        Status.UNKNOWN: "",
    }[measures.status(measure, target)]


def _league_note(page: Page, few: int) -> str:
    t = page.t
    notes = [
        t("The furthest behind first. Where rank bands overlap, projects cannot be told apart."),
        t("Choose a row to see the project."),
    ]
    if few:
        notes.insert(
            1,
            t.plural(
                "{n} project has fewer than 5 cases.", "{n} projects have fewer than 5 cases.", few
            ),
        )
    return t.text(*notes)
