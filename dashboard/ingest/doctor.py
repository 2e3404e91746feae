"""Is a store sound? What is published, what the ledger tells of it, what an undo would need.

Nothing is changed. What stands around the store is examined in ``surroundings``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dashboard import ledger
from dashboard.contract import CONTRACT_VERSION
from dashboard.errors import DashboardError
from dashboard.history import in_effect
from dashboard.ingest import disk
from dashboard.ingest.inventory import breaches, described
from dashboard.ingest.versions import KEPT, numbers
from dashboard.ledger import LEDGER, Entry, Ledger
from dashboard.published import CURRENT, current_version, private_file, store_file

BRING_BACK = (
    "Put the right file back, go back to the version before (python -m dashboard undo) or to a"
    " backup (python -m dashboard restore)."
)


class Grade(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: how it is, and what to do where it is not well."""

    name: str
    grade: Grade
    says: str
    do: str = ""


def ok(name: str, says: str) -> Check:
    """A check that found nothing to mend."""
    return Check(name, Grade.OK, says)


def warning(name: str, says: str, do: str) -> Check:
    """A check that found something that may be mended later."""
    return Check(name, Grade.WARNING, says, do)


def problem(name: str, says: str, do: str) -> Check:
    """A check that found something that must be mended."""
    return Check(name, Grade.PROBLEM, says, do)


def examined(folder: Path) -> Iterator[Check]:
    """Every check of what is published in ``folder``."""
    try:
        current, known = current_version(folder), ledger.read(folder)
    except DashboardError as error:
        yield problem("current", error.message, error.hint)
        return
    if current is None:
        yield _nothing_current(folder, known)
        yield from _ledger(folder, current, known)
        return
    yield ok("current", f"Version {current} is the current one.")
    yield from _ledger(folder, current, known)
    entry = known.entry(current)
    wrong = list(_files(folder, current, entry))
    yield from wrong or [ok("files", _size(folder, current, entry))]
    if not wrong:
        yield from _database(folder, current, known)
    yield _undo(folder, current, known)


def _ledger(folder: Path, current: int | None, known: Ledger) -> Iterator[Check]:
    name, file = "ledger", folder / LEDGER
    move = "Where the store itself is sound, move the file away; the next load begins a new one."
    if known.fault:
        says = f"{file}: line {known.fault}, or the one before it, was altered or removed."
        yield problem(name, says, move)
    elif known.entries and current is not None and known.entry(current) is None:
        says = f"{file} does not know version {current}: its last lines are missing."
        yield problem(name, says, move)
    elif not known.entries and current is not None:
        says = "The store is from before there was a ledger: nothing tells whether it was changed."
        yield warning(name, says, "Nothing: the next load begins one.")
    elif known.torn:
        says = "A crash left part of a line at the end of the ledger."
        yield warning(name, says, "Nothing: the next load cuts it off.")
    elif known.entries:
        yield ok(name, f"The ledger is whole: {len(known.entries)} entries.")
    for each in known.entries:
        if each.version > (current or 0) and each.version not in known.abandoned:
            files = ", ".join(load.file for load in each.loads) or each.event
            says = f"Version {each.version} ({files}, {each.who}, {each.at}) was not published."
            yield warning(name, says, "Load the file again.")


def _nothing_current(folder: Path, known: Ledger) -> Check:
    published = [e.version for e in known.entries if e.version not in known.abandoned]
    there = [n for n in published if not list(_files(folder, n, known.entry(n)))]
    if there or numbers(folder):
        last = there[-1] if there else max(numbers(folder))
        says = f"{folder / CURRENT} is missing, but there are files of versions."
        return problem("current", says, f"Write {last} into it, then run this again.")
    return warning("current", "Nothing has been loaded yet.", "Run: python -m dashboard load FILE.")


def _files(folder: Path, version: int, entry: Entry | None) -> Iterator[Check]:
    """What is wrong with the two files of a version."""
    files = {
        ledger.STORE: store_file(folder, version),
        ledger.PRIVATE: private_file(folder, version),
    }
    for part, file in files.items():
        told = entry.files.get(part) if entry else None
        if not file.exists():
            yield problem("files", f"{file} is missing.", BRING_BACK)
        elif told and file.stat().st_size != told.size:
            size = file.stat().st_size
            says = f"{file} has {size:,} bytes instead of {told.size:,}: it was swapped or cut."
            yield problem("files", says, BRING_BACK)
        elif told and disk.content_of(file) != told:
            says = (
                f"{file} does not have the content that was published: it was swapped or damaged."
            )
            yield problem("files", says, BRING_BACK)
        if (wal := file.with_name(f"{file.name}.wal")).exists():
            says = f"{wal} is there: another program has opened the version for writing."
            yield problem("files", says, "End that program and remove the file.")


def _size(folder: Path, version: int, entry: Entry | None) -> str:
    size = sum(f(folder, version).stat().st_size for f in (store_file, private_file))
    told = "as the ledger tells" if entry else "not compared, there is no ledger"
    return f"Both files are there: {size / 2**20:,.1f} MB, {told}."


def _database(folder: Path, current: int, known: Ledger) -> Iterator[Check]:
    store, private = store_file(folder, current), private_file(folder, current)
    try:
        found = described(store)
        if found.contract > CONTRACT_VERSION:
            says = f"The store has contract {found.contract}, newer than {CONTRACT_VERSION}."
            yield problem("contract", says, "Update the dashboard.")
            return
        if found.contract < CONTRACT_VERSION:
            says = f"The store has contract {found.contract}, older than {CONTRACT_VERSION}."
            yield warning("contract", says, "Nothing: the next load upgrades it.")
            return
        yield ok("contract", f"The store opens and has contract {found.contract}.")
        broken = breaches(store, private)
    except DashboardError as error:
        yield problem("database", error.message, BRING_BACK)
        return
    for name, rows in broken.items():
        yield problem("invariants", f"The check {name} fails: {rows}.", BRING_BACK)
    if not broken:
        rows = sum(found.rows.values())
        yield ok("invariants", f"Every invariant holds over {rows:,} rows.")
    yield _loads({load.load_id for load in found.loads}, current, known)


def _loads(logged: set[str], current: int, known: Ledger) -> Check:
    told = {load.load_id for entry in known.entries for load in entry.loads}
    wanted = {load.load_id for entry in in_effect(known, current) for load in entry.loads}
    if known.entries and logged - told:
        says = f"Loads that the ledger does not know: {', '.join(sorted(logged - told))}."
        return problem("loads", says, BRING_BACK)
    if wanted - logged:
        says = f"Loads that are not in the store: {', '.join(sorted(wanted - logged))}."
        return problem("loads", says, BRING_BACK)
    return ok("loads", f"{len(logged)} loads, each in the ledger." if told else "No ledger yet.")


def _undo(folder: Path, current: int, known: Ledger) -> Check:
    """Whether what an undo would bring back is there. The oldest end may have gone with time."""
    bases, there = known.bases(current, KEPT), set(numbers(folder))
    while bases and bases[-1] not in there:
        bases.pop()
    for count, version in enumerate(bases):
        if wrong := list(_files(folder, version, known.entry(version))):
            do = f"Make a backup. Undo can be used {count} times before it comes to this."
            return warning("undo", " ".join(each.says for each in wrong), do)
    return ok("undo", f"Versions that can be brought back: {len(bases)}.")
