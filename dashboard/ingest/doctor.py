"""Is a store sound? What is published, what the ledger tells of it, what an undo would need.

Nothing is changed. What stands around the store is examined in ``surroundings``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from dashboard import ledger
from dashboard.contract import CONTRACT_VERSION
from dashboard.errors import DashboardError, Told
from dashboard.history import in_effect
from dashboard.i18n import N_
from dashboard.ingest import disk
from dashboard.ingest.inventory import breaches, described
from dashboard.ingest.versions import KEPT, numbers
from dashboard.ledger import LEDGER, Content, Entry, Ledger
from dashboard.published import CURRENT, current_version, private_file, store_file

BRING_BACK = N_(
    "Put the right file back, go back to the version before (python -m dashboard undo) or to a"
    " backup (python -m dashboard restore)."
)

_MOVE_AWAY = N_(
    "Where the store itself is sound, move the file away; the next load begins a new one."
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
    told: Told

    def as_json(self) -> dict[str, Any]:
        """The check as plain values: what it says in English, and the same to be translated."""
        says = {"says": self.told.message, "do": self.told.hint}
        return {"name": self.name, "grade": self.grade, **says, "told": self.told.as_json()}


def ok(name: str, told: Told) -> Check:
    """A check that found nothing to mend."""
    return Check(name, Grade.OK, told)


def warning(name: str, told: Told) -> Check:
    """A check that found something that may be mended later."""
    return Check(name, Grade.WARNING, told)


def problem(name: str, told: Told) -> Check:
    """A check that found something that must be mended."""
    return Check(name, Grade.PROBLEM, told)


def examined(folder: Path) -> Iterator[Check]:
    """Every check of what is published in ``folder``."""
    try:
        current, known = current_version(folder), ledger.read(folder)
    except DashboardError as error:
        yield problem("current", error)
        return
    if current is None:
        yield _nothing_current(folder, known)
        yield from _ledger(folder, current, known)
        return
    yield ok("current", Told("Version {number} is the current one.", number=current))
    yield from _ledger(folder, current, known)
    entry = known.entry(current)
    wrong = list(_files(folder, current, entry))
    yield from (problem("files", each) for each in wrong)
    if not wrong:
        yield ok("files", _size(folder, current, entry))
        yield from _database(folder, current, known)
    yield _undo(folder, current, known)


def _ledger(folder: Path, current: int | None, known: Ledger) -> Iterator[Check]:
    name, file = "ledger", folder / LEDGER
    if known.fault:
        says = N_("{file}: line {line}, or the one before it, was altered or removed.")
        yield problem(name, Told(says, _MOVE_AWAY, file=file, line=known.fault))
    elif _ignorant(known, current):
        says = N_("{file} does not know version {number}: its last lines are missing.")
        yield problem(name, Told(says, _MOVE_AWAY, file=file, number=current))
    elif not known.entries and current is not None:
        says = N_(
            "The store is from before there was a ledger: nothing tells whether it was changed."
        )
        yield warning(name, Told(says, "Nothing: the next load begins one."))
    elif known.torn:
        says = N_("A crash left part of a line at the end of the ledger.")
        yield warning(name, Told(says, "Nothing: the next load cuts it off."))
    elif known.entries:
        count = len(known.entries)
        yield ok(name, Told("The ledger is whole: {count} entries.", count=count))
    for each in known.entries:
        if each.version > (current or 0) and each.version not in known.abandoned:
            yield warning(name, _not_published(each))


def _ignorant(known: Ledger, current: int | None) -> bool:
    """Whether there is a ledger that does not know the current version."""
    told = bool(known.entries) or known.torn
    return told and current is not None and known.entry(current) is None


def _not_published(entry: Entry) -> Told:
    return Told(
        "Version {number} ({files}, {who}, {at}) was not published.",
        "Load the file again.",
        number=entry.version,
        files=", ".join(load.file for load in entry.loads) or entry.event,
        who=entry.who,
        at=entry.at,
    )


def _nothing_current(folder: Path, known: Ledger) -> Check:
    there = [n for n in known.published if not _files(folder, n, known.entry(n))]
    if there or numbers(folder):
        return problem(
            "current",
            Told(
                "{file} is missing, but there are files of versions.",
                "Write {number} into it, then run this again.",
                file=folder / CURRENT,
                number=there[-1] if there else max(numbers(folder)),
            ),
        )
    return warning(
        "current",
        Told("Nothing has been loaded yet.", "Run: python -m dashboard load FILE."),
    )


def _files(folder: Path, version: int, entry: Entry | None) -> list[Told]:
    """What is wrong with the two files of a version."""
    files = {
        ledger.STORE: store_file(folder, version),
        ledger.PRIVATE: private_file(folder, version),
    }
    found: list[Told] = []
    for part, file in files.items():
        content = entry.files.get(part) if entry else None
        if wrong := _content(file, content):
            found.append(wrong)
        if (wal := file.with_name(f"{file.name}.wal")).exists():
            found.append(
                Told(
                    "{file} is there: another program has opened the version for writing.",
                    "End that program and remove the file.",
                    file=wal,
                )
            )
    return found


def _content(file: Path, told: Content | None) -> Told | None:
    """What is wrong with the content of a file."""
    if not file.exists():
        return Told("{file} is missing.", BRING_BACK, file=file)
    size = file.stat().st_size
    if told and size != told.size:
        says = N_("{file} has {size} bytes instead of {right}: it was swapped or cut.")
        counts = {"size": f"{size:,}", "right": f"{told.size:,}"}
        return Told(says, BRING_BACK, file=file, **counts)
    if told and disk.content_of(file) != told:
        says = N_("{file} does not have the content that was published: it was swapped or damaged.")
        return Told(says, BRING_BACK, file=file)
    return None


def _size(folder: Path, version: int, entry: Entry | None) -> Told:
    size = sum(f(folder, version).stat().st_size for f in (store_file, private_file))
    megabytes = f"{size / 2**20:,.1f}"
    if entry:
        says = N_("Both files are there: {size} MB, as the ledger tells.")
        return Told(says, size=megabytes)
    says = N_("Both files are there: {size} MB, not compared, there is no ledger.")
    return Told(says, size=megabytes)


def _database(folder: Path, current: int, known: Ledger) -> Iterator[Check]:
    store, private = store_file(folder, current), private_file(folder, current)
    try:
        found = described(store)
        yield _contract(found.contract)
        if found.contract != CONTRACT_VERSION:
            return
        broken = breaches(store, private)
    except DashboardError as error:
        yield problem("database", Told(error.texts[0], BRING_BACK, **error.values))
        return
    for name, rows in broken.items():
        told = Told("The check {name} fails: {rows}.", BRING_BACK, name=name, rows=rows)
        yield problem("invariants", told)
    if not broken:
        rows = f"{sum(found.rows.values()):,}"
        yield ok("invariants", Told("Every invariant holds over {rows} rows.", rows=rows))
    yield _loads({load.load_id for load in found.loads}, current, known)


def _contract(found: int) -> Check:
    """Whether the layout of a store is the one that this release writes."""
    versions = {"found": found, "wanted": CONTRACT_VERSION}
    if found > CONTRACT_VERSION:
        says = N_("The store has contract {found}, newer than {wanted}.")
        return problem("contract", Told(says, "Update the dashboard.", **versions))
    if found < CONTRACT_VERSION:
        says = N_("The store has contract {found}, older than {wanted}.")
        return warning("contract", Told(says, "Nothing: the next load upgrades it.", **versions))
    return ok("contract", Told("The store opens and has contract {found}.", found=found))


def _loads(logged: set[str], current: int, known: Ledger) -> Check:
    told = {load.load_id for entry in known.entries for load in entry.loads}
    wanted = {load.load_id for entry in in_effect(known, current) for load in entry.loads}
    if known.entries and (strange := logged - told):
        says = N_("Loads that the ledger does not know: {loads}.")
        return problem("loads", Told(says, BRING_BACK, loads=", ".join(sorted(strange))))
    if lacking := wanted - logged:
        says = N_("Loads that are not in the store: {loads}.")
        return problem("loads", Told(says, BRING_BACK, loads=", ".join(sorted(lacking))))
    if not told:
        return ok("loads", Told("No ledger yet."))
    return ok("loads", Told("{count} loads, each in the ledger.", count=len(logged)))


def _undo(folder: Path, current: int, known: Ledger) -> Check:
    """Whether what an undo would bring back is there. The oldest end may have gone with time."""
    bases, there = known.bases(current, KEPT), set(numbers(folder))
    while bases and bases[-1] not in there:
        bases.pop()
    for count, version in enumerate(bases):
        if wrong := _files(folder, version, known.entry(version)):
            says, values = wrong[0].texts[0], wrong[0].values
            do = N_("Make a backup. Undo can be used {count} times before it comes to this.")
            return warning("undo", Told(says, do, count=count, **values))
    return ok("undo", Told("Versions that can be brought back: {count}.", count=len(bases)))
