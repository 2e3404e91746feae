"""Scorecards in words: what may be shown alone, bands, weights, what to be careful about."""

from dataclasses import replace

import pytest

from dashboard.i18n import translator
from dashboard.people import Person
from dashboard.scorecard import NO_CASES, Card, Indicator, Rating, Review, scheme
from dashboard.stats import Rank
from dashboard.ui import scores

EN, ZH = translator("en"), translator("zh_CN")


def rated(**groups: int) -> Review:
    return Review(50.0, {key: Rating(n, 3.0) for key, n in groups.items()})


def card(rank: Rank | None, **indicators: float | None) -> Card:
    told = {key: Indicator(5, score, score, score, 0.5) for key, score in indicators.items()}
    return Card(told, {}, 80.0 if rank else None, 70.0, 90.0, rank)


@pytest.mark.parametrize(
    ("review", "shown"),
    [
        (rated(customer=10, manager=1, peer=3, self=4), {"customer", "manager", "peer", "self"}),
        (rated(customer=10, manager=1, peer=2, self=1), {"customer", "manager"}),
        (rated(customer=2, manager=1, peer=2, self=1), {"manager"}),
        # one alone could be worked out from the whole: the next smallest goes with it
        (rated(customer=10, manager=1, peer=12, self=1), {"customer", "manager"}),
        (rated(customer=10, manager=1, peer=2, self=9), {"customer", "manager"}),
        (rated(customer=2, manager=4, peer=12, self=4), {"manager", "self"}),
        (rated(manager=1, peer=2), {"manager"}),
        (rated(manager=4, peer=2), set()),
        (rated(manager=1), {"manager"}),
        (rated(customer=1), set()),
        (Review(None), set()),
    ],
)
def test_who_may_be_shown_alone(review: Review, shown: set[str]) -> None:
    assert scores.shown_alone(review) == shown


def test_a_review_of_few_ratings_is_suppressed() -> None:
    assert scores.review_value(rated(customer=3, manager=1)) is None
    assert scores.review_value(rated(customer=3, manager=1, self=1)) == 50.0


def test_agreed_weights() -> None:
    found = scores.weights(scheme())
    assert sum(found.values()) == pytest.approx(1)
    assert found["csat"] == pytest.approx(0.40 * 0.60)
    doubled = replace(scheme(), perspectives={k: 2 * v for k, v in scheme().perspectives.items()})
    assert scores.weights(doubled) == pytest.approx(found)


@pytest.mark.parametrize(
    ("rank", "band", "words"),
    [
        (Rank(7, 3, 41, 158), "3–41 of 158", "Between rank 3 and 41 of 158."),
        (Rank(1, 1, 1, 13), "1–1 of 13", "Rank 1 of 13, told from all others."),
        (Rank(1, 1, 1, 1), "1–1 of 1", "Nobody to be compared with."),
        (None, "—", "Too few cases for a scorecard."),
    ],
)
def test_no_rank_without_its_band(rank: Rank | None, band: str, words: str) -> None:
    assert scores.band(EN, card(rank)) == band
    assert scores.standing(EN, card(rank)) == words


def test_what_to_be_careful_about() -> None:
    few = card(Rank(1, 1, 2, 2), csat=None, reopen_rate=50.0)
    person = Person("S1", 29, 4, few, NO_CASES, Review(None))
    assert scores.caution(EN, person) == "Small sample · n<5: CSAT"
    assert scores.caution(ZH, person).startswith("小样本")
    enough = Person("S1", 30, 9, card(Rank(1, 1, 2, 2), csat=50.0), NO_CASES, Review(None))
    assert scores.caution(EN, enough) == ""
