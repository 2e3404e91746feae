"""Two real processes at one store: the second one is told who is first, and waits or gives up."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from dashboard.ingest import lock
from dashboard.settings import ROOT
from tests.ingest import safety
from tests.ingest.loading import load, rows

PROJECT = "project_id,project_name\nP9,x\n"

HOLD = """
import sys
from pathlib import Path
from dashboard.ingest.lock import Claim, held
with held(Path(sys.argv[1]), Claim("load 大表.csv", "张三")):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holding(store: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock until its standard input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(store)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def loading(store: Path, wait: str) -> subprocess.Popen[str]:
    file = store.parent / "more.csv"
    file.write_text(PROJECT)
    command = [sys.executable, "-m", "dashboard", "load", str(file)]
    return subprocess.Popen(
        [*command, "--store", str(store), "--wait", wait],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def store(tmp_path: Path) -> Path:
    store = tmp_path / "store"
    load(store, "project_id,project_name\nP1,x\n", "project")
    return store


def test_a_second_loader_says_who_is_first_and_waits(store: Path) -> None:
    with holding(store) as first:
        second = loading(store, "60")
        assert second.stderr is not None
        says = second.stderr.readline()
        assert says.startswith("waiting for 张三 (load 大表.csv; process ")
        assert f"process {first.pid} on " in says
        assert ", for 0:00:0" in says  # its age
        assert second.poll() is None
        assert rows(store, "select count(*) from project") == [(1,)]
        first.communicate("")
        out, err = second.communicate(timeout=60)
    assert second.returncode == 0, err
    assert "version 2" in out
    assert not (store / lock.OWNER).exists()


@pytest.mark.parametrize(("wait", "told"), [("0", 0), ("0.3", 1)])
def test_a_second_loader_gives_up(store: Path, wait: str, told: int) -> None:
    with holding(store) as first:
        second = loading(store, wait)
        _, err = second.communicate(timeout=60)
    assert second.returncode == 1
    assert err.count("waiting for 张三") == told
    assert "Error: 张三 (load 大表.csv; process" in err
    assert f"process {first.pid} on" in err
    assert "--wait SECONDS" in err


@pytest.mark.parametrize("command", ["undo", "demo", "restore"])
def test_every_writer_heeds_the_lock(store: Path, tmp_path: Path, command: str) -> None:
    file = tmp_path / "b.zip"
    base = [sys.executable, "-m", "dashboard"]
    here = ["--store", str(store)]
    if command == "restore":
        safety.run(store, "backup", str(file))
    more = {"restore": [str(file)], "demo": ["--records", "100"], "undo": []}[command]
    with holding(store):
        found = subprocess.run(
            [*base, command, *more, *here, "--wait", "0"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert found.returncode == 1
    assert "Error: 张三 (load 大表.csv; process" in found.stderr


def test_the_dead_hold_nothing(store: Path) -> None:
    with holding(store) as first:
        assert lock.is_held(store)
        assert str(lock.holder(store)).startswith("张三")
        first.kill()
        first.wait()
    assert (store / lock.OWNER).exists()  # nobody was left to remove it
    assert not lock.is_held(store)
    assert lock.holder(store) is None
    second = loading(store, "0")
    _, err = second.communicate(timeout=60)
    assert second.returncode == 0, err
    assert "waiting" not in err


def test_the_dead_are_not_named_for_the_living(store: Path) -> None:
    """Who was killed left its name; whoever took the lock since has not written its own."""
    with holding(store) as first:
        first.kill()
        first.wait()
    with FileLock(store / lock.LOCK):
        second = loading(store, "0")
        _, err = second.communicate(timeout=60)
    assert "Error: Another process is writing" in err
    assert "张三" not in err


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"who": 1}', '{"pid": "x"}'])
def test_a_name_that_cannot_be_read_is_nobodys(store: Path, text: str) -> None:
    (store / lock.OWNER).write_text(text)
    assert lock.holder(store) is None


def test_looking_at_the_lock_makes_nothing(tmp_path: Path) -> None:
    assert not lock.is_held(tmp_path)
    assert os.listdir(tmp_path) == []
