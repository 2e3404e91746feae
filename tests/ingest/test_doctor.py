"""The doctor finds what is wrong with a store, says what to do, and changes nothing.

What it says of damaged files, ledgers and crashes is tested with these.
"""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard import ledger
from dashboard.errors import Told
from dashboard.i18n import translator
from dashboard.ingest import disk, lock
from dashboard.ingest.surroundings import libraries
from dashboard.ledger import LEDGER, Entry, Event, Ledger
from dashboard.published import CURRENT, SCORECARD, store_file
from tests.ingest.loading import contents
from tests.ingest.safety import current_files, grades, load_projects, run


def checks(store: Path) -> dict[str, dict[str, Any]]:
    found = json.loads(run(store, "doctor", "--json").stdout)
    return {check["name"]: check for check in found}


def edited(store: Path, sql: str) -> None:
    """Change the current version by hand, and tell the ledger of the change."""
    store_, private = current_files(store)
    with duckdb.connect(str(store_)) as connection:
        connection.execute(sql)
    entries = ledger.read(store).entries
    files = {ledger.STORE: disk.content_of(store_), ledger.PRIVATE: disk.content_of(private)}
    (store / LEDGER).unlink()
    ledger.append(store, Ledger(), [*entries[:-1], replace(entries[-1], files=files)])


def test_a_sound_store(loaded: Path) -> None:
    times = {file: file.stat().st_mtime_ns for file in loaded.iterdir()}
    before = contents(loaded)
    result = run(loaded, "doctor")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert all(line.startswith("ok ") for line in lines)
    names = [line.split()[1] for line in lines]
    assert names == [
        "current", "ledger", "files", "contract", "invariants", "loads", "undo", "lock",
        "leftovers", "permissions", "space", "libraries", "mappings",
        "scorecard",
    ]  # fmt: skip
    assert contents(loaded) == before
    assert {file: file.stat().st_mtime_ns for file in loaded.iterdir()} == times


def test_no_store(tmp_path: Path) -> None:
    assert grades(tmp_path / "absent") == {"current": "problem"}
    (tmp_path / "new").mkdir(mode=0o700)
    assert grades(tmp_path / "new") == {"current": "warning"}
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.parametrize(
    ("sql", "name", "grade"),
    [
        ("insert into project values ('P1', 'again')", "invariants", "problem"),
        ("delete from store_info", "database", "problem"),
        ("update store_info set contract_version = 99", "contract", "problem"),
        ("update store_info set contract_version = 0", "contract", "warning"),
        ("delete from load_log", "loads", "problem"),
        ("update load_log set load_id = 'stranger'", "loads", "problem"),
        ("drop table load_log", "database", "problem"),
    ],
)
def test_the_database(loaded: Path, sql: str, name: str, grade: str) -> None:
    edited(loaded, sql.replace("project values", "project (project_id, project_name) values"))
    assert grades(loaded) == {name: grade}


def test_loads_that_the_ledger_does_not_know_are_named(loaded: Path) -> None:
    first = "(select min(load_id) from load_log)"
    edited(loaded, f"update load_log set load_id = 'stranger' where load_id = {first}")  # noqa: S608
    assert "does not know: stranger" in checks(loaded)["loads"]["says"]


@pytest.mark.parametrize("text", ["seven", "99"])
def test_current_is_wrong(loaded: Path, text: str) -> None:
    (loaded / CURRENT).write_text(text)
    found = grades(loaded)
    assert "problem" in found.values()
    assert found.keys() <= {"current", "ledger", "files"}


def test_what_an_undo_needs_is_missing(loaded: Path) -> None:
    store_file(loaded, 2).unlink()
    assert grades(loaded) == {"undo": "warning"}
    assert "0 times" in checks(loaded)["undo"]["do"]


@pytest.mark.parametrize("name", ["store-4.duckdb.tmp", "CURRENT.tmp", "store-2.duckdb.wal"])
def test_leftovers(loaded: Path, name: str) -> None:
    (loaded / name).write_bytes(b"half")
    found = grades(loaded)
    assert found.pop("leftovers") == "warning"
    load_projects(loaded, 4, 4)
    assert grades(loaded) == {}


def test_work_in_progress_is_no_leftover(loaded: Path) -> None:
    with lock.held(loaded, lock.Claim("load 大表.csv", "张三")):
        (loaded / "staging.tmp").mkdir()
        found = checks(loaded)
    assert found["leftovers"]["grade"] == "ok"
    assert "staging.tmp" in found["leftovers"]["says"]
    assert "张三 (load 大表.csv; process" in found["lock"]["says"]


def test_a_lock_that_is_held_for_long(loaded: Path) -> None:
    with lock.held(loaded, lock.Claim("load 大表.csv", "张三")):
        told = json.loads((loaded / lock.OWNER).read_text())
        told["since"] = told["since"].replace(told["since"][:4], "2025")
        (loaded / lock.OWNER).write_text(json.dumps(told))
        assert grades(loaded) == {"lock": "warning"}


def test_permissions(loaded: Path) -> None:
    loaded.chmod(0o755)
    assert grades(loaded) == {"permissions": "warning"}
    current_files(loaded)[1].chmod(0o640)
    assert grades(loaded) == {"permissions": "problem"}
    found = checks(loaded)["permissions"]
    assert "private-3.duckdb" in found["says"]
    assert "chmod 600" in found["do"]


def test_a_new_store_is_nobody_elses(store: Path) -> None:
    before = os.umask(0)
    try:
        load_projects(store, 1, 1)
    finally:
        os.umask(before)
    assert store.stat().st_mode & 0o777 == 0o700
    assert grades(store) == {}


def test_no_room_for_another_load(loaded: Path) -> None:
    with store_file(loaded, 2).open("r+b") as file:
        file.truncate(2**40)  # takes no room
    found = checks(loaded)["space"]
    assert found["grade"] == "warning"
    assert "3,145,728 MB should be free" in found["do"]


def test_saved_mappings(loaded: Path) -> None:
    (loaded / "mappings").mkdir()
    (loaded / "mappings" / "odd.toml").write_text("table = 3")
    assert grades(loaded) == {"mappings": "problem"}


def test_weights_of_the_scorecard(loaded: Path) -> None:
    (loaded / SCORECARD).write_text("target = 800")
    assert grades(loaded) == {"scorecard": "problem"}
    (loaded / SCORECARD).unlink()
    assert grades(loaded) == {}


def test_libraries(tmp_path: Path) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("duckdb==1.0.0  # old\nnothing-of-this-name==3\nclick>=8.2,<9\n")
    found = libraries(requirements)
    assert found.grade == "warning"
    says = found.told.message
    assert "duckdb" in says
    assert "(≠ 1.0.0)" in says
    assert "nothing-of-this-name – (≠ 3)" in says
    assert "click" not in says


def test_a_check_is_told_in_the_readers_language(loaded: Path) -> None:
    loaded.chmod(0o755)
    t = translator("zh_CN")
    told = checks(loaded)["permissions"]["told"]
    assert t.told(Told.from_json(told)) == (
        f"其他账户可以查看 {loaded}，其中有客户的意见内容。",
        f"请运行：chmod 700 {loaded}",
    )


def test_an_interrupted_load_is_named(loaded: Path) -> None:
    known = ledger.read(loaded)
    lost = replace(known.entries[-1], version=4, base=3)
    ledger.append(loaded, known, [lost])
    found = checks(loaded)["ledger"]
    assert found["grade"] == "warning"
    assert "Version 4 (project.csv, tester" in found["says"]
    assert found["do"] == "Load the file again."


def test_what_was_abandoned_is_no_news(loaded: Path) -> None:
    known = ledger.read(loaded)
    lost = replace(known.entries[-1], version=4, base=3)
    gone = Entry(Event.ABANDONED, 4, datetime(2025, 1, 1), "x")
    ledger.append(loaded, known, [lost, gone])
    assert grades(loaded) == {}


@pytest.mark.parametrize("damage", [Path.unlink, lambda file: file.write_bytes(b"")])
def test_lines_for_people_say_what_to_do(loaded: Path, damage: Callable[[Path], None]) -> None:
    damage(current_files(loaded)[0])
    result = run(loaded, "doctor")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    (place,) = [n for n, line in enumerate(lines) if line.startswith("problem   files ")]
    assert lines[place + 1].strip().startswith("-> Put the right file back")
