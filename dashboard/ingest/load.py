"""Loading one file into one table of the store."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from dashboard.contract import TABLES
from dashboard.errors import LoadError
from dashboard.ingest.apply import Load, apply, wall_clock
from dashboard.ingest.build import building, enough_space
from dashboard.ingest.choose import chosen_for
from dashboard.ingest.correct import Corrected, correcting
from dashboard.ingest.lock import WAIT_SECONDS, Claim, Holder
from dashboard.ingest.mapping_text import check_name, save_mapping
from dashboard.ingest.record import recorded
from dashboard.ingest.result import LoadResult, Source
from dashboard.ingest.sandbox import opened
from dashboard.ingest.stage import stage
from dashboard.ingest.trial import trial
from dashboard.ingest.unpack import sha256
from dashboard.settings import Settings

HEADER_MENDED = "header: put_right"
"""The warning that the header was written wrongly; see ``Form.mended``."""

Progress = Callable[[str, float], None]
"""Called with what is being done and the share that is done, 0 to 1."""

_READING = 0.5
"""Share of the whole that reading takes, roughly."""


@enough_space()
def load_file(
    file: Path,
    *,
    table: str | None,
    mapping: str | None,
    settings: Settings,
    who: str,
    sheet: str | None = None,
    dry_run: bool = False,
    save: str | None = None,
    name: str | None = None,
    whole: bool = False,
    progress: Progress | None = None,
    wait: float = WAIT_SECONDS,
    waiting: Callable[[Holder | None], None] | None = None,
) -> LoadResult:
    """Load ``file`` into ``table`` of the store in ``settings.store`` and publish a new version.

    A ``dry_run`` does all but publish: the result says what a load would do, its version is 0.
    ``mapping`` names a mapping (see ``mapping``); without one, columns are matched by the names of
    the contract, by known aliases, or by a saved mapping for this header. ``table`` may be left out
    where the mapping says it or the columns leave no doubt. ``sheet`` names the sheet of a
    workbook; without it, the first that holds anything is read. ``save`` keeps the mapping with the
    store under that name, for files with the same header. ``whole`` says that the file is the whole
    content of a table that people keep by hand: rows that it does not have are removed, and it is
    refused where any of its rows is. ``who`` goes to the log and the ledger, and with it ``name``
    where whoever loads the file calls it otherwise. Another loader is waited for, ``wait`` seconds
    at most, after ``waiting`` was told of it.

    Rows of a download of refused rows are read as they were before, and close what they correct.

    Raises LoadError where the file is refused as a whole, MappingError where the mapping cannot be
    used, StoreError where the store cannot be written; nothing is changed then.
    """
    report = progress or _silent
    called = name or file.name
    with opened(file, sheet, lambda share: report("reading", share * _READING)) as read:
        reader = correcting(read, settings.store)
        bound = chosen_for(reader, called, table, mapping, settings.store)
        if save:
            check_name(save)
        if whole:
            _require_by_hand(bound.mapping.table)
        corrections = reader.corrections if isinstance(reader, Corrected) else ()
        source = Source(called, sha256(file), bound.mapping.name, bound.unmapped, corrections)
        now = wall_clock(settings)
        load = Load(bound.mapping.table, source, who, now, settings.time_zone, whole)
        claim = Claim(f"load {called}", who, wait, waiting)
        with _place(settings.store, dry_run) as place, building(place, settings, claim) as build:
            with build.transaction():
                stage(build.connection, len(reader.columns), reader.batches())
            report("checking", _READING)
            build.open_catalogues()
            result = apply(build, load, bound)
            if reader.form.mended:
                result = replace(result, warnings={HEADER_MENDED: 1, **result.warnings})
            if dry_run:
                tried = trial(build, load.table, bound)
                return replace(result, seconds=load.seconds, version=0, trial=tried)
            report("publishing", 0.9)
            loads = (recorded(load, result),)
            build.finish(demo=build.is_demo(), published_at=load.now, loads=loads)
    if save:
        save_mapping(replace(bound.mapping, header=bound.header), save, settings.store)
    report("published", 1.0)
    return replace(result, seconds=load.seconds)


@contextmanager
def _place(store: Path, dry_run: bool) -> Iterator[Path]:
    """The folder to build in: a dry run makes none for a store that is not there."""
    if store.exists() or not dry_run:
        yield store
        return
    with tempfile.TemporaryDirectory(prefix="dashboard-") as folder:
        yield Path(folder)


def _require_by_hand(table: str) -> None:
    if not TABLES[table].by_hand:
        raise LoadError(
            "A file cannot replace the whole table {table}.",
            "Leave --replace out. A file may replace {tables}.",
            table=table,
            tables=", ".join(name for name, contract in TABLES.items() if contract.by_hand),
        )


def _silent(_what: str, _share: float) -> None:
    """Progress that nobody watches."""
