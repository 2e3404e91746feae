"""Undo brings back the version before, again and again, and says what it did."""

from pathlib import Path

import duckdb
import pytest

from dashboard import ledger
from dashboard.errors import StoreError
from dashboard.ingest.versions import KEPT
from dashboard.ledger import LEDGER, Event
from dashboard.published import current_version, private_file, store_file
from dashboard.settings import Settings
from dashboard.store import Store
from tests.ingest.loading import contents, load, quarantine, rows
from tests.ingest.safety import grades, load_projects, projects, run, swap, told, undone

PROJECT = "project_id,project_name\nP9,x\n"


def test_undo_brings_back_both_files_as_they_were(loaded: Path) -> None:
    refused = load(loaded, "project_id,project_name\n,x\nP4,x\n", "project")
    assert (refused.refused, len(quarantine(loaded))) == (1, 1)
    store = Store(Settings(store=loaded))
    assert store.info().version == 4
    found = undone(loaded)
    assert (found.version, found.removed.version, found.brought_back.version) == (5, 4, 3)
    assert current_version(loaded) == store.info().version == 5
    for file in (store_file, private_file):
        assert file(loaded, 5).read_bytes() == file(loaded, 3).read_bytes()
        assert file(loaded, 5).samefile(file(loaded, 3))  # takes no room
    assert (projects(loaded), quarantine(loaded)) == ([1, 2, 3], [])
    assert grades(loaded) == {}


def test_undo_twice_goes_back_two_loads_and_loading_goes_on_from_there(loaded: Path) -> None:
    assert [undone(loaded).removed.version for _ in range(2)] == [3, 2]
    assert projects(loaded) == [1]
    load(loaded, PROJECT, "project")
    assert projects(loaded) == [1, 9]
    found = undone(loaded)
    assert (found.removed.version, found.brought_back.version) == (6, 1)
    assert projects(loaded) == [1]
    with pytest.raises(StoreError, match="Version 7 cannot be undone: nothing older is kept"):
        undone(loaded)
    assert current_version(loaded) == 7
    assert grades(loaded) == {}


def test_undo_of_an_undo_is_to_load_again(loaded: Path) -> None:
    load(loaded, PROJECT, "project")
    undone(loaded)
    again = load(loaded, PROJECT, "project")
    assert (again.inserted, again.version) == (1, 6)
    assert projects(loaded) == [1, 2, 3, 9]


def test_after_seven_loads_five_can_be_undone(store: Path) -> None:
    load_projects(store, 1, 7)
    assert [undone(store).further for _ in range(KEPT)] == [4, 3, 2, 1, 0]
    assert projects(store) == [1, 2]
    before = contents(store)
    with pytest.raises(StoreError, match="nothing older is kept") as caught:
        undone(store)
    assert "backup" in caught.value.hint
    assert contents(store) == before
    assert grades(store) == {}
    kept = {int(file.stem.split("-")[1]) for file in store.glob("store-*")}
    assert kept == {8, 9, 10, 11, 12}


def test_nothing_to_undo(store: Path, tmp_path: Path) -> None:
    store.mkdir()
    with pytest.raises(StoreError, match="no store"):
        undone(store)
    load_projects(store, 1, 1)
    with pytest.raises(StoreError, match="Version 1 cannot be undone"):
        undone(store)
    assert projects(store) == [1]


def test_what_was_damaged_is_not_brought_back(loaded: Path) -> None:
    swap(store_file(loaded, 2))
    assert grades(loaded) == {"undo": "warning"}
    before = contents(loaded)
    with pytest.raises(StoreError, match=r"store-2.duckdb is not the file that was published"):
        undone(loaded)
    assert contents(loaded) == before


def test_a_version_of_an_older_contract_is_carried_over(loaded: Path) -> None:
    """The release was updated between two loads; the older tables would not do for the pages."""
    with duckdb.connect(str(store_file(loaded, 2))) as connection:
        connection.execute("drop table skill")
        connection.execute("alter table project drop column region")
    (loaded / LEDGER).unlink()
    undone(loaded)
    assert projects(loaded) == [1, 2]
    assert rows(loaded, "select count(region), (select count(*) from skill) from project") == [
        (0, 0)
    ]
    assert ledger.read(loaded).entries[-1].event is Event.UNDO
    assert grades(loaded) == {}


class TestCommands:
    def test_undo_says_what_it_did(self, loaded: Path) -> None:
        shown = run(loaded, "undo").stdout.splitlines()
        assert shown[0] == "removed:"
        assert "tester  load" in shown[1]
        assert "project.csv -> project: 1 read = 1 inserted" in shown[2]
        assert shown[-1] == "published as version 4; further undos possible: 1"
        found = told(loaded, "undo")
        assert (found["version"], found["further"]) == (5, 0)
        assert found["removed"]["version"] == 2
        assert found["brought_back"]["loads"][0]["who"] == "tester"

    def test_undo_without_an_older_version_ends_with_an_error(self, store: Path) -> None:
        load_projects(store, 1, 1)
        assert isinstance(run(store, "undo").exception, StoreError)

    def test_loads_tell_the_history(self, loaded: Path) -> None:
        undone(loaded)
        load(loaded, PROJECT, "project")
        found = told(loaded, "loads")
        assert found["current"] == 5
        assert [(past["version"], past["event"], past["state"]) for past in found["history"]] == [
            (5, "load", "current"),
            (4, "undo", "in effect"),
            (3, "load", "undone"),
            (2, "load", "in effect"),
            (1, "load", "in effect"),
        ]
        assert found["history"][2]["undone_by"] == 4
        (loaded_,) = found["history"][0]["loads"]
        assert (loaded_["file"], loaded_["read"], len(loaded_["sha256"])) == ("project.csv", 1, 64)
        limited = told(loaded, "loads", "--limit", "2")["history"]
        assert limited == found["history"][:2]
        lines = run(loaded, "loads").stdout.splitlines()
        assert lines[0].endswith("load   [current]")
        assert lines[2].endswith("undo of version 3: version 2 again   [in effect]")
        assert lines[3].endswith("[undone by version 4]")

    def test_no_store_and_no_ledger(self, loaded: Path, tmp_path: Path) -> None:
        assert "no store" in str(run(tmp_path / "absent", "loads").exception)
        (loaded / LEDGER).unlink()
        assert "next load begins one" in run(loaded, "loads").stdout
        assert told(loaded, "loads")["history"] == []
