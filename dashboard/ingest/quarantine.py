"""Refused rows of a load: held until a later load takes them, or somebody dismisses them.

A row that is refused again is not held twice: what is held takes the new reasons, and the ledger
(``refused_row``) says of the new refusal where it is held. A row is the same where it comes from a
download with the id of what is held, or has the same text under the same header or in the same
file.
``work.corrects`` says of rows of a download ``line``, ``load_id`` and ``held_line``.
"""

import json
from dataclasses import dataclass, replace

import pyarrow as pa
from duckdb import coalesce, col, fn, lit, when

from dashboard import sqlfile
from dashboard.ingest.binding import Bound
from dashboard.ingest.build import Build
from dashboard.ingest.mapping_text import mapping_content
from dashboard.ingest.result import Correction, Source
from dashboard.ingest.stage import WRITTEN


@dataclass(frozen=True)
class Quarantine:
    """What a load does to the rows that are held.

    closed  rows of earlier loads that are closed by it
    known   its own refused rows that are held already
    """

    closed: int
    known: int


def judge(build: Build, table: str, bound: Bound, source: Source) -> Quarantine:
    """Make out, from ``work.outcome``, what becomes of the refused rows of this load and before."""
    _stage(build, bound, source.corrections)
    of_source = {"header": list(bound.header), "sha256": source.sha256}
    _run(build, "held", table_name=table, sha256=source.sha256)
    _run(build, "refusal")
    _run(build, "known", **of_source)
    _run(build, "closing", **of_source)
    counted = (len(build.connection.table(f"work.{name}")) for name in ("closing", "known"))
    return Quarantine(*counted)


def log(build: Build, load_id: str, table: str, who: str, now: object) -> None:
    """Write the public side; runs in a transaction on the store."""
    _run(build, "log_refusals", load_id=load_id, table_name=table, now=now, who=who)
    _run(build, "log_closings", load_id=load_id, now=now, who=who)
    _run(build, "log_renewals")


def hold(build: Build, load_id: str, table: str, bound: Bound, source: Source) -> None:
    """Write the rows themselves; runs in a transaction on the private file."""
    # What the mapping says of its kind of files is not needed to read one of them.
    mapping = mapping_content(replace(bound.mapping, header=(), title=""))
    _run(
        build,
        "source",
        load_id=load_id,
        header=list(bound.header),
        mapping_name=bound.mapping.name,
        mapping=json.dumps(mapping, ensure_ascii=False),
    )
    of_file = {"file_name": source.file, "sha256": source.sha256}
    _run(build, "hold", load_id=load_id, table_name=table, **of_file)
    _run(build, "renew", load_id=load_id)
    _run(build, "reread", load_id=load_id)


def _stage(build: Build, bound: Bound, corrections: tuple[Correction, ...]) -> None:
    """``work.corrects``, and ``work.taken``: refused rows with their text and fields."""
    connection = build.connection
    for table in ("corrects", "taken"):
        connection.execute(f"drop table if exists work.{table}")
    names = ("line", "load_id", "held_line")
    types = (pa.int64(), pa.string(), pa.int64())
    columns = zip(*corrections, strict=True) if corrections else [()] * len(names)
    arrays = (pa.array(values, kind) for values, kind in zip(columns, types, strict=True))
    connection.from_arrow(pa.table(dict(zip(names, arrays, strict=True)))).create("work.corrects")
    bare = (coalesce(col(f"c{index}"), lit("")) for index in range(len(bound.header)))
    fields = coalesce(col(WRITTEN), fn("list_value", *bare))
    # A case that was folded is more than one row of the source.
    apart = lit(bound.fold is None) & col("problem").is_null()
    refused = connection.table("work.outcome").filter(col("state") == "refused")
    connection.table("work.source").join(refused.select(col("line")), "line", how="semi").select(
        col("line"),
        col("source_text"),
        when(apart).then(fields).otherwise(lit(None).cast("VARCHAR[]")).alias("fields"),
    ).create("work.taken")


def _run(build: Build, query: str, **parameters: object) -> None:
    build.connection.execute(sqlfile.folder("quarantine")[query].text, parameters)
