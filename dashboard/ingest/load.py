"""Loading one file into one table of the store."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dashboard.ingest.apply import Load, apply, wall_clock
from dashboard.ingest.build import Build, building
from dashboard.ingest.choose import chosen_for
from dashboard.ingest.mapping_text import check_name, save_mapping
from dashboard.ingest.reader import Reader, as_table
from dashboard.ingest.result import LoadResult, Source
from dashboard.ingest.sandbox import opened
from dashboard.ingest.trial import trial
from dashboard.ingest.unpack import sha256
from dashboard.settings import Settings

Progress = Callable[[str, float], None]
"""Called with what is being done and the share that is done, 0 to 1."""

_READING = 0.5
"""Share of the whole that reading takes, roughly."""


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
) -> LoadResult:
    """Load ``file`` into ``table`` of the store in ``settings.store`` and publish a new version.

    A ``dry_run`` does all but publish: the result says what a load would do, its version is 0.
    ``mapping`` names a mapping (see ``mapping``); without one, columns are matched by the names of
    the contract, by known aliases, or by a saved mapping for this header. ``table`` may be left out
    where the mapping says it or the columns leave no doubt. ``sheet`` names the sheet of a
    workbook; without it, the first that holds anything is read. ``save`` keeps the mapping with the
    store under that name, for files with the same header. ``who`` goes to the log, and with it
    ``name``, where the file is not called as whoever loads it calls it. ``whole`` says that the
    file is all of the table: what it does not have is removed.

    Raises LoadError where the file is refused as a whole, MappingError where the mapping cannot be
    used, StoreError where the store cannot be written; nothing is changed then.
    """
    report = progress or _silent
    with opened(file, sheet, lambda share: report("reading", share * _READING)) as reader:
        bound = chosen_for(reader, name or file.name, table, mapping, settings.store)
        if save:
            check_name(save)
        source = Source(name or file.name, sha256(file), bound.mapping.name, bound.unmapped)
        load = Load(bound.mapping.table, source, who, wall_clock(settings), settings.time_zone)
        with building(settings.store, settings) as build:
            _stage(build, reader)
            report("checking", _READING)
            build.open_catalogues()
            if whole:  # stands in for what --replace is to do
                nothing = build.connection.table(f"store.main.{load.table}").limit(0)
                build.replace("store", load.table, nothing)
            result = apply(build, load, bound)
            if dry_run:
                tried = trial(build, load.table, bound)
                return replace(result, seconds=load.seconds, version=0, trial=tried)
            report("publishing", 0.9)
            build.finish(demo=_is_demo(build), published_at=load.now)
    if save:
        save_mapping(replace(bound.mapping, header=bound.header), save, settings.store)
    report("published", 1.0)
    return replace(result, seconds=load.seconds)


def _stage(build: Build, reader: Reader) -> None:
    """The rows of the source into ``work.source``."""
    nothing = as_table(len(reader.columns), [])
    with build.transaction():
        build.connection.from_arrow(nothing).create("work.source")
        for batch in reader.batches():
            build.connection.from_arrow(batch).insert_into("work.source")


def _is_demo(build: Build) -> bool:
    """Whether the store holds demonstration data; a file loaded on top does not change that."""
    found = build.connection.execute("select bool_or(demo) from store.store_info").fetchone()
    return bool(found and found[0])


def _silent(_what: str, _share: float) -> None:
    """Progress that nobody watches."""
