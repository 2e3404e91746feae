"""One project among its peers, as the rows of its cards."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import nan
from statistics import median
from typing import Any

import pandas as pd

from dashboard import measures, peers, stats
from dashboard.measures import Measure
from dashboard.metrics import METRICS
from dashboard.panels import where
from dashboard.selection import Selection
from dashboard.ui import Page, frames, words

CATEGORIES = 12
WEEKS_NEED = 3
"""The fewest other projects from which an average of first weeks is drawn."""


def alone(page: Page) -> Selection:
    """The page's selection, of the project alone."""
    return replace(page.selection, projects=(page.shown("project"),))


def facts(page: Page) -> dict[str, Any]:
    """What is known of the project: column of the query → value, None where unknown."""
    known = page.rows_of_store("projects")
    row = known[known["project_id"] == page.shown("project")].iloc[0]
    return {str(name): None if pd.isna(value) else value for name, value in row.items()}


def standing(page: Page, metric: str) -> dict[str, Any] | None:
    """The row of a metric in ``charts.rank_bands``; None where the project is not ranked."""
    t, project, entry = page.t, page.shown("project"), METRICS[metric]
    groups = where.counted(where.among_all(page), metric)
    rank, own = peers.ranks(metric, groups).get(project), groups.get(project)
    if rank is None or own is None:
        return None
    target = page.bounds(metric).get(project, {}).get(metric)
    band = {"best": t.number(rank.best), "worst": t.number(rank.worst), "of": t.number(rank.of)}
    return {
        "key": metric,
        "label": t(entry.name),
        "value": own.value,
        "value_text": words.value(t, entry, own.value),
        "plain": rank.plain,
        "best": rank.best,
        "worst": rank.worst,
        "of": rank.of,
        "n": own.n,
        "status": str(measures.status(own, target)),
        "hover": t(
            "{point}: rank {best} to {worst} of {of}",
            point=words.hover(t, entry, t(entry.name), own),
            **band,
        ),
    }


def others_median(groups: Mapping[str, Measure], project: str) -> float | None:
    """The median of a metric over the other projects, those with n < 5 left out."""
    others = [
        each.value
        for key, each in groups.items()
        if key != project and each.value is not None and not measures.suppressed(each)
    ]
    return median(others) if others else None


def interval(page: Page, own: Measure) -> str:
    """The 95 % interval of a measure in words; empty where there is none."""
    if own.low is None or own.high is None:
        return ""
    t, entry = page.t, METRICS[own.metric]
    low, high = (words.value(t, entry, each) for each in (own.low, own.high))
    return t("{low} to {high}", low=low, high=high)


def staff(page: Page, metrics: Sequence[str]) -> pd.DataFrame:
    """Who has records of the project: key, name, records, then of each further metric its value and
    what it rests on; the most records first.
    """
    t, names = page.t, frames.staff_names(page)
    volume, *others = metrics
    rows: list[dict[str, Any]] = []
    for key, each in page.by("staff", metrics, alone(page)).items():
        if key and volume in each:
            row = {"key": key, t("Staff"): names.get(key, key), t("Records"): each[volume].n}
            for metric in others:
                value, basis = _rests_on(page, each.get(metric))
                row[words.axis(t, METRICS[metric])] = value
                row[t("{metric}: 95 % interval and n", metric=t(METRICS[metric].name))] = basis
            rows.append(row)
    rows.sort(key=lambda row: (-row[t("Records")], row["key"]))
    return pd.DataFrame(rows)


def _rests_on(page: Page, each: Measure | None) -> tuple[float | None, str | None]:
    """A measure's value, and its interval and n in words; “n<5” where it is suppressed."""
    t = page.t
    if each is None or not each.n:
        return None, None
    if measures.suppressed(each):
        return None, t("n<5")
    low, high = (t.number(end, METRICS[each.metric].decimals) for end in (each.low, each.high))
    return each.value, t("{low} to {high} (n = {n})", low=low, high=high, n=t.number(each.n))


def weeks(page: Page, project: str) -> tuple[pd.DataFrame, bool]:
    """The project's first weeks as ``charts.weeks`` asks; whether they are per 100 households.

    Further columns number (of the week, from 1), complaints and length in days, of which the last
    week has fewer. The average is of the other projects whose week is over; there is none of fewer
    than WEEKS_NEED.
    """
    every = page.rows_of_store("complaints_since_handover")
    mine = every["project_id"] == project
    own, others = every[mine], every[~mine]
    per_household = bool((own["households"].fillna(0) > 0).all())
    if per_household:
        others = others[others["households"].fillna(0) > 0]
    rows = [
        _week(page, row, others[others["week"] == row["week"]], per_household)
        for row in own.to_dict("records")
    ]
    return pd.DataFrame(rows), per_household


def _week(
    page: Page, row: Mapping[Any, Any], others: pd.DataFrame, per_household: bool
) -> dict[str, Any]:
    t, full = page.t, min(7, 101 - 7 * row["week"])
    over = others[others["days"] == full]
    size = row["households"] / 100 if per_household else 1
    sizes = over["households"].sum() / 100 if per_household else len(over)
    average = over["complaints"].sum() / sizes if len(over) >= WEEKS_NEED else nan
    value = row["complaints"] / size
    return {
        "week": row["week"],
        "number": row["week"] + 1,
        "complaints": row["complaints"],
        "value": value,
        "average": average,
        "whole": row["days"] == full,
        "length": full,
        "hover": t(
            "Week {week}: {value}, others {average} (complaints: {n})",
            week=row["week"] + 1,
            value=t.number(value, 2 if per_household else 0),
            average=t.number(average, 2),
            n=t.number(row["complaints"]),
        ),
    }


def categories(page: Page, project: str) -> pd.DataFrame:
    """The project's complaints by category as ``charts.expected`` asks, the most first."""
    t = page.t
    counts = where.among_all(page).rows("complaint_project_category")
    if counts.empty or project not in set(counts["project_id"]):
        return pd.DataFrame()
    table = counts.pivot(index="project_id", columns="category", values="count").fillna(0)
    row = table.index.get_loc(project)
    matrix = table.to_numpy(float)
    residuals = stats.adjusted_residuals(matrix)[row]
    data = pd.DataFrame(
        {
            "key": table.columns,
            "label": [page.name("category", key) for key in table.columns],
            "count": matrix[row].astype(int),
            "expected": matrix[row].sum() * matrix.sum(axis=0) / matrix.sum(),
            "residual": residuals,
        }
    )
    data["side"] = (data["residual"] > stats.STANDS_OUT).astype(int) - (
        data["residual"] < -stats.STANDS_OUT
    ).astype(int)
    data["hover"] = [
        t(
            "{label}: {count}, expected {expected}",
            label=label,
            count=t.number(count),
            expected=t.number(expected, 1),
        )
        for label, count, expected in zip(
            data["label"], data["count"], data["expected"], strict=True
        )
    ]
    ordered = data.sort_values(["count", "expected", "key"], ascending=[False, False, True])
    return ordered.head(CATEGORIES).reset_index(drop=True)
