"""The scorecard of one person on one sheet of paper."""

import pandas as pd

from dashboard.i18n import MISSING
from dashboard.metrics import METRICS
from dashboard.panels import person_facts as facts
from dashboard.people import Person
from dashboard.ui import Page, filters, printing, scores

TRENDS = ("csat", "standard_rate")
PERIODS = 8


def sheet(page: Page) -> None:
    """Print this in place of the page."""
    t, person = page.t, facts.person(page)
    printing.sheet(
        [
            *_head(page, person),
            *_score(page, person),
            printing.heading(t("Indicators: what was measured, and what it counts")),
            _indicators(page, person),
            printing.paragraph(facts.missing_indicators(page, person)),
            printing.heading(t("How it changed")),
            _trends(page, person),
            printing.beside(_raters(page, person), _further(page, person)),
            printing.heading(t("What the score is, and what it is not")),
            printing.paragraph(scores.fairness(t, page.scheme)),
        ]
    )


def _head(page: Page, person: Person) -> list[str]:
    t, selection = page.t, page.selection
    period = t("{start} to {end}", start=t.day(selection.date_from), end=t.day(selection.date_to))
    as_of = t("As of {time}", time=t.time(page.info.as_of)) if page.info.as_of else ""
    demo = t("Demo data") if page.info.demo else ""
    told = (period, filters.in_words(t, page.state, page.labels), as_of, demo)
    return [
        printing.heading(t("Scorecard of {name}", name=facts.title(page, person)), first=True),
        printing.paragraph(" · ".join(facts.who(page, person))),
        printing.paragraph(" · ".join(each for each in told if each)),
    ]


def _score(page: Page, person: Person) -> list[str]:
    t, card = page.t, person.card
    perspectives = page.codes("perspective")
    titles = [t("Scorecard"), t("95 % interval"), t("Rank band"), *perspectives.values()]
    bounds = t("{low} to {high}", low=t.number(card.low, 1), high=t.number(card.high, 1))
    row = [
        t.number(card.score, 1),
        bounds if card.score is not None else MISSING,
        scores.band(t, card),
        *(t.number(card.perspectives.get(code), 1) for code in perspectives),
    ]
    return [
        printing.table(titles, [row], range(len(row))),
        printing.paragraph(scores.standing(t, card)),
    ]


def _indicators(page: Page, person: Person) -> str:
    t, data = page.t, facts.indicator_table(page, person)
    decimals = {t("n"): 0, t("Raw value"): 2, t("Estimate"): 2}
    return _table(page, data, decimals)


def _trends(page: Page, person: Person) -> str:
    t = page.t
    periods = list(facts.spans(page, "quarter").items())[-PERIODS:]
    titles = [t("Quarter"), *(facts.period_name(t, "quarter", span) for _, span in periods)]
    rows = []
    for metric in TRENDS:
        data = facts.trend_points(page, person, metric, "quarter").set_index("key")
        cells = [
            t(
                "{n} % (n = {count})",
                n=t.number(data["value"][key], 1),
                count=t.number(data["n"][key]),
            )
            if key in data.index and data["n"][key]
            else t("n<5")
            for key, _ in periods
        ]
        rows.append([t(METRICS[metric].name), *cells])
    return printing.table(titles, rows, range(1, len(titles)))


def _raters(page: Page, person: Person) -> list[str]:
    t, data = page.t, facts.rater_table(page, person)
    value = t("Together: {value}", value=t.number(scores.review_value(person.review), 1))
    told = _table(page, data, {t("Weight (%)"): 0}) if len(data) else ""
    return [
        printing.heading(t("360° review, by who rated")),
        told,
        printing.paragraph(value),
        printing.paragraph(facts.missing_raters(page, person)),
    ]


def _further(page: Page, person: Person) -> list[str]:
    data = facts.further_table(page, person).drop(columns="key")
    return [
        printing.heading(page.t("Case mix, training and volume")),
        _table(page, data, {}),
    ]


def _table(page: Page, data: pd.DataFrame, decimals: dict[str, int]) -> str:
    """A frame with its numbers in the reader's form, one decimal unless told otherwise."""
    t = page.t
    numbers = [
        place
        for place, each in enumerate(data.columns)
        if pd.api.types.is_numeric_dtype(data[each])
    ]
    rows = [
        [
            t.number(cell, decimals.get(title, 1)) if place in numbers else str(cell)
            for place, (title, cell) in enumerate(zip(data.columns, row, strict=True))
        ]
        for row in data.itertuples(index=False, name=None)
    ]
    return printing.table(list(data.columns), rows, numbers)
