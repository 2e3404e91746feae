"""Publishing a whole portfolio of data frames as one version; the way of the demo data."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
from duckdb import col, lit

from dashboard.contract import TABLES
from dashboard.errors import LoadError
from dashboard.ingest.apply import Load, apply, wall_clock
from dashboard.ingest.binding import by_name, require_key
from dashboard.ingest.build import Build, building
from dashboard.ingest.lock import Claim
from dashboard.ingest.record import recorded
from dashboard.ingest.result import LoadResult, Source
from dashboard.ingest.stage import WRITTEN, bare
from dashboard.ledger import Event, Loaded
from dashboard.published import current_version, store_file
from dashboard.settings import Settings

Progress = Callable[[str, float], None]
"""Called with what is being done and the share that is done, 0 to 1."""

DEMO = "demo"
PORTFOLIO = "portfolio"


def publish_portfolio(
    frames: Mapping[str, pd.DataFrame],
    folder: Path,
    *,
    demo: bool,
    who: str,
    progress: Progress | None = None,
    claim: Claim | None = None,
) -> dict[str, LoadResult]:
    """Publish ``frames`` (contract table → its rows) as one new version without any older row.

    A frame has the columns of the contract by name, in any order; columns that it lacks are null,
    unknown ones are refused. ``customer`` may have ``customer_name`` and ``phone``, which go to the
    private file. Values may be typed (timestamps as wall clock in the company's time zone, dates,
    whole numbers also as floats with NaN, booleans) or text; NaN, NaT, None and blank text are
    null. They meet the same rules as a loaded file: ``status`` may be left out and is derived,
    codes may be labels, ``registered`` is set by the loader. Tables without a frame stay empty.

    ``demo`` marks the store as demonstration data; ``who`` is written to the load log; ``claim``
    says how long another loader is waited for. Gives the result per table, in the order of
    ``contract.TABLES``.

    Raises LoadError, and publishes nothing, where a frame has an unknown name or column, a row is
    refused, or the store holds data that is not demonstration data: nothing is lost.
    """
    settings = Settings.from_environment()
    for name in frames:
        if name not in TABLES:
            raise LoadError(
                "{name!r} is not a table of the contract.", "See queries/schema.", name=name
            )
    now = wall_clock(settings)
    results: dict[str, LoadResult] = {}
    records: list[Loaded] = []
    with building(folder, settings, claim or Claim("portfolio", who)) as build:
        _refuse_to_lose(folder)
        build.open_catalogues(empty=True)
        tables = [name for name in TABLES if name in frames]
        for done, table in enumerate(tables):
            if progress:
                progress(table, done / len(tables))
            source = Source(table, "", DEMO if demo else PORTFOLIO)
            load = Load(table, source, who, now, settings.time_zone)
            results[table] = _published(build, load, frames[table])
            records.append(recorded(load, results[table]))
        event = Event.DEMO if demo else Event.PORTFOLIO
        build.finish(demo=demo, published_at=now, event=event, loads=tuple(records))
    if progress:
        progress("published", 1.0)
    return results


def holds_other_data(file: Path) -> bool:
    """Whether a store file holds anything that did not come from the demonstration portfolio."""
    with duckdb.connect(str(file), read_only=True) as connection:
        flag = connection.execute("select bool_and(demo) from store_info").fetchone()
        loads = connection.execute("select mapping from load_log where inserted + updated > 0")
        return not (flag and flag[0]) or any(mapping != DEMO for (mapping,) in loads.fetchall())


def _refuse_to_lose(folder: Path) -> None:
    current = current_version(folder)
    if current is not None and holds_other_data(store_file(folder, current)):
        raise LoadError(
            "The store in {folder} holds data that a portfolio would replace.",
            "Name an empty folder with --store.",
            folder=folder,
        )


def _published(build: Build, load: Load, frame: pd.DataFrame) -> LoadResult:
    header = tuple(str(name) for name in frame.columns)
    bound = by_name(load.table, header).bind(header)
    require_key(bound, load.table)
    if bound.unmapped:
        raise LoadError(
            "Frame {table!r} has the unknown column {column!r}.",
            "See queries/schema for the columns of the contract.",
            table=load.table,
            column=bound.unmapped[0],
        )
    _stage(build, load.table, frame)
    result = apply(build, load, bound)
    if result.refused:
        reason = build.connection.execute(
            "select line, reasons[1] from private.quarantine order by line limit 1"
        ).fetchone()
        raise LoadError(
            "Frame {table!r}: {n} rows are refused, first {reason}.",
            "Nothing was published.",
            table=load.table,
            n=f"{result.refused:,}",
            reason=reason,
        )
    return replace(result, seconds=load.seconds)


def _stage(build: Build, table: str, frame: pd.DataFrame) -> None:
    try:
        rows = pa.Table.from_pandas(frame, preserve_index=False)
    except pa.ArrowException as error:
        raise LoadError(
            "Frame {table!r} has a column of mixed types: {error}.",
            "Give it one type.",
            table=table,
            error=error,
        ) from error
    names = [f"c{index}" for index in range(rows.num_columns)]
    rows = rows.rename_columns(names)
    rows = bare(rows.append_column("line", pa.array(range(1, rows.num_rows + 1), pa.int64())))
    texts = (col(name).cast("VARCHAR").alias(name) for name in names)
    build.connection.execute("drop table if exists work.source")
    build.connection.from_arrow(rows).select(
        col("line"),
        lit("").alias("source_text"),
        lit(None).cast("VARCHAR").alias("problem"),
        lit(None).cast("VARCHAR").alias("repair"),
        *texts,
        col(WRITTEN),
    ).create("work.source")
