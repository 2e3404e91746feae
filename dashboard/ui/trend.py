"""The card of a metric month by month: interval, target, control limits and signals.

Limits are those of the catalogue (``measures.control``). Their baseline is not what happens to be
shown: the series begins up to three years before, so that a month is judged alike in every view.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import nan

import pandas as pd

from dashboard import charts, measures, stats, targets
from dashboard.measures import Measure
from dashboard.metrics import METRICS, Unit
from dashboard.selection import Selection
from dashboard.stats import Control, Signal
from dashboard.ui import cards, series, words
from dashboard.ui.context import Page, month_bounds

HISTORY_MONTHS = 36
"""How far before the first month shown the series of the control limits begins."""
FEW_MONTHS = 3
"""Up to so many months outside the limits are named one by one."""

Months = Mapping[str, Mapping[str, Measure]]


def trend_card(page: Page, metric: str, title: str) -> None:
    """A metric over the twelve months up to the end of the selection, or over all its months."""
    t, entry = page.t, METRICS[metric]
    selection = page.at_least_a_year()
    shown = page.by("month", (metric,), selection)
    months = {**_before(page, metric, selection), **shown}
    keys = sorted(key for key in months if key)
    limits = control(page, metric, months)
    data = _frame(page, metric, selection, shown).join(_limits(keys, limits), on="key")
    data["hover"] = _hovers(page, metric, data)
    incomplete = series.incomplete(page, list(data["key"]))
    figure = None
    if not data.empty:
        figure = charts.trend(
            data,
            axis=words.axis(t, entry),
            texts=_texts(page, metric),
            target=list(data["target"]),
            control=data[["centre", "lower", "upper", "signal"]],
            incomplete=incomplete,
        )
        charts.ticked(figure, series.time_ticks(page, data["key"]))
    cards.chart(
        page,
        figure,
        title=title,
        note=t.text(*_notes(page, data, keys, limits, incomplete)),
        alt=_first_and_last(page, metric, data, title),
        metric=metric,
        empty=page.reason(metric),
        drill=lambda key: page.drill(metric, within=selection, month=key),
        link=page.drill(metric, within=selection),
        within=selection,
        data=data,
        columns=_columns(page, metric),
    )


def control(page: Page, metric: str, months: Months) -> Control:
    """The control chart of the months, in order of time.

    A count of a month that has not ended is not judged: there is more of it to come.
    """
    keys = sorted(key for key in months if key)
    judged: list[Measure | None] = [months[key].get(metric) for key in keys]
    if METRICS[metric].unit is Unit.COUNT and series.incomplete(page, keys):
        judged[-1] = None
    return measures.control(metric, judged)


def _before(page: Page, metric: str, selection: Selection) -> Months:
    """The months before the selection that the store has, up to HISTORY_MONTHS."""
    number = selection.date_from.year * 12 + selection.date_from.month - 1 - HISTORY_MONTHS
    first = page.rows_of_store("store_period").iloc[0]["first_day"].date()
    start, end = (
        max(first, date(number // 12, number % 12 + 1, 1)),
        selection.date_from - timedelta(days=1),
    )
    if start > end:
        return {}
    return page.by("month", (metric,), replace(selection, date_from=start, date_to=end))


def _frame(page: Page, metric: str, selection: Selection, months: Months) -> pd.DataFrame:
    """The points of the months shown, with the target of each (NaN: none)."""
    names = series.months(page, months)
    data = series.gapless(series.points(page, metric, months, names), names)
    known = targets.from_rows(page.rows("targets"))
    wanted = []
    for key in data["key"]:
        first, last = month_bounds(key)
        found = known.of(metric, max(first, selection.date_from), min(last, selection.date_to))
        wanted.append(nan if found is None else found.value)
    return data.assign(target=wanted)


def _limits(keys: Sequence[str], found: Control) -> pd.DataFrame:
    columns = {"centre": found.centre, "lower": found.low, "upper": found.high}
    signals = ["" if each is None else each.value for each in found.signals]
    return pd.DataFrame({**columns, "signal": signals}, index=list(keys))


def _texts(page: Page, metric: str) -> dict[str, str]:
    t = page.t
    return {
        "value": t(METRICS[metric].name),
        "interval": t("95 % interval"),
        "target": t("Target"),
        "limits": t("Control limits"),
        "outside": t("Outside the limits"),
        "run": t("Run on one side"),
    }


def _columns(page: Page, metric: str) -> dict[str, str]:
    t = page.t
    return {
        **series.columns(page, t("Month"), words.axis(t, METRICS[metric])),
        "target": t("Target"),
        "centre": t("Centre line"),
        "lower": t("Lower control limit"),
        "upper": t("Upper control limit"),
        "signal": t("Signal"),
    }


def _hovers(page: Page, metric: str, data: pd.DataFrame) -> list[str]:
    """What the points say, and why one is a signal."""
    t, entry = page.t, METRICS[metric]
    told = []
    for point, signal, low, high in zip(
        data["hover"], data["signal"], data["lower"], data["upper"], strict=True
    ):
        if signal == Signal.OUTSIDE:
            bounds = {
                "low": words.value(t, entry, low),
                "high": words.value(t, entry, high),
            }
            told.append(
                t("{point} · outside the control limits, {low} to {high}", point=point, **bounds)
            )
        elif signal == Signal.RUN:
            told.append(t("{point} · in a run on one side of the centre", point=point))
        else:
            told.append(point)
    return told


def _notes(
    page: Page, data: pd.DataFrame, keys: Sequence[str], found: Control, incomplete: bool
) -> list[str]:
    """What the signals say, and what else to be careful about."""
    t = page.t
    said = [_outside(page, data), *_runs(page, data, keys, found)]
    if data["centre"].notna().any() and not any(said):
        said = [t("Every month is within its control limits.")]
    if data["n"].between(1, measures.SMALL_BELOW - 1).any():
        said.append(t("Hollow: fewer than 30 cases."))
    if incomplete:
        said.append(t("Dotted: not a whole month."))
    return [each for each in said if each]


def _outside(page: Page, data: pd.DataFrame) -> str:
    """Which of the months shown are outside the limits; most of them are no news."""
    t = page.t
    outside = data[data["signal"] == Signal.OUTSIDE]
    judged = int(data["centre"].notna().sum())
    if len(outside) > FEW_MONTHS and 2 * len(outside) > judged:
        return t(
            "{n} of {of} months are outside the control limits: with so many cases, these are "
            "narrower than what months usually differ by.",
            n=len(outside),
            of=judged,
        )
    if len(outside) > FEW_MONTHS:
        last = outside["label"].iloc[-1]
        return t(
            "Outside the control limits in {n} months, the last is {month}.",
            n=len(outside),
            month=last,
        )
    if len(outside):
        return t("Outside the control limits in {months}.", months=t.enumeration(outside["label"]))
    return ""


def _runs(page: Page, data: pd.DataFrame, keys: Sequence[str], found: Control) -> list[str]:
    """The runs that reach into the months shown."""
    names = series.months(page, keys)
    shown = set(data["key"])
    return [
        _run(page, run, names[keys[run.first]], names[keys[run.last]], run.last == len(keys) - 1)
        for run in stats.runs(found)
        if shown & set(keys[run.first : run.last + 1])
    ]


def _run(page: Page, run: stats.Run, start: str, end: str, lasts: bool) -> str:
    t = page.t
    if run.shift:
        return t(
            "The level shifted in {start}: from then on, months lie on one side of the former "
            "centre.",
            start=start,
        )
    if lasts:
        return t(
            "{n} months in a row on one side of the centre, since {start}.",
            n=run.months,
            start=start,
        )
    return t(
        "{n} months in a row on one side of the centre, from {start} to {end}.",
        n=run.months,
        start=start,
        end=end,
    )


def _first_and_last(page: Page, metric: str, data: pd.DataFrame, title: str) -> str:
    if data.empty:
        return title
    return page.t(
        "{title}: {first} in {start}, {last} in {end}",
        title=title,
        **series.ends(page, metric, data),
    )
