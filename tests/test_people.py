"""People from the store: nothing multiplies anything, and a filter changes no comparison."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.access import EVERYTHING, NOTHING, Scope
from dashboard.commands.scorecards import plain
from dashboard.measures import TOTAL, measure
from dashboard.people import people
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests import stores
from tests.stores import differences

YEAR = Selection(date(2024, 1, 1), date(2024, 12, 31))
ALL = Selection(date(2024, 1, 1), date(2025, 6, 30))
CREATED = "2024-05-01 10:00"

RECORD: dict[str, Any] = {
    "project_id": "P1",
    "staff_id": "S1",
    "kind": "repair",
    "level": "L1",
    "status": "resolved",
    "created_at": CREATED,
    "first_response_at": CREATED,
    "resolved_at": CREATED,
    "cost": 10,
}
RATED = {"ability": 5, "attitude": 4, "efficiency": 3}
SURVEY = {"project_id": "P1", "staff_id": "S1", "responded_at": CREATED, "csat": 5, **RATED}
TABLES: dict[str, list[dict[str, Any]]] = {
    "service_record": [RECORD | {"record_id": f"R{index}"} for index in range(1, 6)],
    "survey": [SURVEY | {"survey_id": f"V{index}", "record_id": "R0"} for index in range(7)],
    "review": [
        {"review_id": f"Q{index}", "staff_id": "S1", "reviewer": "peer"}
        | {"reviewed_on": "2024-05-01", **RATED}
        for index in range(3)
    ],
    "training": [
        {"training_id": f"K{index}", "staff_id": "S1", "course": "礼仪", "required": True}
        | {"held_on": "2024-05-01", "attended": True, "passed": index == 0}
        for index in range(4)
    ],
    "inspection": [
        {"inspection_id": f"I{index}", "project_id": "P1", "staff_id": "S1", "item": "巡检"}
        | {"inspected_on": "2024-05-01", "score": 70 + index}
        for index in range(2)
    ],
}
STAFF = {"staff_id": "S1", "staff_name": "甲", "project_id": "P1"}


def publish(folder: Path, **tables: list[dict[str, Any]]) -> Store:
    """A store of the tables, of project P1, S1 and the record R0, whatever is given."""
    base = {"project": [{"project_id": "P1", "project_name": "一"}], "staff": [STAFF]}
    records = [RECORD | {"record_id": "R0"}, *tables.pop("service_record", [])]
    rows = base | {"service_record": records} | tables
    return stores.publish(folder, {name: pd.DataFrame(each) for name, each in rows.items()})


def facts(store: Store) -> dict[str, Any]:
    """What the store says of S1, table by table."""
    metrics = measure(store, EVERYTHING, YEAR)[TOTAL]
    person = people(store, EVERYTHING, YEAR)["S1"]
    indicators = dict(person.card.indicators)
    return {
        "survey": (
            *(person.surveys, indicators.pop("csat").n, person.case_mix.n),
            *(person.review.parts.get("customer"), metrics["csat"].parts),
        ),
        "service_record": (
            *(person.records, {name: each.n for name, each in indicators.items()}),
            metrics["cost_per_record"].parts,
        ),
        "review": person.review.parts.get("peer"),
        "training": (metrics["training_coverage"].parts, metrics["training_pass_rate"].parts),
        "inspection": metrics["inspection_score"].parts,
    }


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What each table says of S1 where there is no other."""
    folder = tmp_path_factory.mktemp("alone")
    return {
        name: facts(publish(folder / name, **{name: rows}))[name] for name, rows in TABLES.items()
    }


class TestNothingMultiplies:
    @pytest.mark.parametrize(("one", "other"), list(combinations(TABLES, 2)))
    def test_a_pair_says_what_each_says_alone(
        self, alone: dict[str, Any], tmp_path: Path, one: str, other: str
    ) -> None:
        both = facts(publish(tmp_path, **{one: TABLES[one], other: TABLES[other]}))
        assert {name: both[name] for name in (one, other)} == {
            name: alone[name] for name in (one, other)
        }

    def test_all_together(self, tmp_path: Path) -> None:
        store = publish(tmp_path, **TABLES)
        found = people(store, EVERYTHING, YEAR)["S1"]
        assert (found.records, found.surveys) == (6, 7)
        counted = {name: each.n for name, each in found.card.indicators.items()}
        assert counted == dict.fromkeys(counted, 6) | {"csat": 7}
        assert {name: (each.n, each.mean) for name, each in found.review.parts.items()} == {
            "customer": (7, 4),
            "peer": (3, 4),
        }
        assert (found.case_mix.n, found.case_mix.observed) == (7, 7)
        metrics = measure(store, EVERYTHING, YEAR)[TOTAL]
        assert metrics["training_coverage"].parts == {"x": 1, "n": 1}
        assert metrics["training_pass_rate"].parts == {"x": 1, "n": 4}
        assert metrics["inspection_score"].n == 2


class TestEdges:
    def test_one_record(self, tmp_path: Path) -> None:
        found = people(publish(tmp_path), EVERYTHING, YEAR)
        assert found.keys() == {"S1"}
        assert (found["S1"].records, found["S1"].surveys) == (1, 0)
        assert (found["S1"].card.score, found["S1"].card.rank) == (None, None)

    def test_all_cases_open(self, tmp_path: Path) -> None:
        waiting = RECORD | {"status": "open", "resolved_at": None, "first_response_at": None}
        records = [waiting | {"record_id": f"R{index}"} for index in range(1, 9)]
        records.append({"record_id": "later", **RECORD, "staff_id": None})
        records[-1] |= {"created_at": "2024-06-30", "status": "cancelled"}  # sets the as-of time
        card = people(publish(tmp_path, service_record=records), EVERYTHING, YEAR)["S1"].card
        assert card.indicators["resolved_within_3d"].raw == pytest.approx(100 / 9)
        assert card.missing == ("csat", "reopen_rate")
        assert "quality" not in card.perspectives

    def test_expected_cost_is_of_the_same_kind_and_category(self, tmp_path: Path) -> None:
        costs = [("repair", None, 10, "S1")] * 4 + [("repair", None, 20, "S2")] * 5
        costs += [("repair", "leak", 99, "S2"), ("visit", None, 5, None)]
        records = [
            RECORD
            | {"record_id": f"R{index + 1}", "staff_id": staff, "kind": kind}
            | {"category": category, "cost": cost}
            for index, (kind, category, cost, staff) in enumerate(costs)
        ]
        found = people(publish(tmp_path, service_record=records), EVERYTHING, YEAR)
        assert found["S1"].card.indicators["cost_ratio"].raw == pytest.approx(10 / 15)
        assert found["S2"].card.indicators["cost_ratio"].raw == pytest.approx(199 / (75 + 99))

    def test_without_a_record_or_survey_nobody_is_listed(self, tmp_path: Path) -> None:
        idle = {"staff_id": "S2", "staff_name": "乙", "project_id": "P1"}
        reviews = [each | {"staff_id": "S2"} for each in TABLES["review"]]
        store = publish(tmp_path, staff=[STAFF, idle], review=reviews)
        assert people(store, EVERYTHING, YEAR).keys() == {"S1"}
        assert people(store, EVERYTHING, replace(YEAR, kinds=("visit",))) == {}

    def test_a_rating_counts_with_all_three_items(self, tmp_path: Path) -> None:
        partly = TABLES["review"][0] | {"review_id": "half", "ability": None}
        surveys = [SURVEY | {"survey_id": "V", "attitude": None}]
        store = publish(tmp_path, review=[partly], survey=surveys)
        found = people(store, EVERYTHING, YEAR)["S1"].review
        assert (found.value, found.missing) == (None, ("customer", "manager", "peer", "self"))


@pytest.fixture(scope="module")
def golden(golden_store: Path) -> Store:
    return Store(Settings(store=golden_store))


class TestComparison:
    def test_a_staff_filter_changes_nobody(self, golden: Store) -> None:
        everybody = people(golden, EVERYTHING, ALL)
        some = people(golden, EVERYTHING, replace(ALL, staff=("S009", "S002", "nobody")))
        assert list(some) == ["S002", "S009"]
        shown = {key: plain(each) for key, each in some.items()}
        assert not differences(shown, {key: plain(everybody[key]) for key in some})

    def test_other_filters_make_another_group(self, golden: Store) -> None:
        selection = replace(ALL, regions=("华东",), kinds=("complaint",))
        found = people(golden, EVERYTHING, selection)
        ranked = [person.card.rank for person in found.values() if person.card.rank]
        assert 0 < len(ranked) == ranked[0].of
        total = sum(person.records for person in found.values())
        counted = measure(golden, EVERYTHING, selection, "staff", ["record_count"])
        assert total == sum(each["record_count"].n for key, each in counted.items() if key)

    def test_a_narrow_scope_is_a_project_filter_at_most(self, golden: Store) -> None:
        scope = Scope(frozenset({"P002", "*"}))
        narrow = people(golden, scope, ALL)
        filtered = people(golden, EVERYTHING, replace(ALL, projects=("P002",)))
        shown = {key: plain(each) for key, each in narrow.items()}
        assert not differences(shown, {key: plain(each) for key, each in filtered.items()})
        assert people(golden, NOTHING, ALL) == {}

    def test_indicators_are_the_metrics_of_the_catalogue(self, golden: Store) -> None:
        found = people(golden, EVERYTHING, ALL)
        metrics = measure(
            golden, EVERYTHING, ALL, "staff", ["standard_rate", "csat", "reopen_rate"]
        )
        for key, person in found.items():
            for name, each in metrics[key].items():
                indicator = person.card.indicators[name]
                assert indicator.n == each.n
                if indicator.raw is not None:
                    assert indicator.raw == pytest.approx(each.value)
