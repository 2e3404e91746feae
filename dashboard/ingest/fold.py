"""Folding a log of events, one row for each step of a case, into one row for each case.

What a case says is what its last row with anything there says; the time of an event is that of the
case's first row that names it. A row that cannot be taken apart, or names no case, stays by itself.
"""

from collections.abc import Iterable
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

import duckdb
from duckdb import DuckDBPyConnection, Expression, coalesce, col, fn, lit, when

from dashboard.ingest.names import normal
from dashboard.ingest.stage import WRITTEN

EVENT = "time of "
"""Before a contract column's name: the column of the folded source with the time of its events."""


@dataclass(frozen=True)
class Fold:
    """Source columns of a log: what names the case, what happened, and when."""

    case: str
    event: str
    at: str


@dataclass(frozen=True)
class BoundFold:
    """A fold over the columns of one source: their texts, and how the time is written.

    events contract column → what happened at its time
    """

    case: Expression
    event: Expression
    at: Expression
    formats: tuple[str, ...]
    events: MappingOf[str, tuple[str, ...]]


def fold(connection: DuckDBPyConnection, bound: BoundFold, moment: Expression, width: int) -> None:
    """Replace ``work.source`` of ``width`` columns by one row for each case; see ``Reader``.

    ``moment`` is the time of a row, by which the rows of a case are ordered; of one moment, the
    later line says what holds. A case with a time that cannot be read has that as its problem.
    """
    source = connection.table("work.source")
    alone = bound.case.is_null() | col("problem").is_not_null()
    unread = when(bound.at.is_not_null() & moment.is_null()).then(
        fn("concat", "row: the time of a step, '", bound.at, "', cannot be read")
    )
    rows = source.select(
        *(col(name) for name in ("line", "source_text", "repair")),
        coalesce(col("problem"), unread.end()).alias("problem"),
        *(col(f"c{index}") for index in range(width)),
        when(alone).then(fn("concat", "#", col("line"))).otherwise(bound.case).alias("case"),
        alone.alias("alone"),
        *(_event(bound, names).alias(EVENT + column) for column, names in bound.events.items()),
        bound.at.alias("at"),
        moment.alias("moment"),
    )
    order = fn("row", col("moment"), col("line"))
    last = (fn("arg_max", col(f"c{index}"), order).alias(f"c{index}") for index in range(width))
    rows.group_by(col("case"), col("alone")).agg(
        fn("min", col("line")).alias("line"),
        _texts().alias("source_text"),
        fn("max", col("problem")).alias("problem"),
        fn("max", col("repair")).alias("repair"),
        *last,
        *(_first(column, order).alias(EVENT + column) for column in bound.events),
        lit(None).cast("VARCHAR[]").alias(WRITTEN),
    ).create("work.folded")
    connection.execute("drop table work.source")
    connection.execute("alter table work.folded rename to source")


def _event(bound: BoundFold, names: Iterable[str]) -> Expression:
    return fn("ifnull", fn("lower", bound.event).isin(*map(normal, names)), False)


def _first(column: str, order: Expression) -> Expression:
    happened = col(EVENT + column)
    return fn("arg_min", when(happened).then(col("at")).end(), order)


def _texts() -> Expression:
    """The texts of all rows of a case, in the order of their lines."""
    pairs = fn("list_sort", fn("list", fn("row", col("line"), col("source_text"))))
    text = duckdb.LambdaExpression("pair", fn("struct_extract", col("pair"), 2))
    return fn("array_to_string", fn("list_transform", pairs, text), "\n")
