"""Loading variants, each into a store that holds half of the rows it was made of."""

import csv
import re
import shutil
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from dashboard.contract import TABLES
from dashboard.errors import LoadError
from dashboard.ingest.load import load_file
from dashboard.ingest.result import LoadResult
from dashboard.ingest.schema import PRIVATE_TABLE, REGISTERED, source_columns
from dashboard.published import current_version, private_file, store_file
from dashboard.settings import Settings
from tests.faults.oracle import Loaded, Rows, verdict
from tests.faults.tables import halves
from tests.faults.variants import Variant, Writing, written
from tests.ingest import loading

MOST_SECONDS = 20
MOST_WAITING = 300
MOST_BYTES = 2**30
_TENTH = 10


@dataclass
class Outcome:
    """What came of a variant.

    ``kind``, of a refused file why, how closely it was looked at, seconds of work, the most memory
    taken, and ``findings``: whatever must not be.
    """

    kind: str
    reason: str = ""
    closely: str = ""
    seconds: float = 0.0
    peak: int = 0
    findings: list[str] = field(default_factory=list)


class Ground:
    """A folder to try variants in: one store per table of the contract, copied for each variant."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows: dict[tuple[str, str], Rows] = {}

    def outcome(self, variant: Variant) -> Outcome:
        """Load a variant and hold what comes of it against its source."""
        found = Outcome("defect")
        started = time.process_time()
        try:
            with _within(MOST_SECONDS, MOST_WAITING), _peak(found):
                self._load(variant, found)
        except Exception:  # noqa: BLE001 - whatever it is, it is a finding
            found.findings.append(traceback.format_exc())
        found.seconds = time.process_time() - started
        if found.peak > MOST_BYTES:
            found.findings.append(f"{found.peak / 2**20:.0f} MB were taken")
        return found

    def _load(self, variant: Variant, found: Outcome) -> None:
        store, file = (
            self._fresh(variant.name),
            self._folder / f"variant{variant.packing or '.csv'}",
        )
        file.write_bytes(variant.content)
        files = loading.contents(store)
        try:
            result = load(store, file, variant.name if variant.named else None)
        except LoadError as error:
            found.kind, found.reason = "file refused", error.message
            if not error.message or not error.hint:
                found.findings.append(f"no cause or no mend: {error!r}")
            if loading.contents(store) != files:
                found.findings.append("a refused file changed the store")
            return
        found.kind = "loaded" if not result.refused else "partly refused"
        found.kind = "all rows refused" if 0 < result.refused == result.read else found.kind
        before = self._before(variant.name, result.table)
        refused = {line: text for line, text, _ in loading.quarantine(store)}
        told = verdict(Loaded(variant, file, result, before, stored(store, result.table), refused))
        found.closely = told.closely
        found.findings += told.findings
        if variant.seed % _TENTH == 0:
            found.findings += self._again(variant, file, result)

    def _again(self, variant: Variant, file: Path, first: LoadResult) -> Iterator[str]:
        """The same file once more changes nothing; and a dry run had said what the load did."""
        table = variant.name if variant.named else None
        again = load(self._folder / "store", file, table)
        if again.inserted or again.updated or again.refused != first.refused:
            yield f"the same file again: {again}"
        dry = load(self._fresh(variant.name), file, table, dry_run=True)
        if (dry.inserted, dry.updated, dry.unchanged, dry.refusals) != (
            first.inserted,
            first.updated,
            first.unchanged,
            first.refusals,
        ):
            yield f"a dry run said {dry}, the load {first}"

    def _fresh(self, name: str) -> Path:
        """A store with half of the rows of the pool of this table."""
        base, store = self._folder / name, self._folder / "store"
        if not base.exists():
            file, half = self._folder / "half.csv", halves(name)
            plain = Writing(",", "utf-8", "\n", csv.QUOTE_MINIMAL, above=0)
            file.write_text(written(half, plain), encoding="utf-8")
            assert load(base, file, name).inserted == len(half.rows)
        shutil.rmtree(store, ignore_errors=True)
        shutil.copytree(base, store)
        return store

    def _before(self, name: str, table: str) -> Rows:
        if (name, table) not in self._rows:
            self._rows[name, table] = stored(self._folder / name, table)
        return self._rows[name, table]


def load(store: Path, file: Path, table: str | None, *, dry_run: bool = False) -> LoadResult:
    """Load a file as the command line does."""
    settings = Settings(store=store)
    return load_file(
        file, table=table, mapping=None, settings=settings, who="tester", dry_run=dry_run
    )


def stored(folder: Path, table: str) -> Rows:
    """The described rows of a table of the published store, the private columns with them."""
    version, key = current_version(folder), TABLES[table].key
    assert version is not None
    rows = _rows(store_file(folder, version), table)
    if TABLES[table].private:
        private = {r[key[0]]: r for r in _rows(private_file(folder, version), PRIVATE_TABLE)}
        rows = [row | private[row[key[0]]] for row in rows if row[REGISTERED]]
    names = [column.name for column in source_columns(table)]
    described = [row for row in rows if row.get(REGISTERED, True)]
    found = {tuple(r[k] for k in key): {name: r[name] for name in names} for r in described}
    assert len(found) == len(described), "a key stands twice"
    return found


def _rows(file: Path, table: str) -> list[dict[str, object]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        rows = connection.table(f'"{table}"')
        return [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]


@contextmanager
def _within(working: int, waiting: int) -> Iterator[None]:
    """Raise TimeoutError after so many seconds of work, or of time: the machine may be busy."""

    def stop(number: int, _frame: object) -> None:
        raise TimeoutError(f"{signal.Signals(number).name}: it does not end")

    timers = {signal.SIGPROF: signal.ITIMER_PROF, signal.SIGALRM: signal.ITIMER_REAL}
    before = {number: signal.signal(number, stop) for number in timers}
    signal.setitimer(signal.ITIMER_PROF, working)
    signal.setitimer(signal.ITIMER_REAL, waiting)
    try:
        yield
    finally:
        for number, timer in timers.items():
            signal.setitimer(timer, 0)
            signal.signal(number, before[number])


@contextmanager
def _peak(found: Outcome) -> Iterator[None]:
    """Note the most memory that this process has, as the kernel counts it."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    yield
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found.peak = int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024  # type: ignore[index]
