"""Panels of service tiers: what was delivered, now, by month and by group, and what was due."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard import charts, measures, ui
from dashboard.codes import CODES
from dashboard.measures import Measure
from dashboard.metrics import METRICS
from dashboard.selection import Selection
from dashboard.ui import Page, frames, series, words
from dashboard.ui.frames import Axis

HEADLINE = ("tier_attainment", "tier_index", "csat", "record_count")
GROUPS = ("project", "region", "stage", "channel", "grade")
WORST = 15
MATRIX_WIDTH = 460  # narrower, the numbers in the cells cannot be read
BAR_HEIGHT = 26
MINIMUM_HEIGHT = 320
AROUND = 110  # height of axis and legend around the bars


def now(page: Page) -> None:
    """The five delivered states of the selection, beside the period it is compared with."""
    t = page.t
    periods = {"now": (t("Selection"), page.selection)}
    if page.compared:
        periods["before"] = (t("Before"), page.compared)
    counts = {
        key: page.total(("tier_share",), selection)["tier_share"].parts
        for key, (_, selection) in periods.items()
    }
    _shares_card(
        page,
        counts,
        {key: name for key, (name, _) in periods.items()},
        title=t("Which tier was delivered"),
        alt=t("Share of the five delivered states in the selection and before"),
        group=t("Period"),
        drill=lambda point: page.drill("tier_share", within=periods[point[0]][1], tier=point[1]),
        horizontal=True,
    )


def by_month(page: Page) -> None:
    """Delivered tiers by month."""
    t = page.t
    year = page.at_least_a_year()
    monthly = page.by("month", ("tier_share",), year)
    _shares_card(
        page,
        {key: each["tier_share"].parts for key, each in monthly.items()},
        series.months(page, monthly),
        title=t("Which tier was delivered, month by month"),
        alt=t("Share of the five delivered states month by month"),
        group=t("Month"),
        drill=lambda point: page.drill("tier_share", within=year, month=point[0], tier=point[1]),
        link=page.drill("tier_share", within=year),
        within=year,
    )


def by_group(page: Page) -> None:
    """Delivered tiers by one of several groups, the largest share below basic first."""
    t, titles = page.t, ui.group_names(page.t)
    choices = {each: titles[each] for each in frames.divided(page, GROUPS)}
    group = ui.choice(page, "group", t("Compare by"), choices)
    groups = page.by(group, ("tier_share",))
    known = {
        key: each["tier_share"].parts
        for key, each in groups.items()
        if each["tier_share"].n
        and not (group == "project" and measures.suppressed(each["tier_share"]))
    }
    worst = sorted(known, key=lambda key: (-_share(known[key], "below"), key))
    _shares_card(
        page,
        known,
        {key: page.name(group, key) for key in worst[:WORST]},
        title=t("Where most service is below basic: {group}", group=titles[group]),
        alt=t(
            "Delivered tiers by {group}, the largest share below basic first", group=titles[group]
        ),
        note=frames.left_out(page, titles[group], WORST, len(known)),
        group=titles[group],
        drill=lambda point: page.drill("tier_share", tier=point[1], **{group: point[0]}),
        horizontal=True,
    )


def target_and_delivered(page: Page) -> None:
    """Records by target and delivered tier."""
    t = page.t
    data, targets, delivered = _tier_matrix(page)
    figure = None
    if len(data):
        figure = charts.heatmap(
            data,
            rows=targets,
            columns=delivered,
            colour_title=t("Records"),
            axes=(t("Delivered"), t("Target")),
        )
    names = page.codes("tier")
    ui.chart(
        page,
        figure,
        title=t("What was due, and what was delivered"),
        note=t("Left of the diagonal the service fell short of its target."),
        alt=t("Records by target tier and delivered tier"),
        metric=("tier_matrix", "tier_attainment"),
        empty=page.reason("tier_matrix"),
        drill=lambda cell: page.drill("tier_matrix", target_tier=cell[0], tier=cell[1]),
        link=page.drill("tier_matrix"),
        min_width=MATRIX_WIDTH,
        data=data.assign(
            row=[names[each] for each in data["row"]],
            column=[page.codes("tier_delivered")[each] for each in data["column"]],
        ),
        columns={"row": t("Target tier"), "column": t("Delivered tier"), "count": t("Records")},
    )


def attainment(page: Page) -> None:
    """Whether the target is reached, by what it is; the title says where it is seldom."""
    t, metric = page.t, "tier_attainment"
    groups, whole = page.by("target_tier", (metric,)), page.total((metric,))[metric]
    worst = _furthest_behind({key: each[metric] for key, each in groups.items()}, whole)
    ui.ranking_card(
        page,
        metric,
        "target_tier",
        title=t(
            "Where {tier} is promised, {share} of the records reach it",
            tier=page.name("target_tier", worst),
            share=words.value(t, METRICS[metric], groups[worst][metric].value),
        )
        if worst
        else t("Is the target reached? By target tier"),
        names=dict(reversed(page.codes("tier").items())),
        in_order=True,
    )


def shortfall(page: Page) -> None:
    """By target tier: how many records reach it, and by how many steps the others fall short."""
    t = page.t
    ui.table(
        page,
        _shortfall(page),
        title=t("How far below the target?"),
        note=t("Steps from the target down to the tier delivered; choose a row to open it."),
        empty=page.reason("tier_attainment"),
        metric="tier_attainment",
        drill=lambda tier: page.drill("tier_attainment", **_of_target(tier)),
        columns={
            **{title: ui.whole_number() for title in (t("Records"), *_steps(page).values())},
            words.axis(t, METRICS["tier_attainment"]): ui.decimal(1),
            t("95 % interval, from"): ui.decimal(1),
            t("95 % interval, to"): ui.decimal(1),
            t("Mean steps short"): ui.decimal(2),
        },
    )


def _shares_card(
    page: Page,
    counts: Mapping[str, Mapping[str, float]],
    names: Mapping[str, str],
    *,
    title: str,
    alt: str,
    group: str,
    drill: Callable[[Any], dict[str, Any]],
    note: str = "",
    link: Mapping[str, Any] | None = None,
    within: Selection | None = None,
    horizontal: bool = False,
) -> None:
    """A card of 100 % bars, one for each of ``names``; ``counts`` are those of the five states.

    ``within`` is the selection that they are of, where that is not the page's own; ``horizontal``
    bars are of any groups, others of months.
    """
    t, tiers = page.t, page.codes("tier_delivered")
    data = series.shares(page, counts, names, tiers)
    form: dict[str, Any] = {}
    if not horizontal and series.incomplete(page, list(data["key"])):
        form, note = {"incomplete": True}, t("Pale: not a whole month.")
    if horizontal:
        height = max(MINIMUM_HEIGHT, AROUND + BAR_HEIGHT * data["key"].nunique())
        form = {"horizontal": True, "written": True, "height": height}
    figure = None
    if len(data):
        figure = charts.shares_over(
            data, colours=charts.TIER_COLOURS, names=tiers, axis=t("Share of records (%)"), **form
        )
        if not horizontal:
            charts.ticked(figure, series.time_ticks(page, data["key"].unique()))
    ui.chart(
        page,
        figure,
        title=title,
        note=note,
        alt=alt,
        metric="tier_share",
        empty=page.reason("tier_share"),
        within=within,
        drill=drill,
        link=link,
        data=data,
        columns=series.share_columns(page, group, t("Share of records (%)")),
    )


def _tier_matrix(page: Page) -> tuple[pd.DataFrame, Axis, Axis]:
    """Records by target and delivered tier; cells, rows, columns."""
    matrix: Mapping[str, Mapping[str, int]] = page.total(("tier_matrix",))["tier_matrix"].parts
    targets, delivered = page.codes("tier"), page.codes("tier_delivered")
    cells = pd.DataFrame(
        [
            (target, tier, count)
            for target, counts in matrix.items()
            for tier, count in counts.items()
            if count
        ],
        columns=["row", "column", "count"],
    )
    rows = [(code, targets[code]) for code in reversed(targets)]
    return frames.cells_in_words(page, cells, targets, delivered), rows, list(delivered.items())


def _shortfall(page: Page) -> pd.DataFrame:
    """One row per target tier that is due, the highest first, and one for all of them."""
    t, metric = page.t, "tier_attainment"
    matrix: Mapping[str, Mapping[str, int]] = page.total(("tier_matrix",))["tier_matrix"].parts
    reached = {key: each[metric] for key, each in page.by("target_tier", (metric,)).items()}
    reached[""] = page.total((metric,))[metric]
    short = {tier: _short(tier, counts) for tier, counts in matrix.items() if sum(counts.values())}
    whole = [sum(each) for each in zip(*short.values(), strict=True)]
    rows = [
        (tier, page.name("target_tier", tier), reached[tier], short[tier])
        for tier in reversed(page.codes("tier"))
        if tier in short
    ]
    if rows:
        rows.append(("", t("All targets"), reached[""], whole))
    return pd.DataFrame([_shortfall_row(page, *row) for row in rows])


def _short(target: str, counts: Mapping[str, int]) -> list[int]:
    """Records by how many steps they are below the target: none, one, two, three, four."""
    order = list(CODES["tier_delivered"])
    short = [0] * len(order)
    for tier, count in counts.items():
        short[max(0, order.index(target) - order.index(tier))] += count
    return short


def _shortfall_row(
    page: Page, key: str, name: str, reached: Measure, short: Sequence[int]
) -> dict[str, Any]:
    t, steps = page.t, _steps(page)
    return {
        "key": key,
        t("Target tier"): name,
        t("Records"): reached.n,
        words.axis(t, METRICS["tier_attainment"]): reached.value,
        steps[1]: short[1],
        steps[2]: short[2],
        steps[3]: sum(short[3:]),
        t("Mean steps short"): sum(step * count for step, count in enumerate(short)) / reached.n,
        t("95 % interval, from"): reached.low,
        t("95 % interval, to"): reached.high,
    }


def _of_target(tier: str) -> dict[str, Any]:
    """The group of a row of the table: one target tier, or all of them."""
    return {"target_tier": tier} if tier else {}


def _steps(page: Page) -> dict[int, str]:
    t = page.t
    return {1: t("1 step short"), 2: t("2 steps short"), 3: t("3 or more short")}


def _furthest_behind(groups: Mapping[str, Measure], whole: Measure) -> str:
    """The target tier reached least often, where that is less than the whole by its interval."""
    behind = {
        key: each.value
        for key, each in groups.items()
        if key and each.value is not None and (each.high or 0) < (whole.value or 0)
    }
    return min(behind, key=behind.__getitem__, default="")


def _share(counts: Mapping[str, float], part: str) -> float:
    total = sum(counts.values())
    return counts[part] / total if total else 0.0
