"""The versions of a store on disk: one writer at a time, an atomic switch, leftovers cleared.

The next version grows beside the current one under names that end in ``.tmp``. It counts from the
moment CURRENT is replaced, which is after the ledger tells of it; whatever a crash leaves before
that is removed by the next load. What is built on is compared with the ledger first.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboard import ledger
from dashboard.errors import StoreError
from dashboard.ingest import disk, lock
from dashboard.ingest.inventory import described
from dashboard.ingest.lock import Claim
from dashboard.ledger import Content, Entry, Event, Ledger
from dashboard.published import (
    CURRENT,
    current_version,
    make_folder,
    private_file,
    store_file,
    unwritable,
)

KEPT = 5
"""Versions that stay on disk, the current one included; and how often an undo can be repeated."""

STAGING = "staging.tmp"

FILE = re.compile(r"(?:store|private)-(\d+)\.duckdb(\.tmp)?(\.wal)?")


@dataclass(frozen=True)
class Draft:
    """The version that is being built: its number, its two files and a folder for staging.

    ``ledger`` tells of what was published before. Of a store from before there was one, ``adopted``
    does: it is written with the next publication.
    """

    folder: Path
    current: int | None
    number: int
    ledger: Ledger
    adopted: tuple[Entry, ...]
    claim: Claim

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
        return self.folder / STAGING

    @property
    def known(self) -> Ledger:
        """The ledger with what is adopted, to look things up in."""
        return replace(self.ledger, entries=(*self.ledger.entries, *self.adopted))

    def copy(self, version: int) -> None:
        """Start from a copy of the files of a version.

        Raises StoreError where they are not those that the ledger tells of.
        """
        self._take(version, disk.copy)

    def link(self, version: int) -> None:
        """Take over the files of a version as they are, under the number of this one.

        Raises StoreError where they are not those that the ledger tells of.
        """
        self._take(version, disk.link)

    def entry(self, event: Event, at: datetime, **told: Any) -> Entry:
        """The ledger's entry of this version, without its files; built on the current version
        unless it is told otherwise."""
        return Entry(event, self.number, at, self.claim.who, **{"base": self.current} | told)

    def publish(self, entry: Entry) -> None:
        """Make this version the current one, with its entry in the ledger. Its files must be
        closed."""
        for file in (self.store, self.private):
            if _wal(file).exists():
                raise StoreError(
                    "{file} was not written completely.",
                    "Nothing was published; load again.",
                    file=file,
                )
            disk.sync(file)
        self.private.chmod(0o600)
        files = {
            ledger.STORE: disk.content_of(self.store),
            ledger.PRIVATE: disk.content_of(self.private),
        }
        self.store.rename(store_file(self.folder, self.number))
        self.private.rename(private_file(self.folder, self.number))
        pointer = _temporary(self.folder / CURRENT)
        pointer.write_text(f"{self.number}\n", encoding="ascii")
        disk.sync(pointer)
        disk.sync(self.folder)
        self._tell(replace(entry, files=files))
        pointer.replace(self.folder / CURRENT)
        disk.sync(self.folder)

    def _take(self, version: int, transfer: Callable[[Path, Path], Content]) -> None:
        entry = self.known.entry(version)
        told = entry.files if entry else {}
        sources = {
            ledger.STORE: (store_file(self.folder, version), self.store),
            ledger.PRIVATE: (private_file(self.folder, version), self.private),
        }
        for part, (source, target) in sources.items():
            try:
                found = transfer(source, target)
            except FileNotFoundError as error:
                raise _missing(source) from error
            if entry and found != told.get(part):
                raise ledger.not_as_published(source, entry)

    def _tell(self, entry: Entry) -> None:
        """Write to the ledger: what is adopted, what a crash left behind, and this version."""
        abandoned = (
            Entry(Event.ABANDONED, each.version, entry.at, entry.who)
            for each in self.ledger.entries
            if each.version > (self.current or 0) and each.version not in self.ledger.abandoned
        )
        ledger.append(self.folder, self.ledger, [*self.adopted, *abandoned, entry])


@contextmanager
def draft(folder: Path, claim: Claim | None = None) -> Iterator[Draft]:
    """The next version of the store in ``folder``; it vanishes unless it is published.

    Raises StoreError where another writer does not end in time, the ledger is damaged or does not
    know what is published, or the disk does not take it.
    """
    claim = claim or Claim()
    try:
        make_folder(folder)
        with lock.held(folder, claim):
            next_version = _next(folder, claim)
            _clear(folder, next_version.current, next_version.known)
            next_version.staging.mkdir(mode=0o700)
            try:
                yield next_version
            finally:
                _clear(folder, current_version(folder), ledger.read(folder))
    except OSError as error:
        raise unwritable(folder, error) from error


def adopted(folder: Path, current: int, who: str) -> tuple[Entry, ...]:
    """What a ledger would tell of the versions of a store from before there was one.

    Versions that cannot be read are passed over.
    """
    entries: list[Entry] = []
    logged: set[str] = set()
    for number in sorted(n for n in set(numbers(folder)) if n <= current):
        store, private = store_file(folder, number), private_file(folder, number)
        try:
            found = described(store)
            files = {
                ledger.STORE: disk.content_of(store),
                ledger.PRIVATE: disk.content_of(private),
            }
        except (StoreError, FileNotFoundError):
            continue
        new = tuple(each for each in found.loads if each.load_id not in logged)
        logged.update(each.load_id for each in new)
        base = entries[-1].version if entries else None
        entries.append(
            Entry(Event.ADOPTED, number, found.published_at, who, base, files, found.rows, new)
        )
    return tuple(entries)


def numbers(folder: Path) -> list[int]:
    """The numbers of all files of versions in a folder, also of unfinished ones."""
    matches = (FILE.fullmatch(file.name) for file in folder.iterdir())
    return [int(match.group(1)) for match in matches if match]


def _next(folder: Path, claim: Claim) -> Draft:
    """The draft of the next version, after the ledger was compared with CURRENT."""
    current, known = current_version(folder), ledger.read(folder)
    known.check(folder)
    old: tuple[Entry, ...] = ()
    if current is None and _temporary(folder / CURRENT).exists():
        known = _without_the_first(folder, known, claim)
    if known.entries or known.torn:
        check_told(folder, current, known)
    elif current is not None:
        old = adopted(folder, current, claim.who)
    number = max(current or 0, known.highest, *numbers(folder), 0) + 1
    return Draft(folder, current, number, known, old, claim)


def _without_the_first(folder: Path, known: Ledger, claim: Claim) -> Ledger:
    """The ledger after what it tells of a first version is taken back: its load ended when the
    file beside CURRENT was written and not yet put in its place."""
    if len(known.published) != 1:
        return known
    first = next(e for e in known.entries if e.version in known.published)
    ledger.append(folder, known, [Entry(Event.ABANDONED, first.version, first.at, claim.who)])
    return ledger.read(folder)


def check_told(folder: Path, current: int | None, known: Ledger) -> None:
    """Raise StoreError where CURRENT and the ledger cannot both be right."""
    if current is not None and known.entry(current) is None:
        raise StoreError(
            "The ledger of {folder} does not know version {version}, which is the current one: its"
            " last lines are missing.",
            "Run: python -m dashboard doctor. Where the store itself is sound, move ledger.jsonl to"
            " another place; the next load begins a new one.",
            folder=folder,
            version=current,
        )
    published = known.published
    if current is None and published:
        raise StoreError(
            "{file} is missing, but the ledger tells of version {version}.",
            "Write that number into the file, then run: python -m dashboard doctor.",
            file=folder / CURRENT,
            version=published[-1],
        )


def _clear(folder: Path, current: int | None, known: Ledger) -> None:
    """Remove what no reader can see: unfinished files, newer versions, versions past the undo."""
    shutil.rmtree(folder / STAGING, ignore_errors=True)
    _temporary(folder / CURRENT).unlink(missing_ok=True)
    kept = sorted(n for n in set(numbers(folder)) if current is None or n <= current)[-KEPT:]
    kept += known.bases(current, KEPT)
    for file in folder.iterdir():
        if match := FILE.fullmatch(file.name):
            number, unfinished, wal = match.groups()
            # Without CURRENT nothing tells a leftover from the last good version: keep them all.
            lost = current is not None and int(number) not in kept
            if unfinished or wal or lost:
                file.unlink()


def _missing(file: Path) -> StoreError:
    return StoreError(
        "{file} is missing.",
        "Put the file back, or restore a backup: python -m dashboard restore.",
        file=file,
    )


def _temporary(file: Path) -> Path:
    return file.with_name(f"{file.name}.tmp")


def _wal(file: Path) -> Path:
    return file.with_name(f"{file.name}.wal")
