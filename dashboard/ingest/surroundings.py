"""What a store needs around it: room, permissions, nobody in the way, the right libraries."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dashboard.errors import DashboardError
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
        do = "Run this as the account that loads."
        yield warning("lock", f"Whether somebody writes cannot be seen: {error}.", do)
    yield _leftovers(folder, busy)
    yield from _permissions(folder)
    yield _space(folder)
    yield libraries(ROOT / "requirements.txt")
    yield from _mappings(folder)


def _lock(folder: Path, busy: bool) -> Check:
    found = lock.holder(folder)
    if not busy:
        return ok("lock", "Nobody is writing.")
    if found and found.age > _LONG:
        do = f"See whether process {found.pid} on {found.host} still works; end it if it does not."
        return warning("lock", f"{found} is writing.", do)
    return ok("lock", f"{found or 'Another process'} is writing.")


def _leftovers(folder: Path, busy: bool) -> Check:
    names = sorted(
        file.name
        for file in folder.iterdir()
        if file.name.endswith(".tmp") or ((match := FILE.fullmatch(file.name)) and match.group(3))
    )
    if not names:
        return ok("leftovers", "Nothing is left of loads that ended early.")
    if busy:
        return ok("leftovers", f"Work in progress: {', '.join(names)}.")
    says = f"Left of a load that ended early: {', '.join(names)}."
    return warning("leftovers", says, "Nothing: the next load removes them.")


def _permissions(folder: Path) -> Iterator[Check]:
    open_files = [
        file.name
        for file in sorted(folder.glob("private-*.duckdb*"))
        if file.stat().st_mode & 0o077
    ]
    if open_files:
        says = f"Others may read personal data: {', '.join(open_files)}."
        yield problem("permissions", says, f"Run: chmod 600 {folder}/private-*")
    elif folder.stat().st_mode & 0o077:
        says = f"Others may look into {folder}, where comments of customers are."
        yield warning("permissions", says, f"Run: chmod 700 {folder}")
    else:
        yield ok("permissions", "Nobody else may read the store.")


def _space(folder: Path) -> Check:
    files = (store_file(folder, number) for number in numbers(folder))
    size = max((file.stat().st_size for file in files if file.exists()), default=0)
    free = shutil.disk_usage(folder).free
    says = f"{free / 2**20:,.0f} MB are free; the store file has {size / 2**20:,.0f} MB."
    if free < COPIES * size:
        needed = COPIES * size / 2**20
        return warning("space", says, f"Free space: {needed:,.0f} MB should be free for a load.")
    return ok("space", says)


def libraries(requirements: Path) -> Check:
    """Whether the libraries are those that a file of requirements names to the digit."""
    pins = _PIN.findall(requirements.read_text(encoding="utf-8"))
    wrong = []
    for name, wanted in pins:
        try:
            found = version(name)
        except PackageNotFoundError:
            found = "none"
        if found != wanted:
            wrong.append(f"{name} {found} instead of {wanted}")
    if wrong:
        do = "Run: pip install -r requirements.txt"
        return warning("libraries", f"Not as tested: {', '.join(wrong)}.", do)
    return ok("libraries", ", ".join(f"{name} {wanted}" for name, wanted in pins))


def _mappings(folder: Path) -> Iterator[Check]:
    files = sorted((folder / MAPPINGS).glob("*.toml"))
    sound = True
    for file in files:
        try:
            load_mapping(str(file))
        except DashboardError as error:
            sound = False
            do = f"Mend or remove {file}; loads pass it over."
            yield problem("mappings", error.message, do)
    if sound:
        yield ok("mappings", f"Saved mappings that can be used: {len(files)}.")
