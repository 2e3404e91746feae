"""What is said of one member of staff, on the screen and on paper: words and rows."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from dashboard import measures
from dashboard.i18n import MISSING, Translator
from dashboard.measures import Measure
from dashboard.metrics import METRICS
from dashboard.people import Person
from dashboard.scorecard import Card
from dashboard.selection import Selection
from dashboard.ui import Page, frames, scores, series

VOLUME = ("record_count", "complaint_count")


def chosen(page: Page) -> Person | None:
    """The person whom the URL names; None where nobody of the selection is named."""
    return page.people().get(page.shown("person"))


def person(page: Page) -> Person:
    """The person whom the URL names; the page has made sure that there is one."""
    return page.people()[page.shown("person")]


def of(page: Page, person: Person) -> Selection:
    """The selection narrowed to the person."""
    return replace(page.selection, staff=(person.staff_id,))


def title(page: Page, person: Person) -> str:
    """The name of the person."""
    return frames.staff_names(page).get(person.staff_id, person.staff_id)


def who(page: Page, person: Person) -> list[str]:
    """Position, grade, team, project and first day, as far as they are known; cases and surveys."""
    t, staff = page.t, page.rows_of_store("staff_names")
    found = staff[staff["staff_id"] == person.staff_id].to_dict("records")
    known = {name: value for each in found for name, value in each.items() if pd.notna(value)}
    project = page.labels["project"].get(known.get("project_id", ""))
    told = [
        known.get("position"),
        t.label("grade", known["grade"]) if "grade" in known else None,
        known.get("team"),
        project,
        t("since {day}", day=t.day(known["hired_on"])) if "hired_on" in known else None,
        t.plural("{n} record", "{n} records", person.records),
        t.plural("{n} survey answered", "{n} surveys answered", person.surveys),
    ]
    return [str(each) for each in told if each]


def interval(t: Translator, card: Card) -> str:
    """The 95 % interval of the score."""
    if card.score is None:
        return MISSING
    return t("95 %: {low} to {high}", low=t.number(card.low, 1), high=t.number(card.high, 1))


def weight(page: Page, perspective: str) -> str:
    """The agreed weight of a perspective."""
    t, weighing = page.t, page.scheme.perspectives
    if perspective not in weighing:
        return t("not weighed")
    return t("weight {n} %", n=t.number(100 * weighing[perspective] / sum(weighing.values())))


def missing_indicators(page: Page, person: Person) -> str:
    """Which indicators are missing and what became of their weight; empty where none is."""
    t = page.t
    if not person.card.missing:
        return ""
    names = t.enumeration(scores.plain_name(t, each) for each in person.card.missing)
    return t("Fewer than 5 cases, weight spread over the others: {names}.", names=names)


def missing_raters(page: Page, person: Person) -> str:
    """Which parts of the review are missing; empty where none is."""
    t = page.t
    if not person.review.missing or not person.review.parts:
        return ""
    labels = page.codes("rater")
    names = t.enumeration(labels[each] for each in person.review.missing)
    return t("Not rated by, weight spread over the others: {names}.", names=names)


def spans(page: Page, grain: str) -> dict[str, Selection]:
    """Quarter or month → its part of the selection, or of the year up to its end."""
    whole, found = page.at_least_a_year(), {}
    start = whole.date_from
    while start <= whole.date_to:
        end = last_day(grain, start)
        found[f"{start:%Y-%m}"] = replace(whole, date_from=start, date_to=min(end, whole.date_to))
        start = end + timedelta(days=1)
    return found


def last_day(grain: str, day: date) -> date:
    """The last day of the quarter or month of a day."""
    length = 3 if grain == "quarter" else 1
    following = day.year * 12 + (day.month - 1) // length * length + length
    return date(following // 12, following % 12 + 1, 1) - timedelta(days=1)


def period_name(t: Translator, grain: str, span: Selection) -> str:
    """A quarter or a month as short as an axis needs."""
    if grain == "month":
        return t.month(span.date_from)
    return t("Q{quarter} {year}", quarter=(span.date_from.month + 2) // 3, year=span.date_from.year)


def unfinished(page: Page, grain: str, span: Selection) -> bool:
    """Whether the quarter or month goes on after the selection or the as-of time."""
    seen = span.date_to
    if page.info.as_of:
        seen = min(seen, page.info.as_of.date())
    return last_day(grain, span.date_from) > seen


def indicator_table(page: Page, person: Person) -> pd.DataFrame:
    """One row per indicator of the scheme, in its order."""
    t, weighing = page.t, page.scheme
    agreed, perspectives = scores.weights(weighing), page.codes("perspective")
    return pd.DataFrame(
        [
            {
                t("Perspective"): perspectives[goal.perspective],
                t("Indicator"): scores.name(t, name),
                t("Raw value"): each.raw,
                t("n"): each.n,
                t("Estimate"): each.estimate,
                t("From 0 to 100 points"): t(
                    "{floor} → {goal}", floor=f"{goal.floor:g}", goal=f"{goal.goal:g}"
                ),
                t("Score"): each.score,
                t("Agreed weight (%)"): 100 * agreed[name],
                t("Weight (%)"): 100 * each.weight,
                t("Points"): None if each.score is None else each.weight * each.score,
            }
            for name, goal in weighing.goals.items()
            for each in (person.card.indicators[name],)
        ]
    ).astype(dict.fromkeys((t("Raw value"), t("Estimate"), t("Score"), t("Points")), float))


def trend_points(page: Page, person: Person, metric: str, grain: str) -> pd.DataFrame:
    """The metric of the person per quarter or month, without a value below 5 cases."""
    periods = spans(page, grain)
    groups = {
        key: page.total((metric,), replace(span, staff=(person.staff_id,)))
        for key, span in periods.items()
    }
    labels = {key: period_name(page.t, grain, span) for key, span in periods.items()}
    return series.gapless(series.points(page, metric, groups, labels, suppress=True), labels)


def rater_table(page: Page, person: Person) -> pd.DataFrame:
    """One row per group of raters with a rating; what may not be shown alone is empty."""
    t, review = page.t, person.review
    shown, labels = scores.shown_alone(review), page.codes("rater")
    weights = page.scheme.review
    whole = sum(weights[key] for key in review.parts)
    return pd.DataFrame(
        [
            {
                t("Raters"): labels[key],
                t("Score"): each.score if key in shown else None,
                t("Ratings"): t.number(each.n) if key in shown else t("too few to show alone"),
                t("Weight (%)"): 100 * weights[key] / whole,
            }
            for key, each in review.parts.items()
        ]
    ).astype({t("Score"): float} if review.parts else {})


def further_table(page: Page, person: Person) -> pd.DataFrame:
    """key (the metric whose rows stand behind it), figure, value and what it rests on."""
    t, mix = page.t, person.case_mix
    rows = [
        (
            "csat",
            scores.plain_name(t, "csat_oe"),
            t.number(mix.ratio, 2) if mix.ratio is not None else t("n<5"),
            t(
                "{observed} satisfied, {expected} expected of such cases, in {n} surveys",
                observed=t.number(mix.observed),
                expected=t.number(mix.expected, 1),
                n=t.number(mix.n),
            )
            if mix.ratio is not None
            else t.plural("{n} survey answered", "{n} surveys answered", mix.n),
        ),
        *_training(page, person),
        *(
            (metric, t(METRICS[metric].name), t.number(each.value), "")
            for metric, each in page.total(VOLUME, of(page, person)).items()
        ),
    ]
    columns = ["key", t("Figure"), t("Value"), t("Rests on")]
    return pd.DataFrame(rows, columns=columns)


def _passed(t: Translator, passed: Measure) -> str:
    """Sessions passed of those attended; of fewer than 5 no share may be worked out."""
    if measures.suppressed(passed):
        return t("n<5") if passed.n else MISSING
    return t("{x} of {n} sessions", x=passed.parts["x"], n=passed.n)


def _training(page: Page, person: Person) -> list[tuple[str, str, str, str]]:
    """Required sessions attended, and sessions passed."""
    t, mine = page.t, of(page, person)
    held = page.rows(
        "trainee_drill", mine, metric="training_coverage", part="counted", limit=None, offset=0
    )
    passed = page.total(("training_pass_rate",), mine)["training_pass_rate"]
    attended = MISSING
    if len(held):
        attended = t(
            "{x} of {n} sessions",
            x=held["attended_sessions"].iloc[0],
            n=held["required_sessions"].iloc[0],
        )
    return [
        ("training_coverage", t("Required sessions attended"), attended, ""),
        (
            "training_pass_rate",
            t("Sessions passed"),
            _passed(t, passed),
            "",
        ),
    ]
