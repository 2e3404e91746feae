"""A file that was swapped, cut or lost after it was published is noticed; nothing builds on it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard import ledger
from dashboard.errors import LoadError, StoreError
from dashboard.ingest.build import building
from dashboard.ledger import LEDGER, Event
from dashboard.published import CURRENT, private_file, store_file
from dashboard.settings import Settings
from dashboard.store import Store
from tests.ingest.loading import contents, load, rows
from tests.ingest.safety import (
    current_files,
    cut,
    grades,
    load_projects,
    projects,
    run,
    swap,
    undone,
)

PROJECT = "project_id,project_name\nP9,x\n"


def test_every_load_is_told(loaded: Path) -> None:
    known = ledger.read(loaded)
    assert [(e.event, e.version, e.base, e.who) for e in known.entries] == [
        (Event.LOAD, 1, None, "tester"),
        (Event.LOAD, 2, 1, "tester"),
        (Event.LOAD, 3, 2, "tester"),
    ]
    last = known.entries[-1]
    assert (last.rows["project"], last.rows["survey"]) == (3, 0)
    (told,) = last.loads
    logged = rows(
        loaded,
        "select load_id, loaded_at, loaded_by, file_name, sha256, table_name, mapping, read,"
        " inserted, updated, unchanged, refused from load_log order by loaded_at, rowid",
    )[-1]
    assert logged == (
        told.load_id, told.at, told.who, told.file, told.sha256, told.table, told.mapping, 1,
        told.inserted, told.updated, told.unchanged, told.refused,
    )  # fmt: skip
    assert grades(loaded) == {}


@pytest.mark.parametrize("file", [0, 1], ids=["store", "private"])
@pytest.mark.parametrize("damage", [cut, swap, Path.unlink])
def test_nothing_builds_on_a_damaged_file(
    loaded: Path, tmp_path: Path, file: int, damage: Callable[[Path], None]
) -> None:
    damaged = current_files(loaded)[file]
    damage(damaged)
    before = contents(loaded)
    says = "is missing" if damage is Path.unlink else "is not the file that was published"
    with pytest.raises(StoreError, match=f"{damaged.name} {says}|cannot be read") as caught:
        load(loaded, PROJECT, "project")
    assert "restore" in caught.value.hint
    backup = run(loaded, "backup", str(tmp_path / "b.zip"))
    assert isinstance(backup.exception, StoreError)
    assert contents(loaded) == before
    assert not list(tmp_path.glob("b.zip*"))
    assert grades(loaded) == {"files": "problem"}
    assert undone(loaded).version == 4
    assert projects(loaded) == [1, 2]
    assert load(loaded, PROJECT, "project").version == 5
    assert projects(loaded) == [1, 2, 9]


def test_a_cut_file_is_not_served(loaded: Path) -> None:
    cut(current_files(loaded)[0])
    with pytest.raises(StoreError, match="not the file that was published") as caught:
        Store(Settings(store=loaded)).info()
    assert "undo" in caught.value.hint


def test_a_version_that_was_opened_for_writing_is_not_served(loaded: Path) -> None:
    file = current_files(loaded)[0]
    file.with_name(f"{file.name}.wal").write_bytes(b"changes")
    with pytest.raises(StoreError, match="opened for writing"):
        Store(Settings(store=loaded)).info()
    assert grades(loaded)["files"] == "problem"


@pytest.mark.parametrize("line", [0, 1, 2])
def test_nothing_builds_on_a_ledger_that_lacks_a_line(loaded: Path, line: int) -> None:
    lines = (loaded / LEDGER).read_bytes().splitlines(keepends=True)
    (loaded / LEDGER).write_bytes(b"".join(lines[:line] + lines[line + 1 :]))
    before = contents(loaded)
    with pytest.raises(StoreError, match=r"altered or removed|last lines are missing") as caught:
        load(loaded, PROJECT, "project")
    with pytest.raises(StoreError):
        undone(loaded)
    assert contents(loaded) == before
    assert grades(loaded)["ledger"] == "problem"
    # what the hint says
    assert "move" in caught.value.hint
    (loaded / LEDGER).rename(loaded.parent / "old.jsonl")
    assert load(loaded, PROJECT, "project").version == 4
    assert grades(loaded) == {}


def test_a_torn_ledger_is_cut_and_goes_on(loaded: Path) -> None:
    with (loaded / LEDGER).open("ab") as file:
        file.write(b'{"event":"load","vers')
    assert grades(loaded) == {"ledger": "warning"}
    load(loaded, PROJECT, "project")
    assert grades(loaded) == {}
    assert len(ledger.read(loaded).entries) == 4


def test_a_store_from_before_there_was_a_ledger_is_adopted(loaded: Path) -> None:
    known = ledger.read(loaded)
    (loaded / LEDGER).unlink()
    assert grades(loaded) == {"ledger": "warning"}
    assert Store(Settings(store=loaded)).info().version == 3
    with pytest.raises(LoadError):
        load(loaded, "project_id,project_id\n", "project")
    assert not (loaded / LEDGER).exists()
    load(loaded, PROJECT, "project")
    found = ledger.read(loaded)
    assert [e.event for e in found.entries] == [*3 * [Event.ADOPTED], Event.LOAD]
    for then, now in zip(known.entries, found.entries[:3], strict=True):
        assert (now.version, now.base, now.files, now.rows) == (
            then.version,
            then.base,
            then.files,
            then.rows,
        )
        assert [replace(each, seconds=0) for each in now.loads] == [
            replace(each, seconds=0) for each in then.loads
        ]
        assert now.at == then.at
    assert grades(loaded) == {}
    assert [undone(loaded).version for _ in range(3)] == [5, 6, 7]
    assert projects(loaded) == [1]


def test_current_that_was_lost_is_not_taken_for_an_empty_store(loaded: Path) -> None:
    (loaded / CURRENT).unlink()
    before = contents(loaded)
    with pytest.raises(StoreError, match=r"CURRENT is missing.*version 3"):
        load(loaded, PROJECT, "project")
    assert contents(loaded) == before
    assert grades(loaded)["current"] == "problem"
    (loaded / CURRENT).write_text("3")
    load(loaded, PROJECT, "project")
    assert projects(loaded) == [1, 2, 3, 9]


def test_the_only_version_is_not_forgotten_with_current(store: Path) -> None:
    assert load(store, PROJECT, "project").version == 1
    (store / CURRENT).unlink()
    with pytest.raises(StoreError, match=r"CURRENT is missing.*version 1"):
        load(store, PROJECT, "project")
    (store / CURRENT).write_text("1")
    assert load(store, PROJECT, "project").unchanged == 1


def test_a_first_load_that_ended_at_the_switch_is_taken_back(store: Path) -> None:
    assert load(store, PROJECT, "project").version == 1
    (store / CURRENT).rename(store / "CURRENT.tmp")
    with pytest.raises(RuntimeError), building(store, Settings(store=store)):
        raise RuntimeError
    assert ledger.read(store).abandoned == {1}
    assert load(store, PROJECT, "project").inserted == 1
    assert grades(store) == {}


def test_a_ledger_of_one_line_that_was_mangled(store: Path) -> None:
    load(store, PROJECT, "project")
    text = (store / LEDGER).read_text()
    (store / LEDGER).write_text(text.replace("{", "[", 1))
    with pytest.raises(StoreError, match="does not know version 1"):
        load(store, PROJECT, "project")
    assert grades(store)["ledger"] == "problem"


def test_current_that_was_set_back_by_hand(loaded: Path) -> None:
    """What was taken back is told to be so, and its number is not used again."""
    (loaded / CURRENT).write_text("2")
    assert grades(loaded) == {"ledger": "warning"}
    assert load(loaded, PROJECT, "project").version == 4
    assert projects(loaded) == [1, 2, 9]
    assert not store_file(loaded, 3).exists()
    assert not private_file(loaded, 3).exists()
    assert ledger.read(loaded).abandoned == {3}
    assert ledger.read(loaded).entry(4).base == 2  # type: ignore[union-attr] # it is there
    assert grades(loaded) == {}


def test_numbers_are_never_used_again(store: Path) -> None:
    """A server that has read a path keeps showing what it read, so a path must not come back."""
    load_projects(store, 1, 1)
    undo_impossible = run(store, "undo")
    assert isinstance(undo_impossible.exception, StoreError)
    load_projects(store, 2, 2)
    (store / CURRENT).write_text("1")
    with pytest.raises(Exception, match="empty"):
        load(store, "", "project")
    load_projects(store, 3, 3)
    assert [e.version for e in ledger.read(store).entries] == [1, 2, 2, 3]
