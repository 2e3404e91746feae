"""What a store needs around it: room, permissions, nobody in the way, the right libraries."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dashboard.errors import DashboardError, Told
from dashboard.i18n import N_
from dashboard.ingest import lock
from dashboard.ingest.choose import MAPPINGS
from dashboard.ingest.doctor import Check, ok, problem, warning
from dashboard.ingest.mapping import load_mapping
from dashboard.ingest.versions import FILE, numbers
from dashboard.published import store_file
from dashboard.settings import ROOT

COPIES = 3
"""A load needs room for its copy and for what it sets aside; this many store files are enough."""

_LONG = timedelta(hours=1)

_PIN = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)


def examined(folder: Path) -> Iterator[Check]:
    """Every check of what stands around the store in ``folder``."""
    try:
        busy = lock.is_held(folder)
        yield _lock(folder, busy)
    except OSError as error:
        busy = False
        yield warning(
            "lock",
            Told(
                "Whether somebody writes cannot be seen: {error}.",
                "Run this as the account that loads.",
                error=error,
            ),
        )
    yield _leftovers(folder, busy)
    yield from _permissions(folder)
    yield _space(folder)
    yield libraries(ROOT / "requirements.txt")
    yield from _mappings(folder)


def _lock(folder: Path, busy: bool) -> Check:
    found = lock.holder(folder)
    if not busy:
        return ok("lock", Told("Nobody is writing."))
    if not found:
        return ok("lock", Told("Another process is writing."))
    if found.age > _LONG:
        says = N_("{holder} is writing.")
        do = N_("See whether process {pid} on {host} still works; end it if it does not.")
        told = Told(says, do, holder=found, pid=found.pid, host=found.host)
        return warning("lock", told)
    return ok("lock", Told("{holder} is writing.", holder=found))


def _leftovers(folder: Path, busy: bool) -> Check:
    names = sorted(
        file.name
        for file in folder.iterdir()
        if file.name.endswith(".tmp") or ((match := FILE.fullmatch(file.name)) and match.group(3))
    )
    if not names:
        return ok("leftovers", Told("Nothing is left of loads that ended early."))
    files = ", ".join(names)
    if busy:
        return ok("leftovers", Told("Work in progress: {files}.", files=files))
    return warning(
        "leftovers",
        Told(
            "Left of a load that ended early: {files}.",
            "Nothing: the next load removes them.",
            files=files,
        ),
    )


def _permissions(folder: Path) -> Iterator[Check]:
    open_files = [
        file.name
        for file in sorted(folder.glob("private-*.duckdb*"))
        if file.stat().st_mode & 0o077
    ]
    if open_files:
        says = N_("Others may read personal data: {files}.")
        do = N_("Run: chmod 600 {folder}/private-*")
        told = Told(says, do, files=", ".join(open_files), folder=folder)
        yield problem("permissions", told)
    elif folder.stat().st_mode & 0o077:
        says = N_("Others may look into {folder}, where comments of customers are.")
        yield warning("permissions", Told(says, "Run: chmod 700 {folder}", folder=folder))
    else:
        yield ok("permissions", Told("Nobody else may read the store."))


def _space(folder: Path) -> Check:
    files = (store_file(folder, number) for number in numbers(folder))
    size = max((file.stat().st_size for file in files if file.exists()), default=0)
    free = shutil.disk_usage(folder).free
    says = N_("{free} MB are free; the store file has {size} MB.")
    megabytes = {"free": f"{free / 2**20:,.0f}", "size": f"{size / 2**20:,.0f}"}
    if free < COPIES * size:
        do = N_("Free space: {needed} MB should be free for a load.")
        needed = f"{COPIES * size / 2**20:,.0f}"
        return warning("space", Told(says, do, needed=needed, **megabytes))
    return ok("space", Told(says, **megabytes))


def libraries(requirements: Path) -> Check:
    """Whether the libraries are those that a file of requirements names to the digit."""
    pins = _PIN.findall(requirements.read_text(encoding="utf-8"))
    wrong = []
    for name, wanted in pins:
        try:
            found = version(name)
        except PackageNotFoundError:
            found = "–"
        if found != wanted:
            wrong.append(f"{name} {found} (≠ {wanted})")
    if wrong:
        says = N_("Not as tested: {libraries}.")
        do = N_("Run: pip install -r requirements.txt")
        return warning("libraries", Told(says, do, libraries=", ".join(wrong)))
    right = ", ".join(f"{name} {wanted}" for name, wanted in pins)
    return ok("libraries", Told("As tested: {libraries}.", libraries=right))


def _mappings(folder: Path) -> Iterator[Check]:
    files = sorted((folder / MAPPINGS).glob("*.toml"))
    sound = True
    for file in files:
        try:
            load_mapping(str(file))
        except DashboardError as error:
            sound = False
            do = N_("Mend or remove {mapping}; loads pass it over.")
            told = Told(error.texts[0], do, mapping=file, **error.values)
            yield problem("mappings", told)
    if sound:
        count = len(files)
        yield ok("mappings", Told("Saved mappings that can be used: {count}.", count=count))
