"""The timeline of a record: what happened, in order, and nothing outside the scope."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.access import EVERYTHING, NOTHING, Scope
from dashboard.store import Store
from tests import stores

START = pd.Timestamp("2024-06-01 08:00:00")
NOW = START + timedelta(days=10)
HOSTILE = "<b>x</b> ![x](http://x) =1+1 😀"


def hours(number: float) -> pd.Timestamp:
    return START + timedelta(hours=number)


def record(key: str, **changes: Any) -> dict[str, Any]:
    own = {"project_id": "P1", "kind": "complaint", "status": "open", "reopen_count": 0}
    return own | {"record_id": key, "customer_id": "C1", "created_at": START} | changes


def portfolio() -> dict[str, pd.DataFrame]:
    """A record with everything that can happen to it, and what lies near it and far from it."""
    records = [
        record(
            "R",
            level="L1",
            due_at=hours(48),
            first_response_at=hours(3),
            on_site_at=hours(1),
            resolved_at=hours(50),
            title=HOSTILE,
            category="漏水",
        ),
        record("before", created_at=hours(-24 * 90), status="closed", title="旧"),
        record("long before", created_at=hours(-24 * 90 - 1)),
        record("after", created_at=NOW, status="cancelled", project_id="P2"),
        record("stranger", customer_id="C2"),
        record("open", level="L3", due_at=hours(300), customer_id=None),
        record("clock", created_at=NOW, customer_id=None, status="cancelled"),
    ]
    surveys = [
        {"survey_id": "V", "record_id": "R", "sent_at": hours(60), "responded_at": hours(61)}
        | {"csat": 1, "nps": 0, "comment": HOSTILE},
        {"survey_id": "alone", "customer_id": "C1", "responded_at": hours(5), "csat": 2},
    ]
    steps = [
        {"record_id": "R", "step_no": 1, "step": "受理", "done_at": hours(2), "due_at": hours(1)},
        {"record_id": "R", "step_no": 2, "step": "判定", "due_at": hours(4), "accepted": False},
        {"record_id": "after", "step_no": 1, "step": "其他", "done_at": hours(2)},
    ]
    inspection = {"inspection_id": "I", "item": "巡检", "finding": "未记录", "severity": "minor"}
    inspection |= {"inspected_on": "2024-06-01", "due_on": "2024-06-05"}
    return {
        "project": pd.DataFrame(
            {"project_id": ["P1", "P2"], "project_name": ["一", "二"], "region": "华东"}
        ),
        "service_record": pd.DataFrame(records),
        "survey": pd.DataFrame(surveys).assign(project_id="P1"),
        "record_step": pd.DataFrame(steps),
        "inspection": pd.DataFrame([inspection]).assign(project_id="P1"),
    }


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return stores.publish(tmp_path, portfolio())


def timeline(
    store: Store, item: str, source: str = "service_record", scope: Scope = EVERYTHING
) -> list[dict[str, Any]]:
    found = store.run("timeline", scope, source=source, item=item)
    return [{str(key): value for key, value in row.items()} for row in found.to_dict("records")]


def names(events: list[dict[str, Any]]) -> list[str]:
    return [each["event"] for each in events]


class TestOrder:
    def test_a_record(self, store: Store) -> None:
        """In order of time; a step that is missing stands where it was due."""
        assert names(timeline(store, "R")) == [
            "other",
            "created",
            "on_site",
            "step",
            "first_response",
            "step",
            "resolved",
            "sent",
            "answered",
            "other",
        ]

    def test_times_wanted(self, store: Store) -> None:
        found = {each["event"]: each for each in timeline(store, "R")}
        assert found["first_response"]["standard_at"] == hours(2)
        assert pd.isna(found["on_site"]["standard_at"])  # of level 2 alone
        assert found["resolved"]["promised_at"] == hours(48)
        assert pd.isna(found["resolved"]["standard_at"])

    def test_what_has_not_happened_but_is_wanted(self, store: Store) -> None:
        (created, resolved) = timeline(store, "open")
        assert names([created, resolved]) == ["created", "resolved"]
        assert pd.isna(resolved["at"])
        assert resolved["standard_at"] == hours(72)
        assert resolved["promised_at"] == hours(300)

    def test_a_survey_without_a_record(self, store: Store) -> None:
        found = timeline(store, "alone", "survey")
        assert names(found) == ["other", "answered", "other"]
        assert [found[0]["key"], found[2]["key"]] == ["R", "after"]

    def test_an_inspection(self, store: Store) -> None:
        found = timeline(store, "I", "inspection")
        assert names(found) == ["inspected", "rectified"]
        assert pd.isna(found[1]["at"])
        assert found[1]["promised_at"] == pd.Timestamp("2024-06-05")

    def test_other_records_within_90_days(self, store: Store) -> None:
        others = [each["key"] for each in timeline(store, "R") if each["event"] == "other"]
        assert others == ["before", "after"]


class TestScope:
    @pytest.mark.parametrize(
        ("source", "item"), [("service_record", "R"), ("survey", "alone"), ("inspection", "I")]
    )
    @pytest.mark.parametrize("scope", [NOTHING, Scope(frozenset({"P2"})), Scope(frozenset({"*"}))])
    def test_outside_it_nothing_is_found(
        self, store: Store, source: str, item: str, scope: Scope
    ) -> None:
        assert timeline(store, item, source, scope) == []
        assert store.run("timeline_item", scope, source=source, item=item).empty

    def test_other_records_are_those_of_the_scope(self, store: Store) -> None:
        found = timeline(store, "R", scope=Scope(frozenset({"P1"})))
        assert [each["key"] for each in found if each["event"] == "other"] == ["before"]

    @pytest.mark.parametrize("item", ["nowhere", "", "' or 1=1 --", "%"])
    def test_what_is_not_there(self, store: Store, item: str) -> None:
        assert timeline(store, item) == []

    def test_a_key_is_of_its_own_table(self, store: Store) -> None:
        assert timeline(store, "R", "survey") == []
        assert timeline(store, "V", "service_record") == []
