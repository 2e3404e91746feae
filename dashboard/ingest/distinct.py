"""Which values the columns of a source have, and what they are taken for."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from duckdb import col

from dashboard.contract import TABLES
from dashboard.ingest import rule as r
from dashboard.ingest.binding import Mapping
from dashboard.ingest.names import BLANKS, normal
from dashboard.ingest.reader import Reader
from dashboard.ingest.schema import Column, source_columns
from dashboard.ingest.stage import bare
from dashboard.ingest.values import Clock, value

COUNTED_ROWS = 200_000
"""Rows from the top of a source whose values are counted: to look at them all takes as long as to
load them."""

MOST_VALUES = 200
"""A column with more different values than this is no column of codes."""

_MOST_COMBINED = 5_000


@dataclass(frozen=True)
class Value:
    """A text of a source (None: blank), how many rows have it, and the code that it is taken for.

    ``code`` is None where the text is not understood, or nobody asked.
    """

    text: str | None
    rows: int
    code: str | None = None


@dataclass
class Counted:
    """What was counted: rows, whether they were all, and column → its values.

    values    source column → text → rows; a column with too many different values is left out
    combined  source columns of one rule → their texts → rows
    """

    rows: int = 0
    all: bool = True
    values: dict[str, dict[str | None, int]] = field(default_factory=dict)
    combined: dict[tuple[str, ...], dict[tuple[str | None, ...], int]] = field(default_factory=dict)


def counted(reader: Reader, combinations: Iterable[tuple[str, ...]]) -> Counted:
    """The values of every column of a source, and those of the ``combinations`` of columns."""
    found = Counted()
    position = {normal(name): f"c{index}" for index, name in enumerate(reader.columns)}
    found.values = {name: {} for name in reader.columns}
    found.combined = {names: {} for names in combinations}
    for batch in reader.batches():
        if found.rows >= COUNTED_ROWS:
            found.all = False
            break
        found.rows += batch.num_rows
        rows = batch.filter(pc.is_null(batch["problem"]))
        for name in list(found.values):
            _add(found.values[name], rows[position[normal(name)]])
            if len(found.values[name]) > MOST_VALUES:
                del found.values[name]
        for names, known in found.combined.items():
            if len(known) <= _MOST_COMBINED:
                _combine(known, rows, [position[normal(name)] for name in names])
    return found


def _add(known: dict[str | None, int], column: pa.ChunkedArray) -> None:
    for entry in pc.value_counts(column).to_pylist():
        text = (entry["values"] or "").strip(BLANKS) or None
        known[text] = known.get(text, 0) + entry["counts"]


def _combine(known: dict[tuple[str | None, ...], int], rows: pa.Table, columns: list[str]) -> None:
    named = list(dict.fromkeys(columns))
    grouped = rows.select(named).group_by(named).aggregate([([], "count_all")])
    counts = grouped["count_all"].to_pylist()
    parts = zip(*(grouped[name].to_pylist() for name in named), strict=True)
    for texts, count in zip(parts, counts, strict=True):
        by_name = dict(zip(named, texts, strict=True))
        key = tuple(by_name[name] for name in columns)
        known[key] = known.get(key, 0) + count


def coded(
    mapping: Mapping, header: tuple[str, ...], found: Counted, clock: Clock
) -> dict[str, tuple[Value, ...]]:
    """Contract column with codes → its source values, what is not understood first, then the most.

    A column of one text for all rows has none.
    """
    contract = TABLES[mapping.table]
    columns = {column.name: column for column in source_columns(mapping.table)}
    return {
        name: _understood(mapping, name, columns[name], header, found, clock)
        for name, rule in mapping.columns.items()
        if name in contract.codes and rule.sources in found.combined
    }


def combinations(mapping: Mapping) -> list[tuple[str, ...]]:
    """The source columns of each rule whose values are codes."""
    codes = TABLES[mapping.table].codes
    rules = (rule for name, rule in mapping.columns.items() if name in codes)
    return list(dict.fromkeys(rule.sources for rule in rules if rule.sources))


def _understood(
    mapping: Mapping,
    name: str,
    column: Column,
    header: tuple[str, ...],
    found: Counted,
    clock: Clock,
) -> tuple[Value, ...]:
    """By the expressions of a load itself, over the values in place of the rows."""
    rule = mapping.columns[name]
    counts = found.combined[rule.sources]
    if not counts:
        return ()
    place = {normal(each): f"c{index}" for index, each in enumerate(header)}
    texts = dict(
        zip((place[normal(each)] for each in rule.sources), zip(*counts, strict=True), strict=True)
    )
    rows = pa.table(
        {key: pa.array(list(values), pa.string()) for key, values in texts.items()}
        | {"rows": pa.array(list(counts.values()), pa.int64())}
    )
    plain = replace(rule, values={}, rest=None, blank=None, scale=None)
    as_it_stands = (
        replace(mapping, columns={name: plain}, only={}, fold=None).bind(header).texts[name]
    )
    meant = replace(mapping, columns={name: rule}, only={}, fold=None).bind(header).texts[name]
    with duckdb.connect() as connection:
        answers = (
            connection.from_arrow(bare(rows))
            .select(as_it_stands.alias("text"), meant.alias(r.TEXT + name), col("rows"))
            .select(
                col("text"), value(column, TABLES[mapping.table], clock).alias("code"), col("rows")
            )
            .fetchall()
        )
    totals: dict[tuple[str | None, str | None], int] = {}
    for text, code, count in answers:
        totals[text, code] = totals.get((text, code), 0) + count
    values = [Value(text, count, code) for (text, code), count in totals.items()]
    values.sort(key=lambda each: (each.code is not None, -each.rows, each.text or ""))
    return tuple(values[:MOST_VALUES])
