"""The worklist: queues agree with the catalogue, the order is one, what is done leaves it."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.access import EVERYTHING, NOTHING, Scope
from dashboard.measures import TOTAL, measure
from dashboard.metrics import METRICS
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests import stores

QUEUES = (
    "overdue",
    "due_soon",
    "open_over_30d",
    "reopened",
    "repeat",
    "low_rating",
    "rectification",
)
SELECTIONS = [
    Selection(date(2020, 1, 1), date(2026, 12, 31)),
    Selection(date(2025, 1, 1), date(2025, 6, 30), kinds=("complaint",)),
    Selection(date(2025, 3, 1), date(2025, 3, 31), projects=("P001", "P002")),
    Selection(date(2025, 1, 1), date(2025, 12, 31), levels=("L1",), channels=("phone", "")),
]
SCOPES = [EVERYTHING, Scope(frozenset({"P001", "P003"})), NOTHING]


@pytest.fixture(scope="module", params=["golden_store", "demo_store"])
def store(request: pytest.FixtureRequest) -> Store:
    return Store(Settings(store=request.getfixturevalue(request.param)))


@pytest.fixture(scope="module", params=range(4))
def odd_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return stores.publish(tmp_path_factory.mktemp("odd"), stores.odd_portfolio(request.param))


def counts(store: Store, scope: Scope, selection: Selection) -> dict[str, tuple[int, int]]:
    """Queue → items and unfinished ones; every queue, '' for all of them."""
    rows = store.run("worklist_count", scope, selection)
    found = {row.queue: (row.items, row.unfinished) for row in rows.itertuples()}
    return {queue: found.get(queue, (0, 0)) for queue in ("", *QUEUES)}


def listed(
    store: Store, scope: Scope, selection: Selection, queue: str | None = None, **options: Any
) -> pd.DataFrame:
    asked = {"unfinished": None, "limit": None, "offset": None} | options
    return store.run("worklist", scope, selection, queue=queue, **asked)


def behind(store: Store, scope: Scope, selection: Selection, metric: str, part: str) -> list[str]:
    """Keys of the rows that the drill-through of a metric lists."""
    rows = store.run(
        METRICS[metric].drill, scope, selection, metric=metric, part=part, limit=None, offset=None
    )
    return list(rows.iloc[:, 0])


def agreeing(store: Store, scope: Scope, selection: Selection) -> None:
    """Each queue holds the rows that the catalogue counts, by key."""

    @cache
    def items(queue: str) -> set[str]:
        return set(listed(store, scope, selection, queue)["item"])

    @cache
    def rows(metric: str, part: str) -> set[str]:
        return set(behind(store, scope, selection, metric, part))

    still_open = rows("open_count", "counted")
    late = rows("on_time_rate", "counted") - rows("on_time_rate", "met")
    assert items("overdue") == late & still_open
    assert items("due_soon") <= still_open - late
    assert items("open_over_30d") == rows("open_over_30d", "met")
    assert items("reopened") - still_open == rows("reopen_rate", "met")
    assert items("repeat") == rows("repeat_rate", "met")
    assert items("rectification") == rows("rectified_on_time", "counted") - rows(
        "rectified_on_time", "met"
    )
    counted = counts(store, scope, selection)
    for queue in QUEUES:
        assert counted[queue][0] == len(items(queue))


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("selection", SELECTIONS)
class TestAgreement:
    def test_queues_are_what_the_catalogue_counts(
        self, store: Store, scope: Scope, selection: Selection
    ) -> None:
        agreeing(store, scope, selection)

    def test_counts_are_those_of_the_tiles(
        self, store: Store, scope: Scope, selection: Selection
    ) -> None:
        found = counts(store, scope, selection)
        total = measure(store, scope, selection)[TOTAL]
        assert found["open_over_30d"][0] == (total["open_over_30d"].value or 0)
        assert found["reopened"][0] == total["reopen_rate"].parts.get("x", 0)
        assert found["repeat"][0] == total["repeat_rate"].parts.get("x", 0)
        rectified = total["rectified_on_time"]
        assert found["rectification"][0] == rectified.n - rectified.parts.get("x", 0)


class TestOddities:
    @pytest.mark.parametrize("scope", [EVERYTHING, Scope(frozenset({"P1", "*"})), NOTHING])
    def test_agreement(self, odd_store: Store, scope: Scope) -> None:
        agreeing(odd_store, scope, Selection(date(2024, 1, 1), date(2024, 12, 31)))

    def test_an_item_is_listed_once_with_all_its_reasons(self, odd_store: Store) -> None:
        selection = Selection(date(2024, 1, 1), date(2024, 12, 31))
        whole = listed(odd_store, EVERYTHING, selection)
        assert not whole.duplicated(["source", "item"]).any()
        found = counts(odd_store, EVERYTHING, selection)
        assert found[""] == (len(whole), int(whole["unfinished"].sum()))
        for queue in QUEUES:
            within = whole[[queue in {each["queue"] for each in r} for r in whole["reasons"]]]
            assert set(within["item"]) == set(
                listed(odd_store, EVERYTHING, selection, queue)["item"]
            )

    def test_pages_are_the_whole_in_order(self, odd_store: Store) -> None:
        selection = Selection(date(2024, 1, 1), date(2024, 12, 31))
        whole = list(listed(odd_store, EVERYTHING, selection)["item"])
        cut = len(whole) // 2
        first = listed(odd_store, EVERYTHING, selection, limit=cut, offset=0)
        rest = listed(odd_store, EVERYTHING, selection, limit=1000, offset=cut)
        assert [*first["item"], *rest["item"]] == whole

    def test_who_sees_less_has_less_to_do(self, odd_store: Store) -> None:
        selection = Selection(date(2024, 1, 1), date(2024, 12, 31))
        scope = Scope(frozenset({"P1"}))
        few = listed(odd_store, scope, selection)
        assert set(few["project_id"]) <= {"P1"}
        assert set(few["item"]) <= set(listed(odd_store, EVERYTHING, selection)["item"])

    def test_only_unfinished(self, odd_store: Store) -> None:
        selection = Selection(date(2024, 1, 1), date(2024, 12, 31))
        found = counts(odd_store, EVERYTHING, selection)
        for queue in QUEUES:
            rows = listed(odd_store, EVERYTHING, selection, queue, unfinished=True)
            assert rows["unfinished"].all()
            assert len(rows) == found[queue][1]


NOW = pd.Timestamp("2024-06-30 12:00:00")
MAY_TO_JULY = Selection(date(2024, 5, 1), date(2024, 7, 31))


def worklist(
    folder: Path,
    records: list[dict[str, Any]] = (),  # type: ignore[assignment]
    surveys: list[dict[str, Any]] = (),  # type: ignore[assignment]
    inspections: list[dict[str, Any]] = (),  # type: ignore[assignment]
) -> dict[str, dict[str, Any]]:
    """Item → queue → its reason, at noon of the last of June, of rows where only what matters is
    given."""
    own = {"project_id": "P1", "kind": "complaint", "status": "open", "created_at": NOW}
    own |= {"reopen_count": 0}
    clock = own | {"record_id": "clock", "status": "cancelled"}
    rows = [own | {"record_id": f"R{index}"} | row for index, row in enumerate(records)]
    answers = [{"project_id": "P1", "survey_id": f"V{i}"} | row for i, row in enumerate(surveys)]
    visits = [
        {"project_id": "P1", "inspection_id": f"I{index}", "item": "巡检", "finding": "x"} | row
        for index, row in enumerate(inspections)
    ]
    tables = {"survey": answers, "inspection": visits}
    portfolio = {
        "project": pd.DataFrame([{"project_id": "P1", "project_name": "一"}]),
        "service_record": pd.DataFrame([clock, *rows]),
        **{name: pd.DataFrame(each) for name, each in tables.items() if each},
    }
    rows = listed(stores.publish(folder, portfolio), EVERYTHING, MAY_TO_JULY)
    return {row.item: {each["queue"]: each for each in row.reasons} for row in rows.itertuples()}


class TestQueues:
    def test_due_to_the_second(self, tmp_path: Path) -> None:
        created = NOW - timedelta(days=2)
        dues = [NOW, NOW + timedelta(seconds=1), NOW + timedelta(hours=24)]
        dues += [NOW + timedelta(hours=24, seconds=1)]
        found = worklist(tmp_path, [{"created_at": created, "due_at": due} for due in dues])
        assert {item: list(reasons) for item, reasons in found.items()} == {
            "R0": ["overdue"],
            "R1": ["due_soon"],
            "R2": ["due_soon"],
        }
        assert found["R2"]["due_soon"]["hours"] == -24

    def test_a_resolved_record_leaves(self, tmp_path: Path) -> None:
        late = {"created_at": NOW - timedelta(days=40), "due_at": NOW - timedelta(days=30)}
        found = worklist(tmp_path, [late, late | {"resolved_at": NOW}, late | {"kind": "repair"}])
        assert {item: set(reasons) for item, reasons in found.items()} == {
            "R0": {"overdue", "open_over_30d"},
            "R2": {"overdue"},
        }
        assert found["R0"]["overdue"]["hours"] == 30 * 24

    def test_what_is_reopened_is_done_once_closed(self, tmp_path: Path) -> None:
        one = {"created_at": NOW - timedelta(days=3), "reopen_count": 2}
        resolved = one | {"resolved_at": NOW - timedelta(days=1)}
        found = worklist(tmp_path, [one, resolved, resolved | {"closed_at": NOW}])
        assert [found[f"R{index}"]["reopened"]["unfinished"] for index in range(3)] == [
            True,
            True,
            False,
        ]

    @pytest.mark.parametrize(
        ("hours", "followed_up", "expected"),
        [
            (47.9, None, None),  # its 48 hours have not passed
            (48, None, True),
            (60, None, True),
            (60, 48, None),
            (60, 48.1, False),  # late, but done
            (60, -1, True),  # a follow-up before the answer is none
        ],
    )
    def test_low_ratings(
        self, tmp_path: Path, hours: float, followed_up: float | None, expected: bool | None
    ) -> None:
        answered = NOW - timedelta(hours=hours)
        survey = {"survey_id": "V", "customer_id": "C1", "csat": 2, "responded_at": answered}
        calls = [{"customer_id": "C2", "kind": "follow_up", "created_at": NOW}]
        if followed_up is not None:
            at = answered + timedelta(hours=followed_up)
            calls.append({"customer_id": "C1", "kind": "follow_up", "created_at": at})
        found = worklist(tmp_path, calls, [survey, survey | {"survey_id": "W", "csat": 3}])
        assert (found["V"]["low_rating"]["unfinished"] if "V" in found else None) == expected
        assert "W" not in found

    def test_feedback_on_the_record_is_a_follow_up(self, tmp_path: Path) -> None:
        answered = NOW - timedelta(hours=72)
        record = {"created_at": NOW - timedelta(hours=90), "resolved_at": NOW - timedelta(hours=80)}
        survey = {"csat": 1, "responded_at": answered}
        records = [
            record | {"fed_back_at": answered + timedelta(hours=1)},
            record | {"fed_back_at": answered - timedelta(hours=1)},
        ]
        surveys = [survey | {"record_id": f"R{index}"} for index in range(2)]
        found = worklist(tmp_path, records, surveys)
        assert list(found) == ["R1"]  # the rating stands with its record
        assert found["R1"]["low_rating"]["number"] == 1
        assert found["R1"]["low_rating"]["hours"] == 72

    def test_rectifications(self, tmp_path: Path) -> None:
        made = {"inspected_on": date(2024, 6, 1)}
        found = worklist(
            tmp_path,
            inspections=[
                made | {"due_on": date(2024, 6, 20)},
                made | {"due_on": date(2024, 6, 20), "rectified_on": date(2024, 6, 22)},
                made | {"due_on": date(2024, 6, 20), "rectified_on": date(2024, 6, 20)},
                made | {"due_on": date(2024, 7, 1)},
                made | {"due_on": date(2024, 6, 20), "finding": None},
            ],
        )
        late = {item: reasons["rectification"] for item, reasons in found.items()}
        assert {item: (each["hours"], each["unfinished"]) for item, each in late.items()} == {
            "I0": (240, True),
            "I1": (48, False),
        }

    def test_the_most_urgent_first(self, tmp_path: Path) -> None:
        day = timedelta(days=1)
        resolved = {"created_at": NOW - 5 * day, "resolved_at": NOW - 4 * day}
        found = worklist(
            tmp_path,
            [
                resolved | {"reopen_count": 3, "closed_at": NOW},
                resolved | {"reopen_count": 1},
                resolved | {"reopen_count": 2},
                {"created_at": NOW - 40 * day},
                {"created_at": NOW - 2 * day, "due_at": NOW + 0.5 * day},
                {"created_at": NOW - 2 * day, "due_at": NOW + 0.2 * day},
                {"created_at": NOW - 2 * day, "due_at": NOW - 1 * day},
                {"created_at": NOW - 9 * day, "due_at": NOW - 3 * day},
            ],
        )
        assert list(found) == ["R7", "R6", "R5", "R4", "R3", "R2", "R1", "R0"]
