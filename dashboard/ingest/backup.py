"""A verified copy of the current version, with what belongs to it, in one file."""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from dashboard import __version__, ledger
from dashboard.contract import CONTRACT_VERSION
from dashboard.errors import MappingError, StoreError, StoreMissingError
from dashboard.ingest import archive, disk
from dashboard.ingest.archive import Manifest
from dashboard.ingest.choose import MAPPINGS
from dashboard.ingest.inventory import described
from dashboard.ingest.mapping_text import check_name
from dashboard.ingest.versions import check_told
from dashboard.ledger import Content, Entry
from dashboard.published import SCORECARD, current_version, private_file, store_file


@dataclass(frozen=True)
class Backup:
    """A backup that was made: its manifest, and size and SHA-256 of its file."""

    file: Path
    manifest: Manifest
    content: Content


def backup(
    folder: Path,
    target: Path,
    *,
    made_by: str,
    made_at: datetime,
    figures: Callable[[int], Mapping[str, Any]],
) -> Backup:
    """Write the current version of the store in ``folder`` to the file ``target``.

    Nobody is kept waiting: published files are not changed, and stay readable once they are open.
    ``figures`` measures a version. What is copied is compared with the ledger, and what was written
    is read back, before the file gets its name. Raises StoreError where ``target`` exists or cannot
    be written, or the store is not what was published.
    """
    version = current_version(folder)
    if version is None:
        raise StoreMissingError(
            "There is no store in {folder}.", "Name its folder with --store.", folder=folder
        )
    known = ledger.read(folder)
    known.check(folder)
    if known.entries:
        check_told(folder, version, known)
    with ExitStack() as stack:
        sources = [
            (archive.STORE, ledger.STORE, _open(store_file(folder, version), stack)),
            (archive.PRIVATE, ledger.PRIVATE, _open(private_file(folder, version), stack)),
        ]
        with _new(target) as file, archive.writing(file) as writer:
            for name, part, source in sources:
                _compare(Path(source.name), writer.add(name, source), known.entry(version), part)
            for name, text in _beside(folder, known.size):
                writer.add(name, BytesIO(text))
            manifest = Manifest(
                __version__,
                CONTRACT_VERSION,
                version,
                made_at,
                made_by,
                writer.files,
                described(store_file(folder, version)).rows,
                figures(version),
            )
            writer.describe(manifest)
    return Backup(target, manifest, disk.content_of(target))


@contextmanager
def _new(target: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name once it is written, on the disk and read back."""
    if target.exists():
        raise StoreError("{file} is there already.", "Name a file that is not.", file=target)
    try:
        descriptor, name = tempfile.mkstemp(".tmp", f"{target.name}-", target.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            with archive.opened(Path(name)) as found:
                found.check()
            Path(name).rename(target)
            disk.sync(target.parent)
        finally:
            with suppress(FileNotFoundError):
                Path(name).unlink()
    except OSError as error:
        raise StoreError(
            "The backup {file} cannot be written: {error}.",
            "Name a folder that is there, may be written to and has room.",
            file=target,
            error=error,
        ) from error


def _open(file: Path, stack: ExitStack) -> IO[bytes]:
    try:
        return stack.enter_context(file.open("rb"))
    except OSError as error:
        raise StoreError(
            "{file} cannot be read: {error}.",
            "Run: python -m dashboard doctor.",
            file=file,
            error=error,
        ) from error


def _compare(file: Path, content: Content, entry: Entry | None, part: str) -> None:
    if entry and content != entry.files.get(part):
        raise ledger.not_as_published(file, entry)


def _beside(folder: Path, ledger_size: int) -> Iterator[tuple[str, bytes]]:
    """Name and text of what belongs to a store beside its two files."""
    for file in sorted((folder / MAPPINGS).glob("*.toml")):
        with suppress(MappingError):
            check_name(file.stem)
            yield f"{archive.MAPPINGS}{file.name}", file.read_bytes()
    with suppress(FileNotFoundError):
        yield SCORECARD, (folder / SCORECARD).read_bytes()
    if ledger_size:
        yield ledger.LEDGER, (folder / ledger.LEDGER).read_bytes()[:ledger_size]
