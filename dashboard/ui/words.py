"""Measures in words: values, changes, intervals and definitions in the reader's language."""

import re
from collections.abc import Mapping

from dashboard import definitions
from dashboard.codes import CODES
from dashboard.i18n import Translator
from dashboard.measures import Change, Measure
from dashboard.metrics import Metric
from dashboard.selection import HANDOVERS

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~@])")
_FOUND_LATER = re.compile(
    r"(?<=http)(?=s?://)|(?<=www)(?=\.)|(?<=@)|(?<=:)(?=[\w+/-]+:)", re.IGNORECASE
)
"""Inside addresses and names of icons (:dog:), which are looked for when the escapes are gone."""
_UNITS = re.compile(r"(?<=\bn) (?==)|(?<=\bn =) |(?<=\d) (?=[%‰])")
_JOINER = "\u2060"  # of no width


def plain(text: str) -> str:
    """Text that markdown shows as it is: no links, images, formulas or colours.

    Addresses and icons are looked for when the escapes are gone; a joiner of no width hides them.
    """
    return _MARKUP.sub(r"\\\1", _FOUND_LATER.sub(_JOINER, text))


def together(text: str) -> str:
    """Text in which no line ends within “n = 5” or between a number and its per cent sign."""
    return _UNITS.sub("\u00a0", text)


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
        "target_tier": t("Target tier"),
        "staff": t("Staff"),
        "weekday": t("Weekday"),
        "hour": t("Hour"),
        "grade": t("Staff grade"),
        "team": t("Staff team"),
        "customer": t("Customer"),
        "handover": t("Days since handover"),
    }


def handovers(t: Translator) -> dict[str, str]:
    """Time since handover → its words, in order."""
    words = (
        t("Before handover"),
        t("0–7 days"),
        t("8–30 days"),
        t("31–60 days"),
        t("61–100 days"),
        t("101–180 days"),
        t("181–365 days"),
        t("over 365 days"),
    )
    return dict(zip(HANDOVERS, words, strict=True))


def handover_ticks(t: Translator) -> dict[int, str]:
    """The same for an axis of narrow columns whose title says that these are days."""
    ranges = ("0–\n7", "8–\n30", "31–\n60", "61–\n100", "101–\n180", "181–\n365")
    return dict(enumerate((t("before\nhandover"), *ranges, t("over\n365"))))


def column_names(t: Translator) -> dict[str, str]:
    """Column of the contract → its name."""
    return {
        "record_id": t("Record"),
        "survey_id": t("Survey"),
        "customer_id": t("Customer"),
        "project_name": t("Project"),
        "region": t("Region"),
        "staff_id": t("Staff"),
        "kind": t("Kind"),
        "stage": t("Stage"),
        "category": t("Category"),
        "risk": t("Risk"),
        "channel": t("Channel"),
        "level": t("Response level"),
        "tier_target": t("Target tier"),
        "tier_delivered": t("Delivered tier"),
        "status": t("Status"),
        "created_at": t("Created"),
        "due_at": t("Due"),
        "first_response_at": t("First response"),
        "on_site_at": t("On site"),
        "resolved_at": t("Resolved"),
        "fed_back_at": t("Fed back"),
        "closed_at": t("Closed"),
        "reopen_count": t("Times reopened"),
        "escalated": t("Was escalated"),
        "cost": t("Cost (yuan)"),
        "title": t("Title"),
        "sent_at": t("Sent"),
        "responded_at": t("Answered"),
        "nps": t("NPS rating"),
        "csat": t("Satisfaction rating"),
        "ces": t("Effort rating"),
        "attitude": t("Attitude"),
        "ability": t("Ability"),
        "efficiency": t("Efficiency"),
        "content_quality": t("Content and quality"),
        "after_sales": t("After-sales support"),
        "comment": t("Comment"),
        "segment": t("Customer segment"),
        "vip": t("VIP"),
        "handed_over_on": t("Handed over"),
        "households": t("Households"),
        "joined_on": t("Joined"),
        "left_on": t("Left"),
        "dimension": t("Dimension"),
        "expectation": t("Expected"),
        "perception": t("Perceived"),
        "training_id": t("Training"),
        "staff_name": t("Name"),
        "course": t("Course"),
        "held_on": t("Held on"),
        "required": t("Required"),
        "attended": t("Attended"),
        "score": t("Score"),
        "passed": t("Passed"),
        "hours": t("Hours"),
        "required_sessions": t("Required sessions"),
        "attended_sessions": t("Attended sessions"),
        "inspection_id": t("Inspection"),
        "inspected_on": t("Inspected on"),
        "item": t("Item"),
        "phase": t("Phase"),
        "finding": t("Finding"),
        "severity": t("Severity"),
        "due_on": t("Due on"),
        "rectified_on": t("Rectified on"),
        "rechecked_on": t("Rechecked on"),
        "recheck_passed": t("Recheck passed"),
        **{code: t.label("dimension", code) for code in CODES["dimension"]},
    }
