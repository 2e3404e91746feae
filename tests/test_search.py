"""A search narrows whatever is selected to the rows that hold a text, and to nothing else."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.access import EVERYTHING, Scope
from dashboard.measures import TOTAL, measure
from dashboard.metrics import METRICS
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests import stores
from tests.reconciliation import rows_behind

YEARS = Selection(date(2020, 1, 1), date(2026, 12, 31))
ONE_OF_EACH = sorted({metric.population: metric.id for metric in METRICS.values()}.values())
"""A metric of every population."""


def listed(
    store: Store, metric: str, selection: Selection, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    paging = {"limit": None, "offset": None}
    return store.run(
        METRICS[metric].drill, scope, selection, metric=metric, part="counted", **paging
    )


@pytest.mark.parametrize("metric", ONE_OF_EACH)
class TestEveryPopulation:
    def test_key_of_a_row(self, golden_store: Path, metric: str) -> None:
        """The key of one row finds it, in any letter case, and the figure counts what is listed."""
        store = Store(Settings(store=golden_store))
        whole = listed(store, metric, YEARS)
        key = str(whole.iloc[len(whole) // 2, 0])
        sought = replace(YEARS, sought=key.lower())
        found = listed(store, metric, sought)
        assert key in set(found.iloc[:, 0])
        assert set(found.iloc[:, 0]) <= set(whole.iloc[:, 0])
        total = measure(store, EVERYTHING, sought, metrics=(metric,))[TOTAL][metric]
        assert rows_behind(total)["counted"] == len(found)

    def test_what_nothing_holds(self, golden_store: Path, metric: str) -> None:
        store = Store(Settings(store=golden_store))
        assert listed(store, metric, replace(YEARS, sought="no such text anywhere")).empty

    def test_nothing_sought(self, golden_store: Path, metric: str) -> None:
        store = Store(Settings(store=golden_store))
        named = replace(YEARS, named=("S0001", "leak"))
        assert listed(store, metric, named).equals(listed(store, metric, YEARS))


TEXTS = ["100% 满意", "a_b", "o'x", 'say "x"', "back\\slash", "WARM Water", "<b>=1+1</b>", None]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    records = pd.DataFrame(
        {
            "record_id": [f"R{index}" for index in range(len(TEXTS))],
            "project_id": ["P1"] * 4 + ["P2"] * 4,
            "customer_id": "C1",
            "staff_id": ["S1", *["S2"] * 7],
            "category": ["leak", *[None] * 7],
            "kind": "complaint",
            "status": "open",
            "created_at": pd.Timestamp("2024-06-01"),
            "reopen_count": 0,
            "title": TEXTS,
            "detail": [None, *["详情"] * 6, None],
        }
    )
    projects = pd.DataFrame({"project_id": ["P1", "P2"], "project_name": ["一", "二"]})
    return stores.publish(tmp_path, {"project": projects, "service_record": records})


def keys(store: Store, sought: str, *named: str, scope: Scope = EVERYTHING) -> set[str]:
    selection = replace(YEARS, sought=sought, named=named)
    return set(listed(store, "record_count", selection, scope)["record_id"])


class TestWhatIsFound:
    @pytest.mark.parametrize(
        ("sought", "expected"),
        [
            ("100%", {"R0"}),
            ("%", {"R0"}),
            ("_", {"R1"}),
            ("'", {"R2"}),
            ('"', {"R3"}),
            ("\\", {"R4"}),
            ("warm WATER", {"R5"}),
            ("=1+1", {"R6"}),
            ("详情", {f"R{index}" for index in range(1, 7)}),
            ("二", {f"R{index}" for index in range(4, 8)}),
            ("c1", {f"R{index}" for index in range(8)}),
            ("x\nS2", set()),  # no text runs on from one column into the next
            ("; drop table service_record", set()),
        ],
    )
    def test_texts_are_taken_as_they_are(
        self, store: Store, sought: str, expected: set[str]
    ) -> None:
        assert keys(store, sought) == expected

    def test_names_are_found_by_their_keys(self, store: Store) -> None:
        assert keys(store, "漏水", "leak") == {"R0"}
        assert keys(store, "漏水", "S1", "other") == {"R0"}
        assert keys(store, "漏水") == set()

    def test_never_beyond_the_scope(self, store: Store) -> None:
        scope = Scope(frozenset({"P2"}))
        assert keys(store, "详情", "leak", scope=scope) == {"R4", "R5", "R6"}
