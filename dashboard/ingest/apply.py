"""One load: staged rows become rows of a table, with its entry in the log and its quarantine."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from duckdb import col

from dashboard import sqlfile
from dashboard.contract import TABLES
from dashboard.errors import LoadError
from dashboard.ingest import merge, quarantine
from dashboard.ingest.binding import Bound
from dashboard.ingest.build import Build
from dashboard.ingest.check import checked, identity
from dashboard.ingest.fold import fold
from dashboard.ingest.result import LoadResult, Source
from dashboard.ingest.schema import PRIVATE_TABLE
from dashboard.ingest.values import Clock, time_of
from dashboard.settings import Settings

_FIRST = 3
"""Refused rows that a message names."""


@dataclass(frozen=True)
class Load:
    """Who loads what, when: ``now`` is wall clock in the company's time zone.

    Where the source is the ``whole`` table, rows of the store that it does not have are removed.
    """

    table: str
    source: Source
    who: str
    now: datetime
    time_zone: str
    whole: bool = False
    started: float = field(default_factory=time.monotonic)
    load_id: str = field(default_factory=lambda: secrets.token_hex(8))

    @property
    def seconds(self) -> float:
        """Time since the load began."""
        return round(time.monotonic() - self.started, 3)


def wall_clock(settings: Settings) -> datetime:
    """The time now in the company's time zone, to the second."""
    return datetime.now(ZoneInfo(settings.time_zone)).replace(tzinfo=None, microsecond=0)


def apply(build: Build, load: Load, bound: Bound) -> LoadResult:
    """Check the rows of ``work.source``, write them to the draft and log the load.

    ``work.source`` has ``line``, ``source_text``, ``problem``, ``repair`` and the source columns
    ``c0``, ``c1`` and so on, without blanks around them (see ``stage``). In the result, ``version``
    is the draft's number.
    """
    connection = build.connection
    connection.execute("drop table if exists work.checked")
    if bound.fold:
        moment = time_of(bound.fold.at, bound.fold.formats, load.time_zone)
        fold(connection, bound.fold, moment, len(bound.header))
    clock = Clock(load.now, load.time_zone, bound.reading)
    rows, left_out = connection.table("work.source"), 0
    if bound.kept is not None:
        kept = rows.filter(bound.kept | col("problem").is_not_null())
        left_out = len(rows) - len(kept)
        rows = kept
    checked(rows, load.table, bound.texts, clock).create("work.checked")
    counts = merge.judge(build, load.table)
    if load.whole and counts["refused"]:
        raise _incomplete(build, load, counts["refused"])
    counts["removed"] = merge.removed(build, load.table) if load.whole else 0
    held = quarantine.judge(build, load.table, bound, load.source)
    _write(build, load, bound, counts)
    problems = _problems(build, load)
    return LoadResult(
        file=load.source.file,
        table=load.table,
        read=_read(counts),
        inserted=counts["inserted"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        refused=counts["refused"],
        removed=counts["removed"],
        warnings=problems["warning"],
        refusals=problems["refused"],
        lacking=problems["lacking"],
        known=held.known,
        closed=held.closed,
        mapping=load.source.mapping,
        took={name: rule.origin for name, rule in bound.mapping.columns.items()},
        unmapped=load.source.unmapped,
        left_out=left_out,
        seconds=load.seconds,
        version=build.draft.number,
        load_id=load.load_id,
    )


def _write(build: Build, load: Load, bound: Bound, counts: Mapping[str, int]) -> None:
    key = identity(load.table)
    loose = not load.whole and merge.at_end(build, load.table, counts)
    public = merge.merged(build, "store", load.table, key, whole=load.whole, loose=loose)
    private = None
    if TABLES[load.table].private:
        private = merge.merged(build, "private", PRIVATE_TABLE, key, loose=loose)
    with build.transaction():
        if public is not None:
            build.replace("store", load.table, public.rows, some=public.some)
        merge.add_placeholders(build, load.table)
        _log(build, load, counts)
        quarantine.log(build, load.load_id, load.table, load.who, load.now)
    with build.transaction():
        if private is not None:
            build.replace("private", PRIVATE_TABLE, private.rows, some=private.some)
        quarantine.hold(build, load.load_id, load.table, bound, load.source)


def _log(build: Build, load: Load, counts: Mapping[str, int]) -> None:
    queries = sqlfile.folder("load")
    build.connection.execute(
        queries["load_log"].text,
        {
            "load_id": load.load_id,
            "loaded_at": load.now,
            "loaded_by": load.who,
            "file_name": load.source.file,
            "sha256": load.source.sha256,
            "table_name": load.table,
            "mapping": load.source.mapping,
            "read": _read(counts),
            **counts,
            "seconds": load.seconds,
            "unmapped": list(load.source.unmapped),
        },
    )
    for name in ("load_problem", f"lacking_{load.table}"):
        if name in queries:
            build.connection.execute(queries[name].text, {"load_id": load.load_id})


def _read(counts: Mapping[str, int]) -> int:
    return sum(counts[state] for state in merge.STATES)


def _incomplete(build: Build, load: Load, refused: int) -> LoadError:
    """Why a file that has rows to refuse does not replace a table."""
    outcome = build.connection.table("work.outcome").filter(col("state") == "refused")
    first = outcome.select(col("line"), col("problems")).sort(col("line")).limit(_FIRST).fetchall()
    reasons = "; ".join(f"line {line}: {says}" for line, found in first for _, _, says, *_ in found)
    return LoadError(
        "{file} does not replace {table}: {refused} of its rows are refused ({reasons}).",
        "Correct them and load the file again; nothing was changed.",
        file=load.source.file,
        table=load.table,
        refused=refused,
        reasons=reasons,
    )


def _problems(build: Build, load: Load) -> dict[str, dict[str, int]]:
    """Severity → “column: rule” → rows."""
    found: dict[str, dict[str, int]] = {"refused": {}, "warning": {}, "lacking": {}}
    rows = build.connection.execute(
        "select severity, column_name, rule, row_count from store.load_problem"
        " where load_id = $load_id order by row_count desc, column_name, rule",
        {"load_id": load.load_id},
    ).fetchall()
    for severity, column, rule, count in rows:
        found[severity][f"{column}: {rule}"] = count
    return found
