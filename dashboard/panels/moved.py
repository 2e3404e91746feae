"""What moved a metric between two periods, as rows and sentences of a card."""

from math import nan

import pandas as pd

from dashboard import measures
from dashboard.contribution import Contribution, Effect, leading, split
from dashboard.measures import Change
from dashboard.metrics import METRICS, Metric
from dashboard.ui import Page, words

BARS = 10
COLUMNS = [
    "label",
    "key",
    "rate",
    "mix",
    "total",
    "before",
    "n_before",
    "after",
    "n_after",
    "hover",
]


def rows(page: Page, metric: str, by: str) -> tuple[pd.DataFrame, Contribution | None]:
    """The groups that moved the metric most and all others as one row, and what they are of.

    Columns label, key (None for the others), rate, mix, total, before, n_before, after, n_after,
    hover; all rows sum to the change. Projects with fewer than 5 cases in a period are among the
    others. Empty without a comparison period, or where one of the periods has no case.
    """
    found = None
    if page.compared:
        before = page.by(by, (metric,), page.compared)
        found = split(metric, before, page.by(by, (metric,)))
    drawn = []
    if found is not None and found.before is not None and found.after is not None:
        few = [key for key, each in found.groups.items() if by == "project" and _few(each)]
        kept, others, count = leading(found, BARS, few)
        drawn = [_effect_row(page, metric, page.name(by, key), key, each) for key, each in kept]
        if others is not None:
            label = page.t.plural("{n} other", "{n} others", count)
            drawn.append(_effect_row(page, metric, label, None, others))
    return pd.DataFrame(drawn, columns=COLUMNS), found


def _few(effect: Effect) -> bool:
    """Whether a period's measure of a group rests on fewer than 5 cases, but on some."""
    sides = [each for each in (effect.before, effect.after) if each is not None and each.n]
    return any(measures.suppressed(each) for each in sides)


def _effect_row(
    page: Page, metric: str, label: str, key: str | None, effect: Effect
) -> dict[str, object]:
    t, entry = page.t, METRICS[metric]
    before, after = effect.before, effect.after
    said = {
        "label": label,
        "total": _effect(page, entry, effect.total),
        "rate": _effect(page, entry, effect.rate),
        "mix": _effect(page, entry, effect.mix),
    }
    hover = t("{label}: {total} (rate {rate}, mix {mix})", **said)
    if key is not None:
        hover = t(
            "{label}: {total} (rate {rate}, mix {mix}); from {before} (n = {n_before}) to {after} "
            "(n = {n_after})",
            **said,
            before=words.value(t, entry, before.value if before else None),
            n_before=t.number(before.n if before else 0),
            after=words.value(t, entry, after.value if after else None),
            n_after=t.number(after.n if after else 0),
        )
    return {
        "label": label,
        "key": key,
        "rate": effect.rate,
        "mix": effect.mix,
        "total": effect.total,
        "before": before.value if before else nan,
        "n_before": before.n if before else 0,
        "after": after.value if after else nan,
        "n_after": after.n if after else 0,
        "hover": hover,
    }


def _effect(page: Page, entry: Metric, amount: float | None) -> str:
    return words.change(page.t, entry, Change(amount, None, None, None, relative=False))


def axis(page: Page, entry: Metric) -> str:
    """Title of the axis of the effects: what they are of, with its unit."""
    t, name = page.t, page.t(entry.name)
    if entry.unit == "percent":
        return t("Contribution to {metric} (percentage points)", metric=name)
    return t("Contribution to {metric} (points)", metric=name)


def title(page: Page, entry: Metric, found: Contribution | None) -> str:
    """Title of the card: by how much the metric moved, where that is known."""
    t, name = page.t, page.t(entry.name)
    if found is None or found.before is None or found.after is None:
        return t("What moved {metric}?", metric=name)
    return t(
        "What moved {metric} by {change}?",
        metric=name,
        change=_effect(page, entry, found.after - found.before),
    )


def note(page: Page, entry: Metric) -> str:
    """From what to what the metric moved, whether that is more than chance, and how to read it."""
    t = page.t
    if page.compared is None:
        return ""
    before = page.total((entry.id,), page.compared)[entry.id]
    after = page.total((entry.id,))[entry.id]
    sides = {
        "before": words.value(t, entry, before.value),
        "after": words.value(t, entry, after.value),
    }
    if measures.change(entry.id, before, after).significant:
        moved = t("From {before} to {after}: a significant change.", **sides)
    else:
        moved = t("From {before} to {after}: a change within chance.", **sides)
    return t.text(moved, t("All bars together are the change."))


def why_not(page: Page, metric: str) -> str:
    """Why there is no change to split."""
    t = page.t
    if page.compared is None:
        return t("No period to compare with is chosen. Choose one in the filter bar.")
    if page.total((metric,))[metric].value is None:
        return page.reason(metric)
    return t("The period to compare with has no such case.")
