"""Measures in words: values, changes, intervals and definitions in the reader's language."""

from collections.abc import Mapping

from dashboard import definitions
from dashboard.i18n import Translator
from dashboard.measures import Change, Measure
from dashboard.metrics import Metric


def value(t: Translator, metric: Metric, amount: float | None) -> str:
    """A value of the metric with its unit."""
    return definitions.amount(t, metric, amount)


def axis(t: Translator, metric: Metric) -> str:
    """Title of an axis that shows the metric: its name and unit."""
    name = t(metric.name)
    forms: Mapping[str, str] = {
        "percent": t("{name} (%)", name=name),
        "per_mille": t("{name} (‰)", name=name),
        "hours": t("{name} (hours)", name=name),
        "money": t("{name} (yuan)", name=name),
        "points": t("{name} (points)", name=name),
    }
    return forms.get(metric.unit, name)


def change(t: Translator, metric: Metric, difference: Change) -> str:
    """A change, signed: percentage points for shares, per cent of the value before for amounts."""
    if difference.delta is None:
        return ""
    if difference.relative:
        return t("{n} %", n=t.signed(difference.delta, 1))
    number = t.signed(difference.delta, max(metric.decimals, 1))
    if metric.unit == "percent":
        return t("{n} pp", n=number)
    return number


def interval(t: Translator, metric: Metric, measure: Measure) -> str:
    """The 95 % interval; empty where there is none."""
    if measure.low is None or measure.high is None:
        return ""
    return t(
        "95 %: {low} to {high}",
        low=value(t, metric, measure.low),
        high=value(t, metric, measure.high),
    )


def certainty(t: Translator, metric: Metric, measure: Measure) -> str:
    """n and, where there is one, the 95 % interval."""
    counted = t("n = {n}", n=t.number(measure.n))
    bounds = interval(t, metric, measure)
    return t("{n}, {interval}", n=counted, interval=bounds) if bounds else counted


def hover(t: Translator, metric: Metric, label: str, measure: Measure) -> str:
    """What a chart says of one point."""
    return t(
        "{label}: {value} ({certainty})",
        label=label,
        value=value(t, metric, measure.value),
        certainty=certainty(t, metric, measure),
    )


def definition(t: Translator, metric_id: str) -> str:
    """The metric's definition, with a link to its entry in the glossary."""
    each = definitions.entry(t, metric_id)
    link = f"[{t('More in the glossary')}](glossary?lang={t.language}&term={metric_id})"
    return "\n\n".join((each.formula, each.direction, each.trap, link))


def group_names(t: Translator) -> dict[str, str]:
    """What measures can be broken down by → its name."""
    return {
        "region": t("Region"),
        "project": t("Project"),
        "channel": t("Channel"),
        "stage": t("Stage"),
        "segment": t("Segment"),
        "tier": t("Delivered tier"),
        "kind": t("Kind"),
        "category": t("Category"),
        "level": t("Response level"),
    }
