"""What is said of service standards: rows, names and dates."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from dashboard import measures
from dashboard.i18n import MISSING, Translator
from dashboard.measures import Measure
from dashboard.metrics import METRICS
from dashboard.metrics.standards import PROMISED, RESPONSES, metric_of
from dashboard.selection import Selection
from dashboard.ui import Page, words

IN_FORCE = ("pilot", "active")


def today(page: Page) -> date:
    """The day of the as-of time, else the last of the selection."""
    return page.info.as_of.date() if page.info.as_of else page.selection.date_to


def two_years(page: Page) -> Selection:
    """The selection itself, or where it is shorter the two years up to its end."""
    whole = page.at_least_a_year()
    start = whole.date_to.replace(year=whole.date_to.year - 2, day=1)
    return replace(whole, date_from=min(whole.date_from, start))


def in_force_since(page: Page) -> dict[str, date]:
    """Metric → since when the active version of its standard holds."""
    found: dict[str, date] = {}
    for row in _rows(page):
        metric = row["metric"]
        if metric and row["state"] == "active" and row["effective_from"]:
            found[metric] = max(row["effective_from"], found.get(metric, date.min))
    return found


def half_years(page: Page) -> dict[str, str]:
    """Firsts of January and July of the two years up to the as-of time, with their names."""
    end = today(page)
    days = [date(end.year + back, month, 1) for back in (-2, -1, 0) for month in (1, 7)]
    start = end.replace(year=end.year - 2, day=1)
    shown = [day for day in days if start <= day <= end]
    names = page.t.time_ticks(shown, most=len(shown))
    return {shown[place].isoformat(): name for place, name in names.items()}


def lives(page: Page) -> pd.DataFrame:
    """The versions in the two years up to the as-of time, as ``charts.lifecycle`` asks."""
    t, end = page.t, today(page)
    start = end.replace(year=end.year - 2, day=1)
    states = page.codes("standard_state")
    rows = []
    for row in _rows(page):
        first, last = row["effective_from"] or start, row["effective_to"] or max(end, start)
        if last < start or last < first:
            continue
        rows.append(
            {
                "key": row["standard_id"],
                "label": row["name"],
                "version": row["version"],
                "state": row["state"],
                "state_label": states.get(row["state"], row["state"]),
                "start": max(first, start),
                "end": last,
                "hover": _life(t, row, states.get(row["state"], row["state"])),
            }
        )
    columns = ["key", "label", "version", "state", "state_label", "start", "end", "hover"]
    return pd.DataFrame(rows, columns=columns)


def versions(page: Page) -> pd.DataFrame:
    """One row per standard and version, in words."""
    t, whole = page.t, page.total((*RESPONSES.values(), PROMISED))
    states = page.codes("standard_state")
    rows = []
    for row in _rows(page):
        measure = whole.get(row["metric"]) if row["metric"] and _holds(page, row) else None
        measured = t(METRICS[row["metric"]].name) if row["metric"] else t("Not measured here")
        rows.append(
            {
                t("Standard"): row["name"],
                t("Version"): row["version"],
                t("State"): states.get(row["state"], row["state"]),
                t("Holds for"): _cases(page, row["scope"]),
                t("Threshold"): _threshold(t, row["threshold"], row["unit"]),
                t("From"): row["effective_from"],
                t("To"): row["effective_to"],
                t("Measured by"): measured,
                t("Attainment (%)"): measure.value if measure else None,
                t("n"): measure.n if measure else None,
            }
        )
    data = pd.DataFrame(rows)
    return data if data.empty else data.astype({t("Attainment (%)"): float, t("n"): "Int64"})


def outcome_names(t: Translator) -> dict[str, str]:
    """Outcome → its name, in the order in which they are stacked."""
    return {
        "met": t("Met"),
        "missed": t("Missed"),
        "overdue": t("Overdue"),
        "pending": t("Pending"),
    }


def outcomes(page: Page) -> dict[str, dict[str, int]]:
    """Metric of a standard → outcome → records; the parts add up to all records of the standard."""
    rows = page.rows("standard_outcomes").set_index("metric")
    return {
        str(key): {part: int(row[part]) for part in outcome_names(page.t)}
        for key, row in rows.iterrows()
    }


def metric_name(t: Translator, metric: str) -> str:
    """The name of a standard's metric."""
    return t(METRICS[metric].name)


def short_name(t: Translator, metric: str) -> str:
    """The name of a standard as short as a column needs."""
    levels = {name: code for code, name in RESPONSES.items()}
    return t.label("level", levels[metric]) if metric in levels else t("On time")


def attainment(
    page: Page,
    groups: Mapping[str, Mapping[str, Measure]],
    rows: Mapping[str, str],
    columns: Mapping[str, str],
) -> pd.DataFrame:
    """Attainment by project and metric, as ``charts.attainment`` asks; n < 5 keeps no value.

    Each project is judged by its own target, as in the league of projects.
    """
    t, bounds, found = page.t, page.bounds(*columns), []
    for key, label in rows.items():
        for metric, name in columns.items():
            measure = groups[key].get(metric)
            if measure is None or measure.n == 0:
                continue
            few, cell = measures.suppressed(measure), t("{row}, {column}", row=label, column=name)
            target = bounds.get(key, {}).get(metric)
            status = "few" if few else measures.status(measure, target).value
            entry = METRICS[metric]
            found.append(
                {
                    "row": key,
                    "column": metric,
                    "row_label": label,
                    "column_label": name,
                    "value": None if few else measure.value,
                    "low": None if few else measure.low,
                    "high": None if few else measure.high,
                    "n": measure.n,
                    "status": status,
                    "shown": t("n<5") if few else t.number(measure.value, 1),
                    "hover": t("{label}: fewer than 5 cases", label=cell)
                    if few
                    else words.hover(t, entry, cell, measure),
                }
            )
    names = ["row", "column", "row_label", "column_label", "value", "low", "high", "n"]
    frame = pd.DataFrame(found, columns=[*names, "status", "shown", "hover"])
    return frame.astype(dict.fromkeys(("value", "low", "high"), float))


def _rows(page: Page) -> list[dict[str, Any]]:
    """The versions of the standards, blank cells as None, with the metric that measures each."""
    data = page.rows_of_store("standard_versions").astype(object)
    rows: list[dict[str, Any]] = data.where(data.notna(), None).to_dict("records")  # type: ignore[assignment]
    for row in rows:
        row["metric"] = metric_of(row["measure"], row["scope"], row["threshold"], row["unit"])
        for day in ("effective_from", "effective_to"):
            row[day] = None if row[day] is None else pd.Timestamp(row[day]).date()
    return rows


def _life(t: Translator, row: Mapping[str, Any], state: str) -> str:
    """What the chart says of one version; the dates of a retired one are those it was in force."""
    told = {
        "standard": row["name"],
        "version": row["version"],
        "start": t.day(row["effective_from"]) if row["effective_from"] else MISSING,
        "end": t.day(row["effective_to"]) if row["effective_to"] else MISSING,
    }
    if row["state"] == "retired":
        return t(
            "{standard}, version {version}: in force from {start} to {end}, now retired", **told
        )
    return t("{standard}, version {version}: {state} from {start} to {end}", state=state, **told)


def _holds(page: Page, row: Mapping[str, Any]) -> bool:
    """Whether the version is in force at the as-of time."""
    day = today(page)
    return (
        row["state"] in IN_FORCE
        and (row["effective_from"] or day) <= day
        and (row["effective_to"] or day) >= day
    )


def _cases(page: Page, code: str | None) -> str:
    """What a standard holds for: a level, a kind, a stage or a category; else the code itself."""
    if code is None:
        return page.t("Everything")
    for known in (page.codes("level"), page.codes("kind"), page.codes("stage")):
        if code in known:
            return known[code]
    return page.labels["category"].get(code, code)


def _threshold(t: Translator, value: float, unit: str) -> str:
    number = t.number(value, 0 if float(value).is_integer() else 1)
    forms = {
        "h": t("{value} h", value=number),
        "min": t("{value} min", value=number),
        "d": t("{value} d", value=number),
        "%": t("{n} %", n=number),
    }
    return forms.get(unit, f"{number} {unit}")
