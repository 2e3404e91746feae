"""Panels of “where?”: which groups moved a metric, and how the projects stand among each other."""

import pandas as pd

from dashboard import charts, measures, peers, ui
from dashboard.measures import Change, Measure, Status
from dashboard.metrics import METRICS, Better
from dashboard.panels import moved
from dashboard.ui import Page, words

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
    metric = ui.choice(page, "moved", t("Metric"), known_metrics(page, MOVED))
    names = ui.group_names(t)
    by = ui.choice(page, "split", t("Split by"), {each: names[each] for each in SPLITS})
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
        drill=lambda key: (
            page.drill(metric, **{by: key}) if key is not None else page.drill(metric)
        ),
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


def league_table(page: Page, metric: str) -> None:
    """The projects in one metric: value, rank band, change and target of each."""
    t, entry = page.t, METRICS[metric]
    value = words.axis(t, entry)
    data, few = league_rows(page, metric)
    number = ui.decimal(entry.decimals)
    counts = [t("Rank, best"), t("Rank, worst"), t("n")]
    numbers = [value, t("95 % interval, from"), t("95 % interval, to"), t("Target"), t("Change")]
    ui.table(
        page,
        data,
        title=t("Where the projects stand: {metric}", metric=t(entry.name)),
        note=_league_note(page, few),
        metric=metric,
        empty=page.reason(metric),
        drill=lambda key: page.link(show_project=key, show_metric=metric),
        opens=PROJECTS,
        columns=dict.fromkeys(numbers, number) | dict.fromkeys(counts, ui.whole_number()),
    )


def league_rows(page: Page, metric: str) -> tuple[pd.DataFrame, int]:
    """One row per project with a case: key, then the columns of the table; and how many are small.

    The best first; a project with n < 5 has no value, no rank and stands last.
    """
    t, entry = page.t, METRICS[metric]
    now = {
        key: each[metric] for key, each in page.by("project", (metric,)).items() if metric in each
    }
    now = {key: each for key, each in now.items() if each.n}
    before = page.by("project", (metric,), page.compared) if page.compared else {}
    ranks, bounds = peers.ranks(metric, now), page.bounds(metric)
    rows = []
    for key, each in now.items():
        hidden = measures.suppressed(each)
        target, rank = bounds.get(key, {}).get(metric), ranks.get(key)
        change = _change(metric, before.get(key, {}).get(metric), each)
        rows.append(
            {
                "key": key,
                t("Project"): page.name("project", key),
                words.axis(t, entry): None if hidden else each.value,
                t("Rank, best"): rank.best if rank else None,
                t("Rank, worst"): rank.worst if rank else None,
                t("Status"): t("n<5") if hidden else judged(page, each, target),
                t("n"): each.n,
                t("95 % interval, from"): None if hidden else each.low,
                t("95 % interval, to"): None if hidden else each.high,
                t("Target"): target,
                t("Change"): change.delta if change else None,
                t("Verdict"): _verdict(page, change),
            }
        )
    frame = pd.DataFrame(rows)
    few = sum(measures.suppressed(each) for each in now.values())
    if frame.empty:
        return frame, few
    numbers = [t("Rank, best"), t("Rank, worst")]
    frame[numbers] = frame[numbers].astype("Int64")
    order = entry.better is Better.LOW
    return frame.sort_values(
        [words.axis(t, entry), t("Project")], ascending=[order, True], na_position="last"
    ).reset_index(drop=True), few


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


def _change(metric: str, before: Measure | None, after: Measure) -> Change | None:
    """The change of a project, unless one of the sides is suppressed."""
    if before is None or measures.suppressed(before) or measures.suppressed(after):
        return None
    found = measures.change(metric, before, after)
    return None if found.delta is None else found


def _verdict(page: Page, change: Change | None) -> str | None:
    t = page.t
    if change is None or change.significant is None:
        return None
    return t("significant change") if change.significant else t("change within chance")


def _league_note(page: Page, few: int) -> str:
    t = page.t
    notes = [
        t("Ranks are bands: projects whose intervals overlap cannot be told apart."),
        t("Choose a row to see the project."),
    ]
    if few:
        notes.insert(
            1,
            t.plural(
                "{n} project has fewer than 5 cases.", "{n} projects have fewer than 5 cases.", few
            ),
        )
    return " ".join(notes)
