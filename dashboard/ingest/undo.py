"""Undo: the content of the version before, published as the next version."""

from dataclasses import dataclass
from pathlib import Path

from dashboard import history
from dashboard.errors import StoreError
from dashboard.ingest.apply import wall_clock
from dashboard.ingest.build import building
from dashboard.ingest.lock import Claim
from dashboard.ingest.versions import Draft
from dashboard.ledger import Entry, Event
from dashboard.published import private_file, store_file
from dashboard.settings import Settings


@dataclass(frozen=True)
class Undone:
    """What an undo did.

    version       the new version, current now
    removed       the publication that it took back
    brought_back  the publication whose content it shows again
    further       how often it can be repeated
    """

    version: int
    removed: Entry
    brought_back: Entry
    further: int


def undo(settings: Settings, claim: Claim) -> Undone:
    """Take back the last publication of the store in ``settings.store``.

    The version before it comes back under a new number, and what that one was built on is what the
    next undo brings back. Raises StoreError where nothing older is kept, or it is not what was
    published; nothing is changed then.
    """
    with building(settings.store, settings, claim) as build:
        draft = build.draft
        taken, before = _last_two(draft)
        draft.link(before.version)
        told = {"base": before.base, "content": before.version, "undone": taken.version}
        now = wall_clock(settings)
        if build.up_to_date():
            draft.publish(draft.entry(Event.UNDO, now, rows=before.rows, **told))
        else:  # of an older contract: a copy is carried over
            build.attach()
            rows = build.complete(demo=build.is_demo(), published_at=now)
            draft.publish(draft.entry(Event.UNDO, now, rows=rows, **told))
        return Undone(
            draft.number,
            history.brought_back(draft.known, taken),
            history.brought_back(draft.known, before),
            _kept_behind(draft, before),
        )


def _last_two(draft: Draft) -> tuple[Entry, Entry]:
    """The publication to take back, and the one to bring back."""
    taken = draft.known.entry(draft.current)
    if taken is None:
        raise StoreError(
            "There is no store in {folder}.",
            "Name its folder with --store.",
            folder=draft.folder,
        )
    before = draft.known.entry(taken.base)
    if before is None or not _is_there(draft.folder, before.version):
        raise StoreError(
            "Version {version} cannot be undone: nothing older is kept.",
            "An older state can be brought back from a backup: python -m dashboard restore.",
            version=taken.version,
        )
    return taken, before


def _kept_behind(draft: Draft, entry: Entry) -> int:
    """How many versions an undo could bring back one after the other from here on."""
    count = 0
    while entry.base and _is_there(draft.folder, entry.base):
        found = draft.known.entry(entry.base)
        if found is None:
            break
        entry, count = found, count + 1
    return count


def _is_there(folder: Path, version: int) -> bool:
    return store_file(folder, version).exists() and private_file(folder, version).exists()
