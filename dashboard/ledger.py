"""The ledger of a store: what was published when, by whom, and with which content.

It is kept outside the database, as lines of JSON in ``ledger.jsonl`` beside the versions, so that
it can tell when a file was swapped or cut. Every line holds a hash over itself and the line before:
a line that was removed or altered is noticed. Lines are only ever added, under the store's lock,
before ``CURRENT`` names the version that they tell of. What a crash left of a last line is passed
over by readers and cut off by the next writer.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from dashboard.errors import StoreError

LEDGER = "ledger.jsonl"

STORE = "store"
PRIVATE = "private"

_CHAIN = "chain"


class Event(StrEnum):
    """What happened. All but ABANDONED published a version."""

    LOAD = "load"
    PORTFOLIO = "portfolio"
    DEMO = "demo"
    DISMISS = "dismiss"
    UNDO = "undo"
    RESTORE = "restore"
    ADOPTED = "adopted"
    ABANDONED = "abandoned"


@dataclass(frozen=True)
class Content:
    """What tells the content of a file: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Loaded:
    """One load into one table: who, when (the company's wall clock), what, and its counts.

    ``sha256`` is that of the source file, empty for a portfolio; ``warnings`` counts accepted rows
    once for each rule that they met.
    """

    load_id: str
    at: datetime
    who: str
    file: str
    sha256: str
    table: str
    mapping: str
    read: int
    inserted: int
    updated: int
    unchanged: int
    refused: int
    warnings: int
    seconds: float


@dataclass(frozen=True)
class Entry:
    """One line of the ledger.

    base     the version that an undo of this one brings back; of loads, what they built on
    files    STORE and PRIVATE → their content
    rows     contract table → its rows
    loads    what was loaded; of a restored or adopted version, the loads that it came with
    content  of an undo: the version whose content this one has
    undone   of an undo: the version that it took back
    archive  of a restore: where it came from
    """

    event: Event
    version: int
    at: datetime
    who: str
    base: int | None = None
    files: Mapping[str, Content] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    loads: tuple[Loaded, ...] = ()
    content: int | None = None
    undone: int | None = None
    archive: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The entry as plain values, for JSON; without what it does not tell."""
        told = json.loads(json.dumps(asdict(self), default=datetime.isoformat))
        return {name: value for name, value in told.items() if value not in (None, {}, [])}


@dataclass(frozen=True)
class Ledger:
    """The entries of a ledger, oldest first.

    head   chain hash of the last whole line
    size   bytes of the whole lines
    torn   whether a crash left part of a line after them
    fault  number of the first line that is not what was written, 0 where all are
    """

    entries: tuple[Entry, ...] = ()
    head: str = ""
    size: int = 0
    torn: bool = False
    fault: int = 0

    def entry(self, version: int | None) -> Entry | None:
        """The entry of the publication of a version."""
        return self._published.get(version)

    @cached_property
    def _published(self) -> dict[int | None, Entry]:
        return {e.version: e for e in self.entries if e.event is not Event.ABANDONED}

    @cached_property
    def abandoned(self) -> frozenset[int]:
        """The versions that never became current, or were taken back by hand."""
        return frozenset(e.version for e in self.entries if e.event is Event.ABANDONED)

    @property
    def published(self) -> list[int]:
        """The versions that became current, as far as the ledger knows, oldest first."""
        return [e.version for e in self.entries if e.version not in self.abandoned]

    @property
    def highest(self) -> int:
        """The highest number that a version ever had."""
        return max((entry.version for entry in self.entries), default=0)

    def bases(self, version: int | None, depth: int) -> list[int]:
        """The versions that undoing a version, again and again, would bring back; the next first.

        An undo goes on from the base of what it brought back.
        """
        found: list[int] = []
        entry = self.entry(version)
        while entry and entry.base is not None and len(found) < depth:
            found.append(entry.base)
            entry = self.entry(entry.base)
        return found

    def check(self, folder: Path) -> None:
        """Raise StoreError where a line of the ledger is missing or was altered."""
        if self.fault:
            raise StoreError(
                "{file} is not as it was written: line {line}, or the one before it, was altered"
                " or removed.",
                "Run: python -m dashboard doctor. Where the store itself is sound, move"
                " ledger.jsonl to another place; the next load begins a new one.",
                file=folder / LEDGER,
                line=self.fault,
            )


def read(folder: Path) -> Ledger:
    """The ledger of the store in ``folder``, empty where there is none.

    Raises StoreError where the file cannot be read; a ledger that was tampered with is given with
    its ``fault``.
    """
    try:
        return parsed((folder / LEDGER).read_bytes())
    except FileNotFoundError:
        return Ledger()
    except OSError as error:
        raise StoreError(
            "{file} cannot be read: {error}.",
            "Check the folder's permissions.",
            file=folder / LEDGER,
            error=error,
        ) from error


def parsed(content: bytes) -> Ledger:
    """The ledger that a file's content is."""
    *lines, rest = content.split(b"\n")
    entries: list[Entry] = []
    head, size, torn, fault = "", 0, bool(rest), 0
    for number, line in enumerate(lines, start=1):
        try:
            record = json.loads(line)
            chain = str(record.pop(_CHAIN))
            entry = _entry(record)
        except (ValueError, KeyError, TypeError, AttributeError):
            if number == len(lines) and not rest:  # a crash may leave the end of a line alone
                torn = True
                break
            fault = fault or number
            continue
        if chain != _chained(head, record):
            fault = fault or number
        entries.append(entry)
        head, size = chain, size + len(line) + 1
    return Ledger(tuple(entries), head, size, torn, fault)


def append(folder: Path, known: Ledger, entries: Iterable[Entry]) -> None:
    """Write entries behind those of ``known``, the ledger as it was read under the lock.

    They are on the disk when this returns. Raises OSError, and leaves the ledger as it was, where
    they cannot be written.
    """
    known.check(folder)
    head, text = known.head, b""
    for entry in entries:
        record = entry.as_dict()
        head = _chained(head, record)
        text += _line(record | {_CHAIN: head}) + b"\n"
    descriptor = os.open(folder / LEDGER, os.O_WRONLY | os.O_CREAT, 0o644)
    try:
        if os.fstat(descriptor).st_size != known.size and not known.torn:
            raise OSError(f"{LEDGER} was changed meanwhile")
        try:
            os.ftruncate(descriptor, known.size)
            os.lseek(descriptor, 0, os.SEEK_END)
            while text:
                text = text[os.write(descriptor, text) :]
            os.fsync(descriptor)
        except BaseException:
            os.ftruncate(descriptor, known.size)
            raise
    finally:
        os.close(descriptor)


def check_size(folder: Path, version: int, part: str, file: Path) -> None:
    """Raise StoreError where a published file does not have the size that the ledger tells.

    A version that the ledger does not know, of a store from before there was one, passes.
    """
    entry = read(folder).entry(version)
    if entry and part in entry.files and file.stat().st_size != entry.files[part].size:
        raise not_as_published(file, entry)


def not_as_published(file: Path, entry: Entry) -> StoreError:
    """The error for a file that is not what the ledger tells."""
    return StoreError(
        "{file} is not the file that was published on {at}: it was swapped, cut or damaged.",
        "Put the right file back, go back to the version before (python -m dashboard undo) or to a"
        " backup (python -m dashboard restore). To see what else is wrong: python -m dashboard"
        " doctor.",
        file=file,
        at=f"{entry.at:%Y-%m-%d %H:%M}",
    )


def _chained(head: str, record: Mapping[str, Any]) -> str:
    return hashlib.sha256(head.encode() + b"\n" + _line(record)).hexdigest()


def _line(record: Mapping[str, Any]) -> bytes:
    compact = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return compact.encode("utf-8", "surrogatepass")


def _entry(record: Mapping[str, Any]) -> Entry:
    """The entry that a line tells; raises ValueError, KeyError or TypeError where it tells none.

    What a later release adds to a line is passed over.
    """
    version, base, content = record["version"], record.get("base"), record.get("content")
    for earlier in (base, content):
        if not isinstance(version, int) or (earlier is not None and not 0 < earlier < version):
            raise ValueError("a version is built on an earlier one")
    return Entry(
        Event(record["event"]),
        version,
        datetime.fromisoformat(record["at"]),
        str(record["who"]),
        base,
        {
            str(part): Content(int(told["size"]), str(told["sha256"]))
            for part, told in record.get("files", {}).items()
        },
        {str(table): int(rows) for table, rows in record.get("rows", {}).items()},
        tuple(_loaded(told) for told in record.get("loads", ())),
        content,
        record.get("undone"),
        {str(name): str(text) for name, text in record.get("archive", {}).items()},
    )


def _loaded(told: Mapping[str, Any]) -> Loaded:
    known = {each.name: told[each.name] for each in fields(Loaded)}
    return Loaded(**known | {"at": datetime.fromisoformat(told["at"])})
