"""Where each standard stands: nothing is lost between met, missed, overdue and pending."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from dashboard.access import EVERYTHING, NOTHING, Scope
from dashboard.measures import TOTAL, measure
from dashboard.metrics.standards import MEASURED, RESPONSES, metric_of
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests import stores
from tests.edges import PLACES, records

ALL = Selection(date(2023, 1, 1), date(2026, 12, 31))
SELECTIONS = [
    ALL,
    Selection(date(2024, 2, 1), date(2024, 3, 31)),
    Selection(date(2023, 1, 1), date(2026, 12, 31), kinds=("complaint",)),
    Selection(date(2023, 1, 1), date(2026, 12, 31), levels=("L2",)),
]
OUTCOMES = ("met", "missed", "overdue", "pending")


@pytest.fixture(scope="module", params=["golden", 1, 2, 3])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    if request.param == "golden":
        return Store(Settings(store=request.getfixturevalue("golden_store")))
    folder = tmp_path_factory.mktemp("odd")
    return stores.publish(folder, stores.odd_portfolio(request.param, 300))


def outcomes(store: Store, selection: Selection) -> pd.DataFrame:
    return store.run("standard_outcomes", EVERYTHING, selection).set_index("metric")


@pytest.mark.parametrize("selection", SELECTIONS)
class TestOutcomes:
    def test_they_add_up_and_agree_with_the_metric(
        self, store: Store, selection: Selection
    ) -> None:
        found = outcomes(store, selection)
        levels = measure(store, EVERYTHING, selection, "level", ["record_count"])
        measured = measure(store, EVERYTHING, selection, None, MEASURED)[TOTAL]
        assert set(found.index) <= set(MEASURED)
        for level, metric in RESPONSES.items():
            count = levels[level]["record_count"].n if level in levels else 0
            assert found["records"].get(metric, 0) == count
        for metric, row in found.iterrows():
            assert row["records"] == sum(row[each] for each in OUTCOMES)
            parts = measured[str(metric)].parts
            assert row["met"] == parts["x"]
            assert row["met"] + row["missed"] + row["overdue"] == parts["n"]

    def test_each_part_can_be_opened(self, store: Store, selection: Selection) -> None:
        found = outcomes(store, selection)

        def opened(metric: str, part: str) -> int:
            return len(
                store.run(
                    "record_drill",
                    EVERYTHING,
                    selection,
                    metric=metric,
                    part=part,
                    limit=None,
                    offset=0,
                )
            )

        for metric, row in found.iterrows():
            assert [opened(str(metric), each) for each in OUTCOMES] == [
                row[each] for each in OUTCOMES
            ]
        levels = found[found.index.isin(RESPONSES.values())]
        for part in OUTCOMES:
            assert opened("standard_rate", part) == levels[part].sum()
        assert opened("standard_rate", "nonsense") == 0

    def test_the_waiting_are_the_overdue_and_the_pending(
        self, store: Store, selection: Selection
    ) -> None:
        found = outcomes(store, selection)
        levels = found[found.index.isin(RESPONSES.values())]
        for part, sign in (("overdue", -1), ("pending", 1)):
            rows = store.run("standard_waiting", EVERYTHING, selection, outcome=part, limit=None)
            assert len(rows) == levels[part].sum()
            assert (sign * rows["days_left"] >= 0).all()
            assert rows["deadline"].is_monotonic_increasing
        nothing = store.run("standard_waiting", EVERYTHING, selection, outcome="met", limit=None)
        assert nothing.empty

    def test_rectifications_add_up(self, store: Store, selection: Selection) -> None:
        found = store.run("inspection_findings", EVERYTHING, selection)
        parts = ["on_time", "late", "overdue", "pending", "undated"]
        assert (found[parts].sum(axis=1) == found["findings"]).all()
        measured = measure(store, EVERYTHING, selection, None, ["rectified_on_time"])[TOTAL]
        rate = measured["rectified_on_time"].parts
        assert found["on_time"].sum() == rate["x"]
        assert found[["on_time", "late", "overdue"]].to_numpy().sum() == rate["n"]
        overdue = store.run("inspection_overdue", EVERYTHING, selection, limit=None)
        assert len(overdue) == found["overdue"].sum()
        assert (overdue["days_late"] >= 0).all()


def test_the_moment_of_the_deadline(tmp_path: Path) -> None:
    """At its deadline a record is due; a microsecond before it still has time."""
    as_of = datetime(2024, 3, 10, 12)
    rows = records(6, level="L1").assign(
        created_at=[
            as_of - timedelta(hours=2),
            as_of - timedelta(hours=2) + timedelta(microseconds=1),
            *(as_of - timedelta(hours=5) for _ in range(3)),
            as_of,
        ],
        first_response_at=[
            None,
            None,
            as_of - timedelta(hours=3),
            as_of - timedelta(hours=3) + timedelta(microseconds=1),
            None,
            as_of,
        ],
    )
    store = stores.publish(tmp_path, PLACES | {"service_record": rows})
    row = outcomes(store, ALL).loc["response_l1_rate"]
    assert {each: row[each] for each in OUTCOMES} == {
        "met": 2,
        "missed": 1,
        "overdue": 2,
        "pending": 1,
    }


def test_standards_are_seen_by_whoever_sees_anything(tmp_path: Path) -> None:
    standard = {"standard_id": "A", "version": "1", "name": "甲", "measure": "x", "scope": "L1"}
    rows = pd.DataFrame([standard | {"threshold": 2, "unit": "h", "state": "active"}])
    store = stores.publish(tmp_path, PLACES | {"service_record": records(1), "standard": rows})
    for scope, seen in ((EVERYTHING, 1), (Scope(frozenset({"P1"})), 1), (NOTHING, 0)):
        found = store.run("standard_versions", scope)
        assert len(found) == seen
        assert list(found["scope"]) == ["L1"] * seen


@pytest.mark.parametrize(
    ("measure_name", "scope", "threshold", "unit", "metric"),
    [
        ("first_response", "L1", 2, "h", "response_l1_rate"),
        ("first_response", "L1", 120, "min", "response_l1_rate"),
        ("on_site", "L2", 24, "小时", "onsite_l2_rate"),
        ("on_site", "L2", 1, "days", "onsite_l2_rate"),
        ("resolution", "L3", 3, "d", "complete_l3_rate"),
        ("resolution", "L3", 72, " Hours ", "complete_l3_rate"),
        ("on_time_rate", None, 90, "%", "on_time_rate"),
        ("on_site", "L2", 48, "h", None),
        ("on_site", "leak", 24, "h", None),
        ("first_response", "L1", 2, "d", None),
        ("first_response", None, 2, "h", None),
        ("reception", "visit", 15, "min", None),
        ("first_response", "L1", 2, "furlong", None),
    ],
)
def test_which_metric_measures_a_standard(
    measure_name: str, scope: str | None, threshold: float, unit: str, metric: str | None
) -> None:
    assert metric_of(measure_name, scope, threshold, unit) == metric
