"""The versions of a store on disk: one writer at a time, an atomic switch, leftovers cleared.

The next version grows beside the current one under names that end in ``.tmp``. It counts from the
moment CURRENT is replaced; whatever a crash leaves before that is removed by the next load.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from dashboard.errors import StoreError
from dashboard.published import CURRENT, current_version, private_file, store_file

KEPT = 5
"""Versions that stay on disk, the current one included: the undo."""

LOCK_SECONDS = 600.0

_LOCK = "load.lock"
_STAGING = "staging.tmp"
_FILE = re.compile(r"(?:store|private)-(\d+)\.duckdb(\.tmp)?(\.wal)?")


@dataclass(frozen=True)
class Draft:
    """The version that is being built: its number, its two files and a folder for staging."""

    folder: Path
    current: int | None
    number: int

    @property
    def store(self) -> Path:
        """The coming store file."""
        return _temporary(store_file(self.folder, self.number))

    @property
    def private(self) -> Path:
        """The coming private file."""
        return _temporary(private_file(self.folder, self.number))

    @property
    def staging(self) -> Path:
        """A folder for work in progress; it holds personal data and goes with the draft."""
        return self.folder / _STAGING

    def copy_current(self) -> None:
        """Start from the files of the current version."""
        if self.current is not None:
            shutil.copyfile(store_file(self.folder, self.current), self.store)
            shutil.copyfile(private_file(self.folder, self.current), self.private)

    def publish(self) -> None:
        """Make this version the current one. Its files must be closed."""
        for file in (self.store, self.private):
            if _wal(file).exists():
                raise StoreError(
                    "{file} was not written completely.",
                    "Nothing was published; load again.",
                    file=file,
                )
            _sync(file)
        self.private.chmod(0o600)
        self.store.rename(store_file(self.folder, self.number))
        self.private.rename(private_file(self.folder, self.number))
        _sync(self.folder)
        pointer = _temporary(self.folder / CURRENT)
        pointer.write_text(f"{self.number}\n", encoding="ascii")
        _sync(pointer)
        pointer.replace(self.folder / CURRENT)
        _sync(self.folder)


@contextmanager
def draft(folder: Path) -> Iterator[Draft]:
    """The next version of the store in ``folder``; it vanishes unless it is published.

    Raises StoreError where another load does not end in ten minutes, or the disk does not take it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / _LOCK, timeout=LOCK_SECONDS):
            current = current_version(folder)
            number = max((current or 0, *_numbers(folder))) + 1
            _clear(folder, current)
            next_version = Draft(folder, current, number)
            next_version.staging.mkdir(mode=0o700)
            try:
                yield next_version
            finally:
                _clear(folder, current_version(folder))
    except Timeout as error:
        raise StoreError(
            "Another load has been writing to {folder} for ten minutes.",
            "Wait for it to end, then load again.",
            folder=folder,
        ) from error
    except OSError as error:
        raise StoreError(
            "The store in {folder} cannot be written: {error}.",
            "Check its permissions and the free space; what was published before is untouched.",
            folder=folder,
            error=error,
        ) from error


def _clear(folder: Path, current: int | None) -> None:
    """Remove what no reader can see: unfinished files, newer versions, versions past the undo."""
    shutil.rmtree(folder / _STAGING, ignore_errors=True)
    _temporary(folder / CURRENT).unlink(missing_ok=True)
    kept = sorted(n for n in set(_numbers(folder)) if current is None or n <= current)[-KEPT:]
    for file in folder.iterdir():
        if match := _FILE.fullmatch(file.name):
            number, unfinished, wal = match.groups()
            # Without CURRENT nothing tells a leftover from the last good version: keep them all.
            lost = current is not None and int(number) not in kept
            if unfinished or wal or lost:
                file.unlink()


def _numbers(folder: Path) -> list[int]:
    matches = (_FILE.fullmatch(file.name) for file in folder.iterdir())
    return [int(match.group(1)) for match in matches if match]


def _temporary(file: Path) -> Path:
    return file.with_name(f"{file.name}.tmp")


def _wal(file: Path) -> Path:
    return file.with_name(f"{file.name}.wal")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
