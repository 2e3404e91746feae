"""The history of a store, as its ledger tells it: what is in effect, what was undone."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dashboard.ledger import Entry, Event, Ledger

_ANEW = frozenset({Event.PORTFOLIO, Event.DEMO, Event.RESTORE})
"""Events that do not build on the version before them."""


class State(StrEnum):
    """What became of a publication.

    current       its content is what pages show
    in effect     what it brought is part of that
    undone        an undo took it back
    replaced      a restored backup or a new portfolio stands in its place
    unpublished   it was never shown: its process ended before that, or CURRENT was set back by hand
    """

    CURRENT = "current"
    IN_EFFECT = "in effect"
    UNDONE = "undone"
    REPLACED = "replaced"
    UNPUBLISHED = "unpublished"


@dataclass(frozen=True)
class Past:
    """One publication and its state; ``undone_by`` is the version of the undo, where there is one.

    An undo is itself ``current`` while nothing was published after it, as what it brought back is.
    """

    entry: Entry
    state: State
    undone_by: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """The publication as plain values, for JSON."""
        undone = {"undone_by": self.undone_by} if self.undone_by else {}
        return self.entry.as_dict() | {"state": str(self.state)} | undone


def history(ledger: Ledger, current: int | None) -> list[Past]:
    """Every publication of a store whose current version is ``current``, the newest first."""
    published = [e for e in ledger.entries if _was_published(ledger, e, current)]
    shown = {entry.version for entry in published}
    made = {entry.version for entry in in_effect(ledger, current)}
    served = ledger.entry(current)
    top = {current, brought_back(ledger, served).version if served else current}
    undone = {
        brought_back(ledger, taken).version: entry.version
        for entry in published
        if (taken := ledger.entry(entry.undone))
    }

    def past(entry: Entry) -> Past:
        if entry.version not in shown:
            return Past(entry, State.UNPUBLISHED)
        if entry.version in top:
            return Past(entry, State.CURRENT)
        # An undo before another one holds, too: what it took back is still taken back.
        if entry.version in made or (
            entry.event is Event.UNDO and entry.version > min(made, default=0)
        ):
            return Past(entry, State.IN_EFFECT)
        if entry.version in undone:
            return Past(entry, State.UNDONE, undone[entry.version])
        return Past(entry, State.REPLACED)

    return [past(e) for e in reversed(ledger.entries) if e.event is not Event.ABANDONED]


def in_effect(ledger: Ledger, version: int | None) -> Iterator[Entry]:
    """The publications that made the content of a version, the last first, undos among them."""
    entry = ledger.entry(version)
    while entry:
        yield entry
        if entry.event is Event.UNDO:
            entry = ledger.entry(entry.content)
        else:
            entry = None if entry.event in _ANEW else ledger.entry(entry.base)


def brought_back(ledger: Ledger, entry: Entry) -> Entry:
    """The publication whose content an entry's version has: another one's after an undo."""
    while entry.event is Event.UNDO and (before := ledger.entry(entry.content)):
        entry = before
    return entry


def _was_published(ledger: Ledger, entry: Entry, current: int | None) -> bool:
    shown = current is not None and entry.version <= current
    return shown and entry.version not in ledger.abandoned
