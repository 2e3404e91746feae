"""The serving side of the store: whose rows, which version, and what goes wrong."""

import threading
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dashboard import store as store_module
from dashboard.access import EVERYTHING, NOTHING, Scope
from dashboard.errors import QueryError, StoreError
from dashboard.measures import TOTAL, measure
from dashboard.published import CURRENT, store_file
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests import stores

YEAR = Selection(date(2024, 1, 1), date(2024, 12, 31))
HOSTILE = ["'; drop table service_record; --", "*", "%", "_", "项目", "P1' or '1'='1", ""]


@pytest.fixture
def golden(golden_store: Path) -> Store:
    return Store(Settings(store=golden_store))


def small_portfolio(records: int) -> dict[str, pd.DataFrame]:
    """Records of as many projects as there are hostile names, each named by its project."""
    projects = [HOSTILE[index % len(HOSTILE)] for index in range(records)]
    return {
        "project": pd.DataFrame({"project_id": HOSTILE, "project_name": HOSTILE}),
        "service_record": pd.DataFrame(
            {
                "record_id": [f"R{index}" for index in range(records)],
                "project_id": projects,
                "category": projects,
                "kind": "complaint",
                "status": "open",
                "created_at": pd.Timestamp("2024-05-01"),
            }
        ),
    }


class TestScope:
    def test_default_sees_nothing(self, golden: Store) -> None:
        assert golden.run("metric_record", selection=YEAR, by=None).empty
        assert measure(golden, Scope(), YEAR)[TOTAL]["record_count"].n == 0

    def test_names_are_names_and_not_patterns(self, tmp_path: Path) -> None:
        store = stores.publish(tmp_path, small_portfolio(70))
        for name in HOSTILE:
            scope = Scope(frozenset({name}))
            found = measure(store, scope, YEAR, "project", ["record_count"])
            assert {key: each["record_count"].n for key, each in found.items()} == {name: 10}

    def test_customers_without_a_project_are_for_those_who_see_everything(
        self, tmp_path: Path
    ) -> None:
        customers = pd.DataFrame({"customer_id": ["C1", "C2"], "project_id": ["P1", None]})
        projects = pd.DataFrame({"project_id": ["P1"], "project_name": ["一"]})
        store = stores.publish(tmp_path, {"project": projects, "customer": customers})
        for scope, n in ((EVERYTHING, 2), (Scope(frozenset({"P1"})), 1), (NOTHING, 0)):
            assert measure(store, scope, YEAR, metrics=["churn_rate"])[TOTAL]["churn_rate"].n == n

    def test_concurrent_scopes_never_see_a_foreign_row(self, tmp_path: Path) -> None:
        """Threads share one store; each asks only for its own projects, again and again."""
        store = stores.publish(tmp_path, small_portfolio(210))
        foreign: list[object] = []
        barrier = threading.Barrier(4)

        def ask(mine: list[str]) -> None:
            barrier.wait()
            for _ in range(40):
                rows = store.run("complaint_project_category", Scope(frozenset(mine)), YEAR)
                if set(rows["project_id"]) != set(mine) or rows["count"].sum() != 30 * len(mine):
                    foreign.append(rows)

        threads = [
            threading.Thread(target=ask, args=(mine,))
            for mine in (HOSTILE[:1], HOSTILE[1:2], HOSTILE[2:5], HOSTILE[5:])
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not foreign


class TestPublishedVersion:
    def test_no_store(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="no store"):
            Store(Settings(store=tmp_path)).info()

    def test_not_a_store(self, tmp_path: Path) -> None:
        store_file(tmp_path, 1).write_bytes(b"not a database")
        (tmp_path / CURRENT).write_text("1")
        with pytest.raises(StoreError, match="cannot be opened"):
            Store(Settings(store=tmp_path)).info()

    def test_store_of_nothing_about_itself(self, tmp_path: Path) -> None:
        stores.publish(tmp_path, {})
        with duckdb.connect(str(store_file(tmp_path, 1))) as connection:
            connection.execute("delete from store_info")
        with pytest.raises(StoreError, match="says nothing"):
            Store(Settings(store=tmp_path)).info()

    def test_new_version_is_served_without_a_restart(self, tmp_path: Path) -> None:
        store = stores.publish(tmp_path, small_portfolio(7))
        assert measure(store, EVERYTHING, YEAR)[TOTAL]["record_count"].n == 7
        stores.publish(tmp_path, small_portfolio(14), version=2)
        assert store.info().version == 2
        assert measure(store, EVERYTHING, YEAR)[TOTAL]["record_count"].n == 14


class TestRun:
    def test_unknown_query(self, golden: Store) -> None:
        with pytest.raises(QueryError, match="no query 'nothing'"):
            golden.run("nothing", EVERYTHING)

    def test_a_path_is_not_a_name(self, golden: Store) -> None:
        with pytest.raises(QueryError):
            golden.run("../scope/in", EVERYTHING)

    def test_parameters_missing_and_unknown(self, golden: Store) -> None:
        with pytest.raises(QueryError, match="missing: by; unknown: colour"):
            golden.run("metric_record", EVERYTHING, YEAR, colour="red")

    def test_parameters_are_values(self, golden: Store) -> None:
        hostile = "month' or '1'='1"
        assert golden.run("metric_record", EVERYTHING, YEAR, by=hostile).empty

    def test_too_many_rows(self, golden: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(store_module, "MAX_ROWS", 100)
        with pytest.raises(QueryError, match="more than 100 rows"):
            golden.run(
                "record_drill",
                EVERYTHING,
                YEAR,
                metric="record_count",
                part="counted",
                limit=None,
                offset=None,
            )

    def test_a_query_that_fails_names_itself(self, golden: Store) -> None:
        with pytest.raises(QueryError, match="record_drill failed"):
            golden.run(
                "record_drill", EVERYTHING, YEAR, metric="", part="", limit="many", offset=None
            )
