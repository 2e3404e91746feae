"""Loads as processes of their own, a reader beside them, and what the store must hold then.

Each load of a stream changes every row of that stream, so that a mixture of two loads would show.
A load is acknowledged where it ends with exit code 0 and prints its result.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard.published import current_version, private_file, store_file
from dashboard.settings import ROOT
from tests.ingest import safety

ROWS = 10_000
PROJECTS = 40
LONGEST = 300
"""Seconds after which a load has hung."""


def rounds(name: str, few: int) -> int:
    """How often a test tries: ``DASHBOARD_TEST_…`` of the environment, a few unless it is set."""
    return int(os.environ.get(f"DASHBOARD_TEST_{name}", few))


def source(file: Path, stream: str, round_: int, rows: int = ROWS) -> Path:
    """A file of records; what it says of each differs from round to round. One row is refused."""
    header = "record_id,project_id,kind,created_at,category,detail"
    lines = (
        f"{stream}{n},P{n % PROJECTS},repair,2024-01-05,{stream}:{round_},{n * 7919 % 100_003}"
        for n in range(rows)
    )
    bad = f"{stream}-X,P1,nonsense,2024-01-05,{stream}:{round_},"
    file.write_text("\n".join([header, *lines, bad, ""]), encoding="utf-8")
    return file


@dataclass(frozen=True)
class Ended:
    """How a load ended."""

    code: int
    out: str
    err: str

    @property
    def result(self) -> Mapping[str, int] | None:
        """What it says it did, None where it was not acknowledged."""
        if self.code != 0:
            return None
        told: dict[str, int] = json.loads(self.out)
        return told

    @property
    def complaint(self) -> str | None:
        """The message of a load that ended with exit code 1 and two plain lines, else None."""
        lines = [line for line in self.err.splitlines() if not line.lstrip()[:1].isdigit()]
        plain = self.code == 1 and len(lines) == 2 and lines[0].startswith("Error: ")
        return lines[0] if plain else None


class Load:
    """A load that goes on; ``limit`` runs in its process before it begins."""

    def __init__(self, file: Path, store: Path, limit: Callable[[], None] | None = None) -> None:
        command = [sys.executable, "-m", "dashboard", "load", str(file), "--json"]
        self._process = subprocess.Popen(
            [*command, "--table", "service_record", "--store", str(store)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=limit,  # noqa: PLW1509 - no thread of the tests holds a lock here
        )

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End it at once, as kill -9 or a power cut does, with whatever it started."""
        os.killpg(self._process.pid, signal.SIGKILL)

    def wait(self) -> Ended:
        """Its end; raises TimeoutExpired where it hangs."""
        out, err = self._process.communicate(timeout=LONGEST)
        return Ended(self._process.returncode, out, err)


def load(file: Path, store: Path, limit: Callable[[], None] | None = None) -> Ended:
    """A load from beginning to end."""
    return Load(file, store, limit).wait()


def acknowledged(file: Path, store: Path) -> Mapping[str, int]:
    """The result of a load that must succeed."""
    ended = load(file, store)
    assert ended.result is not None, ended
    return ended.result


def served(store: Path, rows: int = ROWS) -> dict[str, int]:
    """Stream → the round that the current version holds, whole in both of its files."""
    version = current_version(store)
    assert version is not None
    with duckdb.connect(str(store_file(store, version)), read_only=True) as connection:
        found = connection.execute("select category, count(*) from service_record group by 1")
        counts = dict(found.fetchall())
        refused = connection.execute("select sum(refused) from load_log").fetchone()
        told = connection.execute(
            "select count(*), count(*) filter (state <> 'superseded') from refused_row"
        ).fetchone()
        projects = connection.execute("select count(*) from project").fetchone()
    with duckdb.connect(str(private_file(store, version)), read_only=True) as connection:
        held = connection.execute("select count(*) from quarantine").fetchone()
    assert projects == (PROJECTS,)
    assert told is not None
    assert (refused, held) == (told[:1], told[1:])
    return whole(counts, rows)


def intact(store: Path) -> bool:
    """Whether nothing of a load that failed is left, and the doctor has nothing to say, except
    that the disk is small."""
    left = [file.name for file in store.iterdir() if file.name.endswith((".tmp", ".wal"))]
    return not left and safety.grades(store).keys() <= {"space"}


def whole(counts: Mapping[str, int], rows: int) -> dict[str, int]:
    """Stream → round of counts by category; no stream may be of two rounds, or lack a row."""
    held: dict[str, int] = {}
    for category, count in counts.items():
        stream, _, round_ = category.partition(":")
        assert stream not in held, f"{stream} is of two rounds: {counts}"
        assert count == rows, f"{count} rows of {category}"
        held[stream] = int(round_)
    return held


@contextmanager
def reader(store: Path) -> Iterator[None]:
    """Something that reads the published store all the while, as the pages do; it must never see
    an error, a part of a load, or an older state after a newer one."""
    polling = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.reader", str(store), str(ROWS)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield
    finally:
        out, _ = polling.communicate("stop\n", timeout=LONGEST)
    told = json.loads(out)
    print(told)
    assert told["problems"] == []
    assert told["polls"] > 0
