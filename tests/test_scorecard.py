"""Scorecards of any people: what must hold of scores, intervals, bands, case mix and reviews."""

import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.codes import CODES
from dashboard.errors import SettingsError
from dashboard.metrics import METRICS
from dashboard.scorecard import (
    SHARES,
    WORDS,
    Card,
    Costs,
    Rating,
    Share,
    Tallies,
    cards,
    case_mix,
    review,
    scheme,
)
from dashboard.scorecard.scheme import FILE, INDICATORS, PERSPECTIVES, REVIEWERS

SCHEME = scheme()
NAN = float("nan")


@pytest.fixture(autouse=True)
def _warnings_are_errors() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def tallies(*cases: tuple[int, int]) -> Tallies:
    """People with x of n good cases in every share, each case costing what is expected."""
    x, n = (np.array([case[part] for case in cases], dtype=float) for part in (0, 1))
    share = Share(x, n)
    return Tallies(
        dict.fromkeys(SHARES, share), Costs(n, 10 * n, 10 * n, 100 * n, 100 * n, 100 * n), share
    )


def names(count: int) -> list[str]:
    return [f"S{number}" for number in range(count)]


def measured(*cases: tuple[int, int]) -> list[Card]:
    return list(cards(SCHEME, names(len(cases)), tallies(*cases)).values())


@st.composite
def portfolios(draw: st.DrawFn) -> tuple[int, Tallies]:
    """Some people with any numbers of cases and costs, also none at all."""
    count = draw(st.integers(1, 8))

    def share() -> Share:
        n = np.array(draw(st.lists(st.integers(0, 40), min_size=count, max_size=count)))
        x = np.array([draw(st.integers(0, each)) for each in n])
        return Share(x, n)

    costs = []
    for _ in range(count):
        pairs = draw(
            st.lists(st.tuples(st.floats(0, 1e5), st.floats(0.01, 1e5)), min_size=0, max_size=12)
        )
        c, e = (np.array([pair[part] for pair in pairs]) for part in (0, 1))
        sums = (c.sum(), e.sum(), (c * c).sum(), (c * e).sum(), (e * e).sum())
        costs.append((len(pairs), *sums))
    columns = np.array(costs, dtype=float).T
    return count, Tallies({name: share() for name in SHARES}, Costs(*columns), share())


class TestCards:
    @settings(deadline=None, max_examples=60)
    @given(portfolios())
    def test_bounds_contain_the_score_and_bands_the_rank(
        self, portfolio: tuple[int, Tallies]
    ) -> None:
        count, given_tallies = portfolio
        found = cards(SCHEME, names(count), given_tallies).values()
        ranked = [card for card in found if card.score is not None]
        for card in found:
            assert (card.score is None) == (not card.perspectives) == (card.rank is None)
            assert set(card.missing) == {
                name for name, each in card.indicators.items() if each.score is None
            }
            if card.score is None or card.low is None or card.high is None or card.rank is None:
                continue
            assert -1e-9 <= card.score <= 100 + 1e-9
            assert card.low <= card.score <= card.high
            assert 1 <= card.rank.best <= card.rank.plain <= card.rank.worst <= card.rank.of
            assert card.rank.of == len(ranked)
            assert sum(each.weight for each in card.indicators.values()) == pytest.approx(1)
            assert card.score == pytest.approx(
                sum(each.weight * (each.score or 0) for each in card.indicators.values())
            )

    def test_four_cases_are_too_few_and_five_enough(self) -> None:
        four, five = measured((2, 4), (3, 5))
        assert four.score is None
        assert four.missing == tuple(SCHEME.goals)
        assert all(each.n == 4 and each.raw is None for each in four.indicators.values())
        assert five.missing == ()
        assert five.rank is not None
        assert (five.rank.best, five.rank.worst, five.rank.of) == (1, 1, 1)

    def test_those_with_few_cases_still_make_up_the_mean(self) -> None:
        _, five = measured((0, 4), (5, 5))
        mean = 5 / 9
        assert five.indicators["csat"].estimate == pytest.approx(100 * (5 + 20 * mean) / 25)

    def test_weights_are_renormalised_within_and_over_perspectives(self) -> None:
        full = tallies((8, 10))
        none = Share([0], [0])
        without = replace(full, shares={**full.shares, "csat": none}, value_added=none)
        card = next(iter(cards(SCHEME, ["S1"], without).values()))
        assert list(card.perspectives) == ["efficiency", "quality", "cost"]
        assert card.missing == ("csat", "value_added_per_100")
        weights = {name: each.weight for name, each in card.indicators.items()}
        assert weights["reopen_rate"] == pytest.approx(40 / 90)
        assert weights["standard_rate"] == pytest.approx(15 / 90)
        assert weights["csat"] == 0

    def test_equal_people_share_every_rank(self) -> None:
        for card in measured(*[(6, 10)] * 7):
            assert card.rank is not None
            assert (card.rank.plain, card.rank.best, card.rank.worst) == (1, 1, 7)

    def test_a_clipped_indicator_adds_no_uncertainty(self) -> None:
        only = replace(
            SCHEME,
            goals={"csat": SCHEME.goals["csat"]},
            perspectives={"quality": 40},
        )
        (card,) = cards(only, ["S1"], tallies((0, 50))).values()
        assert (card.score, card.low, card.high) == (0, 0, 0)

    def test_delta_method(self) -> None:
        only = replace(SCHEME, goals={"csat": SCHEME.goals["csat"]}, perspectives={"quality": 40})
        (card,) = cards(only, ["S1"], tallies((40, 50))).values()
        p, half = 0.8, 1.959963984540054 * np.sqrt(0.8 * 0.2 / 70) * 100 * 100 / 35
        assert card.score == pytest.approx((100 * p - 60) / 35 * 100)
        assert card.high == pytest.approx(card.score + half)
        assert card.low == pytest.approx(card.score - half)

    def test_costs_of_nothing(self) -> None:
        free = replace(tallies((5, 10)), costs=Costs([10], [0], [0], [0], [0], [0]))
        (card,) = cards(SCHEME, ["S1"], free).values()
        assert card.missing == ("cost_ratio",)


def cells(*rows: tuple[str | None, str, str | None, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["staff_id", "kind", "level", "x", "n"])


class TestCaseMix:
    def test_small_cells_pool_to_the_kind_and_small_kinds_to_all(self) -> None:
        found = case_mix(
            SCHEME,
            cells(
                ("S1", "repair", "L1", 10, 20),
                (None, "repair", "L1", 5, 10),  # a cell of 30
                ("S1", "repair", None, 9, 10),  # of 10, within a kind of 40
                ("S1", "visit", "L2", 1, 5),  # of 5, within a kind of 5
            ),
        )
        expected = 20 * 15 / 30 + 10 * 24 / 40 + 5 * 25 / 45
        assert found.keys() == {"S1"}
        assert found["S1"].observed == 20
        assert found["S1"].n == 35
        assert found["S1"].expected == pytest.approx(expected)
        assert found["S1"].ratio == pytest.approx(20 / expected)

    def test_few_or_hopeless(self) -> None:
        few = case_mix(SCHEME, cells(("S1", "visit", None, 4, 4), ("S2", "visit", None, 5, 5)))
        assert few["S1"].ratio is None
        assert few["S2"].ratio == 1
        assert case_mix(SCHEME, cells(("S1", "visit", None, 0, 9)))["S1"].ratio is None
        assert case_mix(SCHEME, cells()) == {}


class TestReview:
    def test_parts_are_weighted_and_missing_ones_named(self) -> None:
        found = review(SCHEME, {"self": Rating(1, 5), "customer": Rating(9, 3)})
        assert found.value == pytest.approx((40 * 50 + 10 * 100) / 50)
        assert found.missing == ("manager", "peer")
        assert list(found.parts) == ["customer", "self"]

    def test_of_nobody(self) -> None:
        found = review(SCHEME, {})
        assert found.value is None
        assert found.missing == ("customer", "manager", "peer", "self")


class TestWords:
    def test_every_figure_has_a_name(self) -> None:
        assert set(INDICATORS) <= WORDS.keys() | METRICS.keys()
        assert not WORDS.keys() & METRICS.keys()
        assert tuple(CODES["perspective"]) == PERSPECTIVES
        assert set(REVIEWERS) == {"customer", *CODES["reviewer"]}


class TestScheme:
    def test_the_file_counts_every_indicator(self) -> None:
        assert tuple(SCHEME.goals) == INDICATORS
        assert sum(SCHEME.perspectives.values()) == sum(SCHEME.review.values()) == 100
        assert SCHEME.target == 80

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("minimum_n = 5", "minimum_n = 1", "minimum_n is 1.*at least 2"),
            ("minimum_n = 5", "", "minimum_n is missing"),
            ("minimum_cell = 30", "minimum_cell = 2.5", "minimum_cell is 2.5.*whole number"),
            ("shrinkage = 20", "shrinkage = -1", "shrinkage is -1.*at least 0"),
            ("target = 80", "target = 800", "target is 800.*at most 100"),
            ("target = 80", "target = true", "target is True.*number"),
            ("target = 80", "goal = 80", "target is missing"),
            ("weight = 30", "weight = 0", "perspectives.efficiency.weight is 0.*above 0"),
            ("weight = 30", "weight = nan", "perspectives.efficiency.weight is nan.*number"),
            ("[perspectives.cost]", "[perspectives.price]", "perspectives.price is not known"),
            (".cost_ratio", ".costs", "indicators.costs is not known.*cost_ratio"),
            ("floor = 60, goal = 95", "floor = 60, goal = 60", "csat has the same floor"),
            ("floor = 60, goal = 95", "floor = 60", "csat.goal is missing"),
            (".value_added_per_100 =", ".csat =", "csat stands in two perspectives"),
            ("peer = 20", "boss = 20", "review.boss is not known.*customer, manager"),
            ("[review]", "[review", "cannot be read"),
            ("target = 80", "target = 1" + "0" * 5000, "cannot be read"),
            ("target = 80", "target = " + "[" * 5000, "cannot be read"),
            ("customer = 40\nmanager = 30\npeer = 20\nself = 10", "", "review has no entry"),
            ("target = 80", "target = 80000000000000", "target is 80000000000000.*number"),
        ],
    )
    def test_what_cannot_be_is_named(
        self, tmp_path: Path, old: str, new: str, message: str
    ) -> None:
        text = FILE.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "scorecard.toml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(SettingsError, match=message):
            scheme(path)

    def test_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(SettingsError, match="cannot be read"):
            scheme(tmp_path / "nothing.toml")
