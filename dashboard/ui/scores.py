"""Scorecards in words and figures: names of indicators, rank bands, what to be careful about."""

from dashboard import measures
from dashboard.i18n import MISSING, Translator
from dashboard.measures import Measure
from dashboard.metrics import METRICS, Unit
from dashboard.people import Person
from dashboard.scorecard import WORDS, Card, Review, Scheme

FEW_RATERS = 3
_HELD_WITH = ("peer", "self", "customer", "manager")


def name(t: Translator, indicator: str) -> str:
    """The name of an indicator with its unit."""
    told = WORDS.get(indicator) or METRICS[indicator]
    if told.unit is Unit.PERCENT:
        return t("{name} (%)", name=t(told.name))
    return t(told.name)


def plain_name(t: Translator, indicator: str) -> str:
    """The name of an indicator."""
    return t((WORDS.get(indicator) or METRICS[indicator]).name)


def amount(t: Translator, indicator: str, value: float | None) -> str:
    """A value of an indicator, with the decimals that it is shown with."""
    return t.number(value, (WORDS.get(indicator) or METRICS[indicator]).decimals)


def weights(weighing: Scheme) -> dict[str, float]:
    """Indicator → its agreed part of the scorecard, 0 to 1, where none is missing."""
    whole = sum(weighing.perspectives.values())
    within = {
        perspective: sum(
            goal.weight for goal in weighing.goals.values() if goal.perspective == perspective
        )
        for perspective in weighing.perspectives
    }
    return {
        indicator: weighing.perspectives[goal.perspective]
        / whole
        * goal.weight
        / within[goal.perspective]
        for indicator, goal in weighing.goals.items()
    }


def band(t: Translator, card: Card) -> str:
    """The rank band as short as a table needs; a dash without a scorecard."""
    if card.rank is None:
        return MISSING
    return t("{best}–{worst} of {of}", best=card.rank.best, worst=card.rank.worst, of=card.rank.of)


def standing(t: Translator, card: Card) -> str:
    """The rank band in words."""
    rank = card.rank
    if rank is None:
        return t("Too few cases for a scorecard.")
    if rank.of == 1:
        return t("Nobody to be compared with.")
    if rank.best == rank.worst:
        return t("Rank {best} of {of}, told from all others.", best=rank.best, of=rank.of)
    return t(
        "Between rank {best} and {worst} of {of}.", best=rank.best, worst=rank.worst, of=rank.of
    )


def hover(t: Translator, label: str, card: Card, n: int) -> str:
    """What a chart says of one scorecard: never a rank without its band."""
    return t(
        "{label}: {score} (95 %: {low} to {high}), rank {band}, {n} records",
        label=label,
        score=t.number(card.score, 1),
        low=t.number(card.low, 1),
        high=t.number(card.high, 1),
        band=band(t, card),
        n=t.number(n),
    )


def caution(t: Translator, person: Person) -> str:
    """What a reader of one person's score has to bear in mind; empty where nothing."""
    told = []
    if person.records < measures.SMALL_BELOW:
        told.append(t("Small sample"))
    if person.card.missing:
        missing = t.enumeration(plain_name(t, each) for each in person.card.missing)
        told.append(t("n<5: {indicators}", indicators=missing))
    return " · ".join(told)


def unless_few(measure: Measure | None) -> float | None:
    """The value of a person's measure, none where fewer than 5 cases are behind it."""
    return None if measure is None or measures.suppressed(measure) else measure.value


def review_value(review: Review) -> float | None:
    """The 360° review, none where fewer than 5 ratings are behind it."""
    ratings = sum(each.n for each in review.parts.values())
    return review.value if ratings >= measures.SUPPRESSED_BELOW else None


def shown_alone(review: Review) -> set[str]:
    """The rater groups whose score may be shown by itself.

    A group of fewer than three is not, the manager excepted. Where that would leave out just one,
    another is left out with it, colleagues before customers and the manager last: the one could be
    worked out from the whole, where that is shown.
    """
    held = [key for key, each in review.parts.items() if key != "manager" and each.n < FEW_RATERS]
    others = [key for key in _HELD_WITH if key in review.parts and key not in held]
    if len(held) == 1 and others and (others[0] != "manager" or review_value(review) is not None):
        held.append(others[0])
    return set(review.parts) - set(held)


def fairness(t: Translator, weighing: Scheme) -> str:
    """What a score says and what it does not."""
    return t(
        "The score says how the cases of a person went, not how good a person is. Shares of few "
        "cases are drawn towards the share of everybody ({k} average cases are added); an "
        "indicator with fewer than {n} cases is left out and its weight spread over the others. A "
        "rank holds only as a band: people whose intervals overlap cannot be told apart.",
        k=t.number(weighing.shrinkage),
        n=t.number(weighing.minimum_n),
    )
