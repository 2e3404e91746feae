"""Panels of what a service tier is worth: satisfaction, repeat business, and what was expected."""

from itertools import pairwise
from statistics import fmean

import pandas as pd

from dashboard import charts, stats, ui
from dashboard.codes import CODES
from dashboard.metrics import METRICS
from dashboard.panels.servqual import gap_columns
from dashboard.ui import Page, words

METRIC_CHOICES = ("csat", "nps", "ces")
REPEAT = "repeat"
MEANT_TO_RISE = 3
"""From so many tiers on it can be said that a metric rises with them."""


def worth(page: Page) -> None:
    """Satisfaction or repeat business by delivered tier."""
    t = page.t
    names = {each: t(METRICS[each].name) for each in METRIC_CHOICES}
    chosen = ui.choice(page, "worth", t("Worth"), {**names, REPEAT: t("Repeat business")})
    if chosen == REPEAT:
        _repeat_business(page)
        return
    ui.ranking_card(
        page,
        chosen,
        "tier",
        title=t("The higher the tier, the better: {metric}", metric=names[chosen])
        if _rises(page, chosen)
        else t("What a tier is worth: {metric} by delivered tier", metric=names[chosen]),
        names=page.codes("tier_delivered"),
        in_order=True,
    )


def expectation(page: Page) -> None:
    """Expectation and perception by delivered or by target tier, over the five dimensions."""
    t, titles = page.t, ui.group_names(page.t)
    group = ui.choice(
        page, "expected", t("By"), {each: titles[each] for each in ("tier", "target_tier")}
    )
    data = _expectation(page, group)
    figure = None
    if len(data):
        figure = charts.gaps(
            data,
            axis=t("Mean rating, 1 to 5"),
            texts={"perception": t("Perceived"), "expectation": t("Expected")},
        )
    ui.chart(
        page,
        figure,
        title=t("What was expected, and what was perceived: {group}", group=titles[group]),
        note=t("Means of the five SERVQUAL dimensions; n is the smallest of the five."),
        alt=t("Expectation and perception by {group}", group=titles[group]),
        metric="gap_index",
        empty=page.reason("gap_index"),
        drill=lambda key: page.drill("gap_index", **{group: key}),
        data=data,
        columns=gap_columns(page, titles[group]),
    )


def _rises(page: Page, metric: str) -> bool:
    """Whether the metric rises from tier to tier, from the lowest to the highest beyond chance."""
    groups = page.by("tier", (metric,))
    found = [groups[tier][metric] for tier in CODES["tier_delivered"] if tier in groups]
    known = [(each.low, each.value, each.high) for each in found if each.value is not None]
    if len(known) < MEANT_TO_RISE:
        return False
    rising = all((one[1] or 0) < (next_one[1] or 0) for one, next_one in pairwise(known))
    return rising and (known[0][2] or 0) < (known[-1][0] or 0)


def _repeat_business(page: Page) -> None:
    t = page.t
    rows = page.rows("repeat_business")
    data = _repeat(page, rows)
    figure = None
    axis = t("Customers who came back (%)")
    if len(data):
        figure = charts.intervals(data, axis=axis, texts={})
    ui.chart(
        page,
        figure,
        title=t("Do customers come back? Repeat business by delivered tier"),
        note=t(
            "Of the customers who received a tier: those who within 180 days took a paid "
            "value-added service or signed a further contract (not a first purchase). {n} "
            "customers whose 180 days have not passed are left out.",
            n=t.number(int(rows["pending"].sum())),
        ),
        alt=t("Share of customers who came back, by delivered tier"),
        empty=t("No customer of the selection was served 180 days ago or earlier."),
        data=data,
        columns={
            "label": t("Delivered tier"),
            "value": axis,
            "low": t("95 % interval, from"),
            "high": t("95 % interval, to"),
            "again": t("Came back"),
            "n": t("Customers"),
        },
    )


def _repeat(page: Page, rows: pd.DataFrame) -> pd.DataFrame:
    """One row per delivered tier with customers, in the order of the tiers."""
    t, tiers = page.t, page.codes("tier_delivered")
    found = rows[rows["customers"] > 0].set_index("tier").reindex(list(tiers)).dropna()
    again, n = found["again"].to_numpy(float), found["customers"].to_numpy(float)
    bounds = stats.wilson(again, n)
    data = pd.DataFrame(
        {
            "key": found.index,
            "label": [tiers[each] for each in found.index],
            "value": 100 * again / n,
            "low": 100 * bounds.low,
            "high": 100 * bounds.high,
            "again": again.astype(int),
            "n": n.astype(int),
        }
    )
    data["hover"] = [
        t(
            "{label}: {share} % ({count} of {total}; 95 %: {low} to {high})",
            label=row["label"],
            share=t.number(row["value"], 1),
            count=t.number(row["again"]),
            total=t.number(row["n"]),
            low=t.number(row["low"], 1),
            high=t.number(row["high"], 1),
        )
        for row in data.to_dict("records")
    ]
    return data


def _expectation(page: Page, group: str) -> pd.DataFrame:
    """One row per tier that has all five dimensions, as ``charts.gaps`` asks, the highest first."""
    t = page.t
    rated = page.rows("servqual", by=group)
    index = page.by(group, ("gap_index",))
    rows: list[tuple[object, ...]] = []
    for tier in reversed(list(CODES["tier_delivered"])):
        each = rated[rated["group"] == tier]
        if len(each) < len(CODES["dimension"]):
            continue
        measure = index[tier]["gap_index"]
        label = page.name(group, tier)
        expected, perceived = fmean(each["expectation"]), fmean(each["perception"])
        gap = words.value(t, METRICS["gap_index"], measure.value)
        told = t(
            "{label}: expected {expectation}, perceived {perception}, gap {gap} ({certainty})",
            label=label,
            expectation=t.number(expected, 2),
            perception=t.number(perceived, 2),
            gap=gap,
            certainty=words.certainty(t, METRICS["gap_index"], measure),
        )
        rows.append(
            (tier, label, expected, perceived, measure.value, None, None, measure.n, gap, told)
        )
    columns = ["key", "label", "expectation", "perception", "value", "low", "high", "n", "gap"]
    return pd.DataFrame(rows, columns=[*columns, "hover"])
