"""A team's scorecard is that of all its cases: nothing is averaged, lost or counted twice."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard.access import EVERYTHING, NOTHING
from dashboard.measures import TOTAL, measure
from dashboard.people import Pool, people, pooled
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests import stores
from tests.edges import four_and_five_cases

ALL = Selection(date(2024, 1, 1), date(2025, 6, 30))
SELECTIONS = [
    ALL,
    replace(ALL, kinds=("complaint",)),
    Selection(date(2024, 2, 1), date(2024, 2, 29)),
]


@pytest.fixture
def golden(golden_store: Path) -> Store:
    return Store(Settings(store=golden_store))


def figures(found: Any, place: str = "") -> dict[str, Any]:
    """All that cards say, by its place. Floats are compared nearly: a query that uses several
    threads adds them up in any order."""
    if is_dataclass(found):
        found = {each.name: getattr(found, each.name) for each in fields(found)}
    if not isinstance(found, Mapping):
        return {place: found}
    parts = (figures(each, f"{place}/{key}") for key, each in found.items())
    return {key: each for part in parts for key, each in part.items()}


@pytest.mark.parametrize("selection", SELECTIONS)
class TestPools:
    def test_teams_of_one_are_people(self, golden: Store, selection: Selection) -> None:
        found = people(golden, EVERYTHING, selection)
        alone = pooled(golden, EVERYTHING, selection, {key: key for key in found})
        assert alone.keys() == found.keys()
        for key, each in alone.items():
            person = found[key]
            same = Pool(1, person.records, person.surveys, person.card)
            assert figures(each) == pytest.approx(figures(same))

    @pytest.mark.parametrize("seed", range(3))
    def test_cases_add_up(self, golden: Store, selection: Selection, seed: int) -> None:
        found = people(golden, EVERYTHING, selection)
        random = np.random.default_rng(seed)
        groups = {key: f"T{random.integers(3)}" for key in found}
        pools = pooled(golden, EVERYTHING, selection, groups)
        for name, pool in pools.items():
            mine = [found[key] for key, group in groups.items() if group == name]
            assert pool.staff == len(mine)
            assert pool.records == sum(each.records for each in mine)
            assert pool.surveys == sum(each.surveys for each in mine)
            for indicator, each in pool.card.indicators.items():
                parts = [person.card.indicators[indicator] for person in mine]
                assert each.n == sum(part.n for part in parts)

    def test_bands_are_those_counted_by_hand(self, golden: Store, selection: Selection) -> None:
        for pools in (
            people(golden, EVERYTHING, selection),
            pooled(golden, EVERYTHING, selection, {f"S{n:03}": str(n % 4) for n in range(100)}),
        ):
            cards = [each.card for each in pools.values() if each.card.rank]
            for card in cards:
                assert card.rank is not None
                assert card.rank.of == len(cards)
                assert card.rank.best == 1 + sum(each.low > card.high for each in cards)
                assert card.rank.worst == len(cards) - sum(each.high < card.low for each in cards)


def test_everybody_together_has_the_shares_of_all_named_records(golden: Store) -> None:
    whole = pooled(golden, EVERYTHING, ALL, {})[""].card.indicators
    named = measure(golden, EVERYTHING, ALL, "staff", ["standard_rate", "csat", "reopen_rate"])
    named.pop(TOTAL, None)
    for metric in ("standard_rate", "csat", "reopen_rate"):
        parts = [each[metric].parts for each in named.values() if metric in each]
        met, n = (sum(part[key] for part in parts) for key in ("x", "n"))
        assert whole[metric].n == n
        assert whole[metric].raw == pytest.approx(100 * met / n)


def test_the_staff_filter_is_not_part_of_the_comparison(golden: Store) -> None:
    groups = {"S001": "A", "S002": "B"}
    narrow = replace(ALL, staff=("S001",))
    found = pooled(golden, EVERYTHING, narrow, groups)
    everybody = pooled(golden, EVERYTHING, ALL, groups)
    assert figures(found) == pytest.approx(figures(everybody))


def test_nobody(golden: Store, tmp_path: Path) -> None:
    assert pooled(golden, NOTHING, ALL, {}) == {}
    store = stores.publish(tmp_path, four_and_five_cases())
    together = pooled(store, EVERYTHING, ALL, {"S4": "T", "S5": "T"})
    assert together.keys() == {"T"}
    assert (together["T"].staff, together["T"].records, together["T"].surveys) == (2, 9, 9)
