"""A finding in words: one sentence that says it, and one that says what it rests on.

Every case has its own whole sentence; ``name`` gives the name of a dimension's key in the reader's
language. Names are put in as they are: who shows them makes them inert.
"""

from collections.abc import Callable
from datetime import date

from dashboard import definitions
from dashboard.findings.model import Difference, Finding, Kind, Report, Where
from dashboard.findings.rules import PLACES
from dashboard.i18n import Translator
from dashboard.measures import Measure
from dashboard.metrics import METRICS, Unit

Name = Callable[[str, str], str]
"""Dimension and key → name."""

FURTHER = 4
"""How many more findings the evidence names."""


def title(t: Translator, finding: Finding, name: Name) -> str:
    """The finding as one sentence, without a full stop."""
    return _SENTENCES[finding.kind](t, finding, name)


def evidence(t: Translator, finding: Finding, name: Name) -> str:
    """What it rests on: cases, interval of the difference, significance, and what goes with it."""
    told = _EVIDENCE[finding.kind](t, finding)
    if further := _further(finding):
        parts = t.enumeration(brief(t, each, name, finding.where) for each in further)
        told = t("{evidence} Also: {findings}.", evidence=told, findings=parts)
    return told


def nothing(t: Translator, report: Report) -> str:
    """That nothing was found, and how much was looked at."""
    n = report.examined.get("changes", 0)
    if not n:
        return t("There is too little in this selection to tell a change from chance.")
    if not report.compared:
        return t.plural(
            "No month left its usual range by enough to matter: {n} point was examined.",
            "No month left its usual range by enough to matter: {n} points were examined.",
            n,
        )
    return t.plural(
        "Nothing changed beyond chance and by enough to matter: {n} comparison was examined.",
        "Nothing changed beyond chance and by enough to matter: {n} comparisons were examined.",
        n,
    )


def examined(t: Translator, report: Report) -> str:
    """How the list came about."""
    n = report.examined.get("changes", 0)
    if not report.compared:
        return t.plural(
            "Without a comparison only the months are looked at: {n} point of control charts.",
            "Without a comparison only the months are looked at: {n} points of control charts.",
            n,
        )
    if not report.covered:
        return t(
            "{n} comparisons examined, at most 1 % of the findings expected to be false. The data "
            "do not reach over both periods, so that volumes are not compared.",
            n=t.number(n),
        )
    return t(
        "{n} comparisons examined, at most 1 % of the findings expected to be false.", n=t.number(n)
    )


def place(t: Translator, where: Where, name: Name) -> str:
    """Where a finding is, in words; the whole selection where it is everywhere."""
    if not where:
        return t("Whole selection")
    named = dict(where)
    if "team" in named:
        return t("Team {name}", name=name("team", named["team"]))
    if "target_tier" in named:
        return t("Target tier {name}", name=name("target_tier", named["target_tier"]))
    if len(named) == 1:
        ((dimension, key),) = where
        return name(dimension, key)
    around = "project" if "project" in named else "region"
    return t(
        "{category} in {place}",
        category=name("category", named["category"]),
        place=name(around, named[around]),
    )


def brief(t: Translator, finding: Finding, name: Name, beside: Where) -> str:
    """A finding as further evidence of one about ``beside``: metric and difference."""
    metric, shown = t(METRICS[finding.metric].name), amount(t, finding.metric, finding.difference)
    if finding.where == beside:
        if finding.kind is Kind.CLUSTER:
            return t("{months} {change}", months=_months(t, finding), change=shown)
        return t("{metric} {change}", metric=metric, change=shown)
    return t(
        "{place}: {metric} {change}",
        place=place(t, finding.where, name),
        metric=metric,
        change=shown,
    )


def amount(t: Translator, metric: str, difference: Difference) -> str:
    """A difference, signed, with its unit."""
    return _signed(t, metric, difference.delta, difference.relative)


def _signed(t: Translator, metric: str, delta: float, relative: bool) -> str:
    entry = METRICS[metric]
    if relative:
        return t("{n} %", n=t.signed(delta))
    if entry.unit is Unit.PERCENT:
        return t("{n} pp", n=t.signed(delta, 1))
    if entry.unit is Unit.POINTS:
        return t("{n} points", n=t.signed(delta, 1))
    return t.signed(delta, max(entry.decimals, 1))


def _value(t: Translator, measure: Measure) -> str:
    return definitions.amount(t, METRICS[measure.metric], measure.value)


def _changed(t: Translator, finding: Finding, name: Name) -> str:
    said = {
        "metric": t(METRICS[finding.metric].name),
        "before": _value(t, finding.before),
        "after": _value(t, finding.after),
    }
    if not finding.where:
        if finding.rises:
            return t("{metric} rose from {before} to {after}", **said)
        return t("{metric} fell from {before} to {after}", **said)
    said["place"] = place(t, finding.where, name)
    if finding.rises:
        return t("{place}: {metric} rose from {before} to {after}", **said)
    return t("{place}: {metric} fell from {before} to {after}", **said)


def _shifted(t: Translator, finding: Finding, name: Name) -> str:
    entry = METRICS[finding.metric]
    said = {
        "place": place(t, finding.where, name),
        "metric": t(entry.name),
        "after": _value(t, finding.after),
        "before": _value(t, finding.before),
        "first": _month(t, finding.months[0]),
        "last": _month(t, finding.months[-1]),
    }
    if finding.run:
        if finding.rises:
            return t("{place}, {metric}: {after} since {first}, up from {before} before", **said)
        return t("{place}, {metric}: {after} since {first}, down from {before} before", **said)
    said |= {
        "low": definitions.amount(t, entry, finding.before.low),
        "high": definitions.amount(t, entry, finding.before.high),
    }
    if finding.rises:
        return t("{place}, {metric}: {after} in {first}, above the usual {low} to {high}", **said)
    return t("{place}, {metric}: {after} in {first}, below the usual {low} to {high}", **said)


def _contrasted(t: Translator, finding: Finding, name: Name) -> str:
    said = {
        "place": place(t, finding.where, name),
        "metric": t(METRICS[finding.metric].name),
        "after": _value(t, finding.after),
        "before": _value(t, finding.before),
    }
    if finding.rises:
        return t("{place}: {metric} {after}, well above the {before} elsewhere", **said)
    return t("{place}: {metric} {after}, well below the {before} elsewhere", **said)


def _clustered(t: Translator, finding: Finding, name: Name) -> str:
    n, expected = int(finding.after.value or 0), t.number(finding.before.value)
    said = {
        "place": place(t, finding.where, name),
        "months": _months(t, finding),
        "expected": expected,
    }
    if finding.months:
        return t.plural(
            "{place}: {n} record in {months}, where {expected} would be expected",
            "{place}: {n} records in {months}, where {expected} would be expected",
            n,
            **said,
        )
    return t.plural(
        "{place}: {n} complaint, where {expected} would be expected",
        "{place}: {n} complaints, where {expected} would be expected",
        n,
        **said,
    )


def _months(t: Translator, finding: Finding) -> str:
    if not finding.months:
        return ""
    first, last = finding.months[0], finding.months[-1]
    if first == last:
        return _month(t, first)
    return t("{first} to {last}", first=_month(t, first), last=_month(t, last))


def _month(t: Translator, key: str) -> str:
    return t.month_named(date.fromisoformat(f"{key}-01"))


def _interval(t: Translator, finding: Finding) -> dict[str, str]:
    """The difference with its unit, and its bounds without."""
    found = finding.difference
    decimals = 0 if found.relative else max(METRICS[finding.metric].decimals, 1)
    return {
        "change": amount(t, finding.metric, found),
        "low": t.signed(found.low, decimals),
        "high": t.signed(found.high, decimals),
    }


def _change_evidence(t: Translator, finding: Finding) -> str:
    said = _interval(t, finding)
    if finding.difference.relative:
        return t("Significant: {change} (95 % interval {low} to {high}).", **said)
    return t(
        "Significant: {change} (95 % interval {low} to {high}), n = {before} before and {after} "
        "after.",
        **said,
        before=t.number(finding.before.n),
        after=t.number(finding.after.n),
    )


def _shift_evidence(t: Translator, finding: Finding) -> str:
    said = {"change": _interval(t, finding)["change"], "n": t.number(finding.after.n)}
    if finding.run:
        return t(
            "A signal of the control chart: eight months or more on one side of the former centre; "
            "{change}, n = {n}.",
            **said,
        )
    return t("A signal of the control chart: outside its limits; {change}, n = {n}.", **said)


def _contrast_evidence(t: Translator, finding: Finding) -> str:
    return t(
        "Significant: {change} (95 % interval {low} to {high}), n = {here} here and {others} "
        "elsewhere.",
        **_interval(t, finding),
        here=t.number(finding.after.n),
        others=t.number(finding.before.n),
    )


def _cluster_evidence(t: Translator, finding: Finding) -> str:
    times = (finding.after.value or 0) / max(finding.before.value or 0, 0.1)
    lift = t.number(times, 1)
    if finding.months:
        return t("{lift} times what the category and the month let expect.", lift=lift)
    return t("{lift} times what the project and the category let expect.", lift=lift)


def _further(finding: Finding) -> list[Finding]:
    """Other metrics first of the same place, then of others; each told once."""
    seen = {(finding.where, finding.metric, finding.months)}
    kept: list[Finding] = []
    for each in sorted(finding.also, key=lambda one: _order(one, finding)):
        own = each.where == finding.where
        apart = each.kind is Kind.CONTRAST and not each.dimensions & PLACES
        known = each.metric in {metric for place, metric, _ in seen if place == finding.where}
        if (each.where, each.metric, each.months) in seen or (known and not own and not apart):
            continue
        if each.kind is Kind.SHIFT and known:
            continue
        seen.add((each.where, each.metric, each.months))
        kept.append(each)
    return kept[:FURTHER]


def _order(each: Finding, finding: Finding) -> tuple[bool, bool, float]:
    return each.where != finding.where, each.kind is Kind.SHIFT, -each.importance


_SENTENCES: dict[Kind, Callable[[Translator, Finding, Name], str]] = {
    Kind.CHANGE: _changed,
    Kind.SHIFT: _shifted,
    Kind.CONTRAST: _contrasted,
    Kind.CLUSTER: _clustered,
}
_EVIDENCE: dict[Kind, Callable[[Translator, Finding], str]] = {
    Kind.CHANGE: _change_evidence,
    Kind.SHIFT: _shift_evidence,
    Kind.CONTRAST: _contrast_evidence,
    Kind.CLUSTER: _cluster_evidence,
}
