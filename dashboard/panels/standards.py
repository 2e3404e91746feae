"""Panels of service standards: their lives, where they are kept, and what is due now."""

from dataclasses import replace
from datetime import date, timedelta

from dashboard import charts, measures, ui
from dashboard.measures import Measure
from dashboard.metrics import METRICS
from dashboard.metrics.standards import MEASURED
from dashboard.panels import standard_facts as facts
from dashboard.selection import Selection
from dashboard.ui import Page, frames, series, words

HEADLINE = (*MEASURED, "inspection_score", "rectified_on_time")
PROJECTS = 20


def lives(page: Page) -> None:
    """The states of each standard over the two years up to the as-of time."""
    t, states = page.t, page.codes("standard_state")
    data = facts.lives(page)
    figure = None
    if len(data):
        figure = charts.lifecycle(
            data,
            states=states,
            today=facts.today(page),
            texts={"today": t("As-of time")},
            ticks=facts.half_years(page),
        )
    ui.chart(
        page,
        figure,
        title=t("The life of each standard"),
        note=t(
            "The last two years, from the draft to what holds now. A retired standard is drawn for "
            "the time that it was in force."
        ),
        alt=t("States of the standards over time"),
        empty=_none_loaded(page),
        data=data,
        columns={
            "label": t("Standard"),
            "version": t("Version"),
            "state_label": t("State"),
            "start": t("From"),
            "end": t("To"),
        },
    )


def versions(page: Page) -> None:
    """Every version of every standard: threshold, state, dates and attainment where measured."""
    t = page.t
    ui.table(
        page,
        facts.versions(page),
        title=t("Every standard and its versions"),
        note=t(
            "Attainment is that of the selection, for the version in force. A standard whose "
            "threshold or cases no metric of the catalogue has is not measured here."
        ),
        metric=MEASURED,
        empty=_none_loaded(page),
        columns={
            t("Attainment (%)"): ui.decimal(1),
            t("n"): ui.whole_number(),
            t("From"): ui.day(),
            t("To"): ui.day(),
        },
    )


def over_time(page: Page) -> None:
    """Attainment month by month, with the day since when the standard is in force."""
    t, since = page.t, facts.in_force_since(page)
    names = {each: t(METRICS[each].name) for each in _latest_first(since)}
    metric = ui.choice(page, "standard", t("Standard"), names)
    entry, selection = METRICS[metric], facts.two_years(page)
    groups = page.by("month", (metric,), selection)
    months = series.months(page, groups)
    data = series.gapless(series.points(page, metric, groups, months), months)
    figure, start = None, since.get(metric)
    if start and not selection.date_from <= start <= selection.date_to:
        start = None
    if len(data):
        figure = charts.trend(
            data,
            axis=words.axis(t, entry),
            texts={
                "value": t(entry.name),
                "interval": t("95 % interval"),
                "target": t("Target"),
            },
            target=page.bound(metric),
            incomplete=series.incomplete(page, list(data["key"])),
        )
        charts.ticked(figure, series.time_ticks(page, data["key"]))
        if start and f"{start:%Y-%m}" in set(data["key"]):
            figure = charts.marked(
                figure, t.month(start), t("In force since {day}", day=t.day(start))
            )
    ui.chart(
        page,
        figure,
        title=t("Is the standard kept, month by month?"),
        note=_before_and_since(page, metric, selection, start)
        if start
        else t("Hollow: fewer than 30 cases."),
        alt=t("{name}, month by month", name=t(entry.name)),
        metric=metric,
        empty=page.reason(metric),
        drill=lambda key: page.drill(metric, within=selection, month=key),
        link=page.drill(metric, within=selection),
        within=selection,
        data=data,
        columns=series.columns(page, t("Month"), words.axis(t, entry)),
    )


def by_project(page: Page) -> None:
    """Attainment by project and level, the projects furthest behind first."""
    t = page.t
    groups = page.by("project", ("standard_rate", *MEASURED))
    groups.pop("", None)
    order = sorted(groups, key=lambda key: (_rate(groups[key].get("standard_rate")), key))
    ranked = [key for key in order if _rate(groups[key].get("standard_rate")) <= 100]
    rows = [(key, page.name("project", key)) for key in ranked[:PROJECTS]]
    columns = [(key, facts.short_name(t, key)) for key in MEASURED]
    data = facts.attainment(page, groups, dict(rows), dict(columns))
    figure = None
    if len(data):
        texts = {
            "missed": t("Target missed"),
            "near": t("Near target: within chance"),
            "met": t("On target"),
            "unknown": t("No target"),
            "few": t("Fewer than 5 cases"),
        }
        figure = charts.attainment(data, rows=rows, columns=columns, texts=texts)
    ui.chart(
        page,
        figure,
        title=t("Which projects keep which standard?"),
        note=t.text(
            t("In percent, the furthest behind first. Choose a cell to open its records."),
            frames.left_out(page, t("Project"), PROJECTS, len(ranked)),
        ),
        alt=t("Attainment by project and standard"),
        metric=MEASURED,
        empty=page.reason("standard_rate"),
        drill=lambda cell: page.drill(cell[1], project=cell[0]),
        data=facts.attainment(
            page, groups, {key: page.name("project", key) for key in ranked}, dict(columns)
        ),
        columns={
            "row_label": t("Project"),
            "column_label": t("Standard"),
            "value": t("Attainment (%)"),
            "low": t("95 % interval, from"),
            "high": t("95 % interval, to"),
            "n": t("n"),
        },
    )


def lateness(page: Page) -> None:
    """How late the records with a standard of their level were, by level or month."""
    t, grades = page.t, page.codes("delay_grade")
    names = {"level": t("Response level"), "month": t("Month")}
    by = ui.choice(page, "late", t("By"), names)
    selection = page.selection if by == "level" else page.at_least_a_year()
    groups = page.by(by, ("delay_grade",), selection)
    levels = page.codes("level")
    labels = levels if by == "level" else series.months(page, groups)
    data = series.shares(
        page, {key: each["delay_grade"].parts for key, each in groups.items()}, labels, grades
    )
    figure = None
    incomplete = by == "month" and series.incomplete(page, list(data["key"]))
    if len(data):
        figure = charts.shares_over(
            data,
            colours=charts.DELAY_COLOURS,
            names=grades,
            axis=t("Share of records due (%)"),
            horizontal=by == "level",
            incomplete=incomplete,
            height=300,
        )
        if by == "month":
            charts.ticked(figure, series.time_ticks(page, data["key"].unique()))
    ui.chart(
        page,
        figure,
        title=t("How late is late?"),
        note=t.text(
            t("Beyond the standard: minor up to 3 days, moderate up to 7, severe more."),
            t("Pale: not a whole month.") if incomplete else "",
        ),
        alt=t("Records by how late they were"),
        metric="delay_grade",
        empty=page.reason("delay_grade"),
        drill=lambda point: page.drill("delay_grade", point[1], within=selection, **{by: point[0]}),
        link=page.drill("delay_grade", within=selection),
        within=selection,
        data=data,
        columns=series.share_columns(
            page,
            {"level": t("Response level"), "month": t("Month")}[by],
            t("Share of records due (%)"),
        ),
    )


def _none_loaded(page: Page) -> str:
    return page.t(
        "No standard is loaded. Load some: {command}",
        command="`python -m dashboard load FILE --table standard`",
    )


def _latest_first(since: dict[str, date]) -> list[str]:
    """The metrics of standards, that of the standard in force for the shortest time first."""
    return sorted(
        MEASURED, key=lambda each: (-since.get(each, date.min).toordinal(), MEASURED.index(each))
    )


def _rate(measure: Measure | None) -> float:
    """For the order of projects: those that are suppressed come last."""
    if measure is None or measure.value is None or measures.suppressed(measure):
        return 101.0
    return measure.value


def _before_and_since(page: Page, metric: str, selection: Selection, start: date) -> str:
    """What changed with the standard, as one sentence."""
    t, entry = page.t, METRICS[metric]
    before = page.total((metric,), replace(selection, date_to=start - timedelta(days=1)))[metric]
    since = page.total((metric,), replace(selection, date_from=start))[metric]
    change = measures.change(metric, before, since)
    values = {
        "day": t.day(start),
        "before": words.value(t, entry, before.value),
        "before_n": t.number(before.n),
        "since": words.value(t, entry, since.value),
        "since_n": t.number(since.n),
        "change": words.change(t, entry, change),
    }
    if change.delta is None:
        return t(
            "In force since {day}: no cases before or none since then, so nothing is compared.",
            **values,
        )
    if change.significant:
        return t(
            "In force since {day}: {before} before (n = {before_n}), {since} since then "
            "(n = {since_n}): {change}, more than chance.",
            **values,
        )
    return t(
        "In force since {day}: {before} before (n = {before_n}), {since} since then "
        "(n = {since_n}): {change}, within chance.",
        **values,
    )
