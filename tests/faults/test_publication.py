"""A process that ends, or is refused, at any step of publishing leaves the old store or the new.

The fault comes from the interpreter's audit events, which tell of every file that is opened,
renamed or removed before the system does it: the process is killed there, or the call fails.
"""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard import ledger
from dashboard.history import State, history
from dashboard.published import current_version, store_file
from dashboard.settings import ROOT
from tests.ingest import safety
from tests.ingest.loading import contents, load, rows

FAULTY = """
import os, signal, sys
fault, event, name = sys.argv[1:4]

def hook(happens, args):
    if happens != event or not str(args[0]).endswith(name):
        return
    if event == "open" and not args[2] & (os.O_WRONLY | os.O_RDWR):
        return
    if fault == "kill":
        os.kill(os.getpid(), 9)
    raise OSError(28, "No space left on device")

sys.addaudithook(hook)
sys.argv = ["dashboard", *sys.argv[4:]]
from dashboard.cli import main
main()
"""

BEFORE = [
    ("os.rename", "store-2.duckdb.tmp"),
    ("os.rename", "private-2.duckdb.tmp"),
    ("open", "CURRENT.tmp"),
    ("open", "ledger.jsonl"),
]
"""Steps before anything is told of the new version."""

TOLD = ("os.rename", "CURRENT.tmp")
"""The step that makes it the current one; the ledger tells of it already."""

AFTER = ("os.remove", "load.lock.owner")

LOADED = "project_id,project_name\nP2,x\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    store = tmp_path / "store"
    load(store, "project_id,project_name\nP1,x\n", "project")
    return store


def faulty(
    store: Path, fault: str, step: tuple[str, str], *command: str
) -> subprocess.CompletedProcess[str]:
    """A command, a load unless another one is named, with a fault at a step."""
    file = store.parent / "more.csv"
    file.write_text(LOADED)
    called = [*(command or ("load", str(file))), "--store", str(store)]
    return subprocess.run(
        [sys.executable, "-c", FAULTY, fault, *step, *called],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def goes_on(store: Path) -> None:
    """The next load works, and leaves a store without anything to complain of."""
    load(store, "project_id,project_name\nP3,x\n", "project")
    assert safety.grades(store) == {}
    assert not [f.name for f in store.iterdir() if f.name.endswith((".tmp", ".wal", ".owner"))]


@pytest.mark.parametrize("step", [*BEFORE, TOLD])
def test_killed_before_the_switch(store: Path, step: tuple[str, str]) -> None:
    assert faulty(store, "kill", step).returncode == -signal.SIGKILL
    known = ledger.read(store)
    assert current_version(store) == 1
    assert rows(store, "select project_id from project") == [("P1",)]
    assert [e.version for e in known.entries] == ([1, 2] if step == TOLD else [1])
    assert "problem" not in safety.grades(store).values()
    goes_on(store)
    known = ledger.read(store)
    assert rows(store, "select project_id from project order by 1") == [("P1",), ("P3",)]
    unpublished = [p.entry.version for p in history(known, 3) if p.state is State.UNPUBLISHED]
    assert unpublished == ([2] if step == TOLD else [])
    assert known.abandoned == set(unpublished)


def test_killed_after_the_switch(store: Path) -> None:
    assert faulty(store, "kill", AFTER).returncode == -signal.SIGKILL
    assert current_version(store) == 2
    assert len(ledger.read(store).entries) == 2
    assert "problem" not in safety.grades(store).values()
    goes_on(store)
    assert rows(store, "select count(*) from project") == [(3,)]


@pytest.mark.parametrize("step", [BEFORE[1], BEFORE[-1], TOLD])
def test_refused_by_the_system(store: Path, step: tuple[str, str]) -> None:
    before = contents(store)
    told = faulty(store, "fail", step)
    assert told.returncode == 1
    assert "Error: The store in" in told.stderr
    assert "No space left on device" in told.stderr
    after = contents(store)
    if step == TOLD:  # as after a crash
        assert before.pop(ledger.LEDGER) != after.pop(ledger.LEDGER)
    assert after == before
    goes_on(store)


def test_the_first_load_killed_before_the_switch(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert faulty(store, "kill", TOLD).returncode == -signal.SIGKILL
    assert current_version(store) is None
    assert len(ledger.read(store).entries) == 1
    found = load(store, LOADED, "project")
    assert found.version == 2
    assert ledger.read(store).abandoned == {1}
    assert [past["state"] for past in safety.told(store, "loads")["history"]] == [
        "current",
        "unpublished",
    ]


@pytest.mark.parametrize("fault", ["kill", "fail"])
def test_undo_where_a_file_cannot_have_two_names(store: Path, fault: str) -> None:
    load(store, LOADED, "project")
    ended = faulty(store, fault, ("os.link", "store-1.duckdb"), "undo")
    if fault == "kill":
        assert ended.returncode == -signal.SIGKILL
        assert rows(store, "select count(*) from project") == [(2,)]
    else:
        assert ended.returncode == 0, ended.stderr
        assert rows(store, "select count(*) from project") == [(1,)]
        assert not store_file(store, 3).samefile(store_file(store, 1))
    goes_on(store)
