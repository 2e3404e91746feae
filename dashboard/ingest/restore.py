"""A backup becomes the next version of a store, after everything in it was compared."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dashboard import ledger
from dashboard.errors import Said, StoreError
from dashboard.ingest import archive, disk, inventory
from dashboard.ingest.apply import wall_clock
from dashboard.ingest.archive import Archive, Manifest, damaged
from dashboard.ingest.build import Build, building
from dashboard.ingest.lock import Claim
from dashboard.ledger import Event
from dashboard.published import CURRENT, SCORECARD, store_file
from dashboard.settings import Settings

_SPARE = 64 * 2**20
"""Room that a restore wants beside the files themselves, in bytes."""


@dataclass(frozen=True)
class Restored:
    """What a restore did.

    version   the new version, current now
    base      the one that was current before, which an undo brings back
    mappings  those that were not there yet
    scorecard whether weights and goals of the scorecard came with it; where there were some, they
              are kept
    """

    version: int
    base: int | None
    manifest: Manifest
    mappings: tuple[str, ...]
    scorecard: bool


def restore(
    file: Path, settings: Settings, claim: Claim, prove: Callable[[Path, Manifest], None]
) -> Restored:
    """Publish a backup as the next version of the store in ``settings.store``.

    Sizes and checksums, the ledger and the rows of the backup are compared with its manifest, and
    the invariants checked; ``prove`` is given the folder of a store that holds it and compares the
    figures. Raises StoreError, as ``prove`` does, where anything differs; nothing is changed then.
    """
    with archive.opened(file) as found:
        found.check()
        _require_room(settings.store, found.size)
        with building(settings.store, settings, claim) as build:
            draft = build.draft
            found.unpack(archive.STORE, draft.store)
            found.unpack(archive.PRIVATE, draft.private)
            _check_ledger(file, found)
            described = _described(file, build, found.manifest)
            now = wall_clock(settings)
            if build.up_to_date():
                _check_invariants(file, build)
                rows = described.rows
            else:  # of an older contract
                build.attach()
                rows = build.complete(demo=described.demo, published_at=now)
            prove(_as_store(build), found.manifest)
            source = {
                "file": file.name,
                "version": str(found.manifest.version),
                "made_at": found.manifest.made_at.isoformat(),
            }
            draft.publish(
                draft.entry(Event.RESTORE, now, rows=rows, loads=described.loads, archive=source)
            )
        mappings = tuple(
            name
            for name in found.mappings
            if _save(found, f"{archive.MAPPINGS}{name}.toml", settings.store)
        )
        scorecard = SCORECARD in found.manifest.files and _save(found, SCORECARD, settings.store)
        return Restored(draft.number, draft.current, found.manifest, mappings, scorecard)


def _require_room(folder: Path, size: int) -> None:
    there = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(there).free
    if free < size + _SPARE:
        raise StoreError(
            "The backup needs {needed} MB, and {free} MB are free in {folder}.",
            "Free space, or restore into another folder.",
            needed=f"{(size + _SPARE) / 2**20:,.0f}",
            free=f"{free / 2**20:,.0f}",
            folder=there,
        )


def _check_ledger(file: Path, found: Archive) -> None:
    """Raise StoreError where the ledger of a backup does not tell of its files."""
    files = found.manifest.files
    if ledger.LEDGER not in files:
        return
    told = ledger.parsed(found.read(ledger.LEDGER))
    entry = told.entry(found.manifest.version)
    parts = {ledger.STORE: files[archive.STORE], ledger.PRIVATE: files[archive.PRIVATE]}
    if told.fault or told.torn or entry is None or entry.files != parts:
        raise damaged(file.name, Said("its ledger does not tell of it"))


def _described(file: Path, build: Build, manifest: Manifest) -> inventory.Described:
    try:
        found = inventory.described(build.draft.store)
    except StoreError as error:
        raise damaged(file.name, error.message) from error
    if found.rows != manifest.rows:
        raise damaged(file.name, Said("its tables do not have the rows that it tells"))
    return found


def _check_invariants(file: Path, build: Build) -> None:
    if found := inventory.breaches(build.draft.store, build.draft.private):
        raise damaged(file.name, Said("it fails the checks {names}", names=", ".join(found)))


def _as_store(build: Build) -> Path:
    """The draft as a store of its own, to be read by the serving side. Under a path that was never
    used: a database keeps showing what it once read from a path."""
    build.connection.close()
    folder = Path(tempfile.mkdtemp(dir=build.draft.staging))
    disk.link(build.draft.store, store_file(folder, 1))
    (folder / CURRENT).write_text("1", encoding="ascii")
    return folder


def _save(found: Archive, member: str, store: Path) -> bool:
    """Keep what belongs beside a store with it, unless there is something of its name."""
    target = store / member
    if target.exists():
        return False
    target.parent.mkdir(exist_ok=True)
    draft = target.with_suffix(".tmp")
    found.unpack(member, draft)
    draft.rename(target)
    return True
