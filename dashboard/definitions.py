"""A metric explained in a reader's language: the same entry in the app, in docs and in exports."""

from dataclasses import dataclass

from dashboard.i18n import Translator
from dashboard.metrics import METRICS, Better, Metric, Unit, glossary
from dashboard.scorecard import WORDS, Scheme, scheme


@dataclass(frozen=True)
class Entry:
    """One metric in words; ``target`` and ``origin`` are empty where it has none."""

    metric: str
    name: str
    formula: str
    cohort: str
    direction: str
    target: str
    origin: str
    trap: str


def entry(t: Translator, metric_id: str, weighing: Scheme | None = None) -> Entry:
    """The glossary entry of a metric, or of what else stands on a scorecard.

    ``weighing`` is the scheme in force; without one the shipped scheme is told.
    """
    if metric_id in WORDS:
        return _scorecard_entry(t, metric_id, weighing or scheme())
    metric = METRICS[metric_id]
    return Entry(
        metric=metric_id,
        name=t(metric.name),
        formula=t(metric.definition),
        cohort=t(glossary.cohort(metric)),
        direction=direction(t, metric.better),
        target=_target(t, metric),
        origin=t(glossary.origin(metric)) if metric.target is not None else "",
        trap=t(glossary.trap(metric)),
    )


def entries(t: Translator, weighing: Scheme | None = None) -> list[Entry]:
    """Every metric in the order of the catalogue, then what else stands on a scorecard."""
    return [entry(t, each, weighing) for each in (*METRICS, *WORDS)]


def _scorecard_entry(t: Translator, name: str, weighing: Scheme) -> Entry:
    words = WORDS[name]
    target = weighing.target if name == "scorecard" else None
    origin = t(glossary.DEFAULT)
    if target != scheme().target:
        origin = t("Set by an administrator of the company.")
    return Entry(
        metric=name,
        name=t(words.name),
        formula=t(words.definition),
        cohort=t(glossary.PERSON),
        direction=direction(t, words.better),
        target="" if target is None else t("at least {value}", value=t.number(target)),
        origin="" if target is None else origin,
        trap=t(words.trap),
    )


def direction(t: Translator, better: Better) -> str:
    """Which way is better."""
    return {
        Better.HIGH: t("Higher is better."),
        Better.LOW: t("Lower is better."),
        Better.NONE: t("Neither direction is better in itself."),
    }[better]


def amount(t: Translator, metric: Metric, value: float | None) -> str:
    """A value of the metric with its unit."""
    if metric.unit is Unit.HOURS:
        return t.hours(value)
    number = t.number(value, metric.decimals)
    if value is None:
        return number
    return {
        Unit.PERCENT: t("{n} %", n=number),
        Unit.PER_MILLE: t("{n} ‰", n=number),
        Unit.MONEY: t("¥{n}", n=number),
    }.get(metric.unit, number)


def bound(t: Translator, metric: Metric, target: float) -> str:
    """A target as a condition."""
    shown = amount(t, metric, target)
    return (
        t("at most {value}", value=shown)
        if metric.better is Better.LOW
        else t("at least {value}", value=shown)
    )


def _target(t: Translator, metric: Metric) -> str:
    if metric.target is None:
        return ""
    wanted = bound(t, metric, metric.target)
    return t("{bound} a year", bound=wanted) if metric.yearly else wanted


def markdown(translators: list[Translator]) -> str:
    """The whole glossary as a Markdown document, every entry in each language."""
    lines = ["# Metrics · 指标", ""]
    lines += [
        "Made by `python -m dashboard glossary`; the formulas are the macros of the same names in "
        "`queries/metric`.",
        "",
    ]
    for told in zip(*(entries(t) for t in translators), strict=True):
        lines += [f"## `{told[0].metric}`", ""]
        for t, each in zip(translators, told, strict=True):
            lines += [_paragraph(t, each), ""]
    return "\n".join(lines).rstrip() + "\n"


def _paragraph(t: Translator, each: Entry) -> str:
    parts = [f"**{each.name}.** {each.formula}", *facts(t, each)]
    return "  \n".join(parts)


def facts(t: Translator, each: Entry) -> list[str]:
    """What follows the formula: cohort, direction, target with its origin, trap."""
    told = [
        t("Cohort: {rows}", rows=each.cohort),
        t("Direction: {which}", which=each.direction),
        t("Beware: {trap}", trap=each.trap),
    ]
    if each.target:
        told.insert(2, t("Target: {bound}. {origin}", bound=each.target, origin=each.origin))
    return told
