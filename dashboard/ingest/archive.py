"""The backup of a store as one file: a zip of its two files, what stands beside them, a manifest.

The members are stored as they are, so that reading one back cannot take more room than the file
itself has. ``MANIFEST.json`` comes last and tells size and SHA-256 of all others.
"""

import errno
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from dashboard import ledger
from dashboard.contract import CONTRACT_VERSION
from dashboard.errors import MappingError, Said, StoreError
from dashboard.ingest import disk
from dashboard.ingest.mapping_text import check_name
from dashboard.ledger import Content
from dashboard.published import SCORECARD

FORMAT = 1

MANIFEST = "MANIFEST.json"
STORE = "store.duckdb"
PRIVATE = "private.duckdb"
MAPPINGS = "mappings/"

MAX_MANIFEST = 256 * 2**20

_MEMBERS = frozenset({STORE, PRIVATE, ledger.LEDGER, SCORECARD, MANIFEST})
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
)
"""What reading a damaged archive, or one made by hand, may raise."""


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself.

    release   of the dashboard that made it
    contract  version of the data contract
    version   of the store
    files     member → its content
    rows      contract table → its rows
    figures   every metric, see ``commands.proof``
    """

    release: str
    contract: int
    version: int
    made_at: datetime
    made_by: str
    files: Mapping[str, Content]
    rows: Mapping[str, int]
    figures: Mapping[str, Any]

    def as_text(self) -> str:
        """The manifest as JSON."""
        told = {"format": FORMAT} | asdict(self)
        return json.dumps(
            told, ensure_ascii=False, indent=1, allow_nan=False, default=datetime.isoformat
        )


class Writer:
    """An archive that is being written; the manifest is the last to be added."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._zip = file
        self.files: dict[str, Content] = {}

    def add(self, name: str, source: IO[bytes]) -> Content:
        """Add all bytes that are left of a file as a member; gives their content."""
        member = zipfile.ZipInfo(name, datetime.now().timetuple()[:6])
        member.external_attr = 0o600 << 16
        with self._zip.open(member, "w", force_zip64=True) as target:
            self.files[name] = disk.copied(source, target)
        return self.files[name]

    def describe(self, manifest: Manifest) -> None:
        """Add the manifest."""
        self._zip.writestr(MANIFEST, manifest.as_text())


@contextmanager
def writing(file: IO[bytes]) -> Iterator[Writer]:
    """A new archive in a file that is open; it is whole when the block ends."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as written:
        yield Writer(written)


class Archive:
    """An archive that is read; its members are those of its manifest and no others."""

    def __init__(self, name: str, file: zipfile.ZipFile, size: int) -> None:
        self._name = name
        self._zip = file
        self._whole = size
        self.manifest = self._read_manifest()

    @property
    def mappings(self) -> list[str]:
        """The names of the mappings that were saved with the store."""
        names = (name for name in self.manifest.files if name.startswith(MAPPINGS))
        return [name.removeprefix(MAPPINGS).removesuffix(".toml") for name in names]

    @property
    def size(self) -> int:
        """Bytes of all members."""
        return sum(content.size for content in self.manifest.files.values())

    def unpack(self, name: str, target: Path) -> None:
        """Write a member to a file; raises StoreError where it is not what the manifest tells."""
        with target.open("wb") as written:
            self._copy(name, written)

    def read(self, name: str) -> bytes:
        """The bytes of a small member."""
        with self._reading():
            return self._zip.read(name)

    def check(self) -> None:
        """Raise StoreError where a member is not what the manifest tells."""
        for name in self.manifest.files:
            self._copy(name, None)

    def _copy(self, name: str, target: IO[bytes] | None) -> None:
        with self._reading(), self._zip.open(name) as source:
            if disk.copied(source, target) != self.manifest.files[name]:
                raise damaged(self._name, Said("{name} is not what the manifest tells", name=name))

    def _read_manifest(self) -> Manifest:
        with self._reading():
            members = self._zip.infolist()
            names = [member.filename for member in members]
            if MANIFEST not in names or self._zip.getinfo(MANIFEST).file_size > MAX_MANIFEST:
                raise _foreign(self._name)
            told = json.loads(self._zip.read(MANIFEST))
            if told["format"] > FORMAT or told["contract"] > CONTRACT_VERSION:
                raise StoreError(
                    "{file} was made by a newer release of the dashboard ({release}).",
                    "Update the dashboard, then restore it.",
                    file=self._name,
                    release=told.get("release"),
                )
            manifest = _manifest(told)
            listed = {*manifest.files, MANIFEST}
            if len(set(names)) != len(names) or set(names) != listed:
                raise damaged(self._name, Said("it does not hold what its manifest tells"))
            if not {STORE, PRIVATE} <= listed or not all(map(_is_member, names)):
                raise _foreign(self._name)
            packed = any(each.compress_type != zipfile.ZIP_STORED for each in members)
            # The same bytes could be given out as many members.
            if packed or sum(each.file_size for each in members) > self._whole:
                raise _foreign(self._name)
        return manifest

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except _DAMAGE as error:
            raise damaged(self._name, error) from error
        except OSError as error:
            if error.errno != errno.EINVAL:  # a place in the file that there is not
                raise
            raise damaged(self._name, error) from error


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive in a file.

    Raises StoreError where there is none, it is damaged, or a newer release made it.
    """
    try:
        with path.open("rb") as raw:
            try:
                file = zipfile.ZipFile(raw)
            except _DAMAGE as error:
                raise damaged(path.name, error) from error
            with file:
                yield Archive(path.name, file, os.fstat(raw.fileno()).st_size)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise StoreError("There is no file {file}.", "Check the path.", file=path) from error


def damaged(name: str, cause: object) -> StoreError:
    """The error for an archive that is not whole."""
    return StoreError(
        "{file} is no whole backup of a store: {cause}.",
        "Take another copy of it, or an older backup. Nothing was changed.",
        file=name,
        cause=cause if isinstance(cause, Said) else str(cause).rstrip("."),
    )


def _foreign(name: str) -> StoreError:
    return StoreError(
        "{file} is no backup of a store.",
        "Name a file that was made with: python -m dashboard backup. Nothing was changed.",
        file=name,
    )


def _is_member(name: str) -> bool:
    """Whether an archive may hold this: no path but that of a mapping."""
    if name in _MEMBERS:
        return True
    try:
        check_name(name.removeprefix(MAPPINGS).removesuffix(".toml"))
    except MappingError:
        return False
    return name.startswith(MAPPINGS) and name.endswith(".toml")


def _manifest(told: Mapping[str, Any]) -> Manifest:
    return Manifest(
        release=str(told["release"]),
        contract=int(told["contract"]),
        version=int(told["version"]),
        made_at=datetime.fromisoformat(told["made_at"]),
        made_by=str(told["made_by"]),
        files={name: Content(each["size"], each["sha256"]) for name, each in told["files"].items()},
        rows={name: int(rows) for name, rows in told["rows"].items()},
        figures=dict(told["figures"]),
    )
