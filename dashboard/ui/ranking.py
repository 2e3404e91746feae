"""A metric by group: the card that several pages share."""

from collections.abc import Mapping

import pandas as pd

from dashboard import charts, measures
from dashboard.measures import Measure
from dashboard.metrics import METRICS, Better
from dashboard.ui import cards, series, words
from dashboard.ui.context import Page


def ranking_card(
    page: Page,
    metric: str,
    group: str,
    *,
    title: str,
    limit: int | None = None,
    names: Mapping[str, str] | None = None,
    in_order: bool = False,
    finding: bool = False,
) -> None:
    """A metric by group with intervals: the furthest behind first, or in the order of ``names``.

    Groups with fewer than 5 cases are left out and counted in the note. With ``finding`` the title
    names the group that is furthest behind, where its interval excludes the whole's value.
    """
    t, entry = page.t, METRICS[metric]
    groups = page.by(group, (metric,))
    labels = names or {key: page.name(group, key) for key in groups}
    data = series.points(page, metric, groups, labels, suppress=group in ("project", "staff"))
    few = [key for key in labels if 0 < _n(groups, key, metric) < measures.SUPPRESSED_BELOW]
    hidden = len(set(few) - set(data["key"]))
    if not in_order:
        data = data.sort_values("value", ascending=entry.better is not Better.LOW, kind="stable")
    shown = data.head(limit) if limit else data
    whole = page.total((metric,))[metric]
    worst = _furthest_behind(data, whole, entry.better) if finding else ""
    if worst:
        title = t("{metric}: {label} is furthest behind", metric=t(entry.name), label=worst)
    figure = None
    if not shown.empty:
        figure = charts.intervals(
            shown.reset_index(drop=True),
            axis=words.axis(t, entry),
            texts={"whole": t("Whole selection"), "target": t("Target")},
            reference=whole.value,
            target=page.bound(metric),
            higher_is_better=entry.better is not Better.LOW,
        )
    cards.chart(
        page,
        figure,
        title=title,
        note=_ranking_note(page, len(shown), len(data), hidden),
        alt=_extremes(page, metric, shown, title),
        metric=metric,
        empty=t("Every group has fewer than 5 cases.") if hidden else page.reason(metric),
        drill=lambda key: page.drill(metric, **{group: key}),
        data=data,
        columns=series.columns(page, words.group_names(t)[group], words.axis(t, entry)),
    )


def _n(groups: Mapping[str, Mapping[str, Measure]], key: str, metric: str) -> int:
    measure = groups.get(key, {}).get(metric)
    return measure.n if measure else 0


def _furthest_behind(data: pd.DataFrame, whole: Measure, better: Better) -> str:
    """The label of the group furthest behind the whole by more than its interval; '' for none."""
    if whole.value is None or better is Better.NONE:
        return ""
    low = better is Better.HIGH
    behind = data[data["high"] < whole.value] if low else data[data["low"] > whole.value]
    ordered = behind.sort_values("value", ascending=low, kind="stable")
    return str(ordered["label"].iloc[0]) if len(ordered) else ""


def _ranking_note(page: Page, shown: int, known: int, hidden: int) -> str:
    t = page.t
    parts = []
    if shown < known:
        parts.append(t("{shown} of {known} shown.", shown=t.number(shown), known=t.number(known)))
    if hidden:
        parts.append(t("{n} left out with fewer than 5 cases.", n=t.number(hidden)))
    parts.append(t("Coloured where the interval excludes the whole selection's value."))
    return t.text(*parts)


def _extremes(page: Page, metric: str, data: pd.DataFrame, title: str) -> str:
    if data.empty:
        return title
    return page.t(
        "{title}: from {first} ({start}) to {last} ({end})",
        title=title,
        **series.ends(page, metric, data),
    )
