"""Loads with too little memory: they end with a plain message or are ended, and the store is whole.

``DASHBOARD_TEST_MEMORY_LIMITS`` sets the number of loads; 2 unless it is set.
"""

import random
import re
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from dashboard.settings import ROOT
from tests.faults.harness import (
    Load,
    acknowledged,
    intact,
    load,
    reader,
    rounds,
    served,
    source,
)

LOADS = rounds("MEMORY_LIMITS", 2)
LIMITS = {"VmPeak": resource.RLIMIT_AS, "VmData": resource.RLIMIT_DATA}
"""What the kernel tells of a process → the limit on it."""

ABORTED = 127
"""Exit code of a process that the system's library ends for want of memory."""

_STATUS = "import dashboard.commands.load; print(open('/proc/self/status').read())"


def taken(status: str) -> dict[str, int]:
    """Bytes by the names of ``LIMITS``."""
    found = {name: re.search(rf"{name}:\s+(\d+) kB", status) for name in LIMITS}
    return {name: int(match[1]) * 1024 for name, match in found.items() if match}


def at_the_start() -> dict[str, int]:
    """What the program takes before it does anything."""
    told = subprocess.run(
        [sys.executable, "-c", _STATUS], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return taken(told.stdout)


def at_the_most(file: Path, store: Path) -> dict[str, int]:
    """What a load takes that has enough."""
    going, most = Load(file, store), dict.fromkeys(LIMITS, 0)
    status = Path(f"/proc/{going.pid}/status")
    while going.running:
        now = taken(status.read_text(encoding="ascii"))
        most = {name: max(size, now.get(name, 0)) for name, size in most.items()}
    assert going.wait().result is not None
    return most


def limited(name: str, size: int) -> Callable[[], None]:
    """A limit on memory, to be set in a load's process."""
    return lambda: resource.setrlimit(LIMITS[name], (size, size))


def test_loads_with_too_little_memory(tmp_path: Path) -> None:
    store, file = tmp_path / "store", tmp_path / "records.csv"
    acknowledged(source(file, "A", 0), store)
    few, most = at_the_start(), at_the_most(source(file, "A", 1), store)
    sizes, ends, current = random.Random(13), Counter[str](), 1
    with reader(store):
        for round_ in range(2, LOADS + 2):
            name = sizes.choice(list(LIMITS))
            size = few[name] + int((most[name] - few[name]) * 1.05 * sizes.random() ** 2)
            ended = load(source(file, "A", round_), store, limited(name, size))
            stopped = ended.code < 0 or ended.code == ABORTED
            assert ended.result is not None or ended.complaint or stopped, (
                name,
                size,
                ended,
            )
            ends["loaded" if ended.result else ended.complaint or f"code {ended.code}"] += 1
            current = round_ if ended.result is not None else current
            held = served(store)["A"]
            assert held == current or (stopped and held == round_)
            if sizes.random() < 0.7:
                acknowledged(file, store)
                current = round_
                assert intact(store)
            current = served(store)["A"]
    print(dict(ends))
