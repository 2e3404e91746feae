"""Loading one file into one table of the store."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dashboard.contract import TABLES
from dashboard.errors import LoadError
from dashboard.ingest.apply import Load, apply, wall_clock
from dashboard.ingest.build import Build, building
from dashboard.ingest.mapping import Mapping, by_name, load_mapping, require_key
from dashboard.ingest.reader import Reader, as_table
from dashboard.ingest.result import LoadResult, Source
from dashboard.ingest.sandbox import opened
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
    progress: Progress | None = None,
) -> LoadResult:
    """Load ``file`` into ``table`` of the store in ``settings.store`` and publish a new version.

    ``mapping`` names a mapping (see ``mapping``); without one, columns are matched by the names of
    the contract. ``table`` may be left out where the mapping says it. ``sheet`` names the sheet of
    a workbook; without it, the first that holds anything is read. ``who`` goes to the log.

    Raises LoadError where the file is refused as a whole, MappingError where the mapping cannot be
    used, StoreError where the store cannot be written; nothing is changed then.
    """
    report = progress or _silent
    chosen = load_mapping(mapping) if mapping else None
    table = _table(table, chosen)
    with opened(file, sheet, lambda share: report("reading", share * _READING)) as reader:
        if chosen is None:
            require_header(file.name, reader)
            chosen = by_name(table, reader.columns)
        bound = chosen.bind(reader.columns)
        require_key(bound, table)
        source = Source(file.name, sha256(file), chosen.name, bound.unmapped)
        load = Load(table, source, who, wall_clock(settings), settings.time_zone)
        with building(settings.store, settings) as build:
            _stage(build, reader)
            report("checking", _READING)
            build.open_catalogues()
            result = apply(build, load, bound)
            report("publishing", 0.9)
            build.finish(demo=_is_demo(build), published_at=load.now)
    report("published", 1.0)
    return replace(result, seconds=load.seconds)


def require_header(name: str, reader: Reader) -> None:
    """Raise LoadError where the file begins with data: only a mapping says what is what then."""
    if not reader.form.header:
        raise LoadError(
            f"{name} has no header: its first row has numbers or times where the rows below have"
            " them.",
            "Put the names of the columns above it, or name a mapping that reads"
            " “column 1” and so on.",
        )


def _table(table: str | None, mapping: Mapping | None) -> str:
    if table is not None and table not in TABLES:
        raise LoadError(
            f"There is no table {table!r}.", f"Name one of them with --table: {', '.join(TABLES)}."
        )
    if mapping and table not in (None, mapping.table):
        raise LoadError(
            f"Mapping {mapping.name} is for the table {mapping.table}, not {table}.",
            "Leave --table out, or name another mapping.",
        )
    if mapping:
        return mapping.table
    if table is None:
        raise LoadError(
            "It is not said which table the file holds.",
            f"Name one of them with --table: {', '.join(TABLES)}.",
        )
    return table


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
