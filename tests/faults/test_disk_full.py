"""A disk that fills up during a load: a plain message, and the store as it was.

``DASHBOARD_TEST_FULL_DISKS`` sets the number of loads; 2 unless it is set. With the right to mount,
they meet a small file system; else a limit on the size of files.
"""

import os
import random
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

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
from tests.ingest.loading import RECORD, contents, rows
from tests.ingest.loading import load as load_text

LOADS = rounds("FULL_DISKS", 2)
AMPLE = 2**30


class Disk:
    """A file system in memory of which so many bytes are left as one says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def used(self) -> int:
        """Bytes in use."""
        told = os.statvfs(self.folder)
        return (told.f_blocks - told.f_bfree) * told.f_frsize

    def leave(self, free: int) -> None:
        """Let so many bytes be free."""
        size = f"remount,size={self.used + free}"
        subprocess.run(["mount", "-o", size, self.folder], check=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[Disk | None]:
    """A small file system in a folder; None where this process may not mount one."""
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={AMPLE}", "tmpfs", folder],
        capture_output=True,
        check=False,
    )
    try:
        yield Disk(folder) if made.returncode == 0 else None
    finally:
        if made.returncode == 0:
            subprocess.run(["umount", "--lazy", folder], check=True)


def files_up_to(size: int) -> Callable[[], None]:
    """A limit on the size of files, to be set in a load's process."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def need(file: Path, store: Path, disk: Disk | None) -> int:
    """About how many bytes a load takes for itself."""
    if disk is None:
        acknowledged(file, store)
        return max(each.stat().st_size for each in store.iterdir())
    before = most = disk.used
    going = Load(file, store)
    while going.running:
        most = max(most, disk.used)
    assert going.wait().result is not None
    return most - before


def test_loads_on_a_disk_that_fills_up(tmp_path: Path) -> None:
    sizes = random.Random(11)
    file, done, current = tmp_path / "records.csv", 0, 0
    with small_disk(tmp_path / "disk") as disk:
        store = tmp_path / "disk" / "store"
        acknowledged(source(file, "A", 0), store)
        most = need(source(file, "A", 1), store, disk)
        current = 1
        with reader(store):
            for round_ in range(2, LOADS + 2):
                free = int(most * sizes.uniform(0.02, 1.2))
                if disk:
                    disk.leave(free)
                ended = load(source(file, "A", round_), store, None if disk else files_up_to(free))
                assert ended.result is not None or ended.complaint, ended
                done += ended.result is not None
                current = round_ if ended.result is not None else current
                assert served(store) == {"A": current}
                assert intact(store)
                if sizes.random() < 0.7:
                    if disk:
                        disk.leave(AMPLE)
                    acknowledged(file, store)
                    current = round_
                    assert served(store) == {"A": current}
    print(f"{LOADS - done} of {LOADS} loads ran out of disk")


@pytest.mark.parametrize("kilobytes", [100, 1200])
def test_nothing_changes_when_files_may_not_grow(tmp_path: Path, kilobytes: int) -> None:
    store, file = tmp_path / "store", tmp_path / "records.csv"
    load_text(store, f"{RECORD}\nR1,P1,repair,2024-01-05\n", "service_record")
    before = contents(store)
    lines = (f"X{n},P1,repair,2024-01-05,{n * 7919 % 100003}-{n}" for n in range(200_000))
    file.write_text("\n".join([f"{RECORD},detail", *lines]), encoding="utf-8")
    ended = load(file, store, files_up_to(kilobytes * 1024))
    assert ended.complaint, ended
    assert contents(store) == before
    assert rows(store, "select record_id from service_record") == [("R1",)]
