"""Checked rows into the store: what is new, changed, the same or refused, and writing it.

``work.checked`` (see ``check.checked``) is the input; ``work.outcome`` says of every row ``line``,
``identity``, ``state`` {inserted, updated, unchanged, refused}, ``problems`` and ``warnings``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from duckdb import DuckDBPyRelation, Expression, coalesce, col, count_all, fn, lit, when

from dashboard.contract import TABLES
from dashboard.ingest.build import Build
from dashboard.ingest.check import identity
from dashboard.ingest.rule import sentence
from dashboard.ingest.schema import (
    DIMENSION_KEYS,
    PRIVATE_TABLE,
    REGISTERED,
    source_columns,
    stored_columns,
)

STATES = ("inserted", "updated", "unchanged", "refused")

_RESET = (
    "drop table if exists work.repeated",
    "drop table if exists work.outcome",
    "drop table if exists work.merged_store",
    "drop table if exists work.merged_private",
    "drop table if exists work.gone_store",
    "drop table if exists work.gone_private",
)

SMALL = 100_000
"""Rows up to which a table is always kept in its order: that takes no time worth saving."""

_LOOSE = 0.1
"""Share of a larger table that may lie behind its ordered rows until all are put in order."""


@dataclass(frozen=True)
class Change:
    """What a load does to one stored table: ``rows`` take the place of all its rows, or only of
    ``some``, whose row numbers stand in ``work``."""

    rows: DuckDBPyRelation
    some: bool = False


def judge(build: Build, table: str) -> dict[str, int]:
    """Fill ``work.outcome`` from ``work.checked`` and the store; gives the count of each state."""
    connection = build.connection
    for statement in _RESET:
        connection.execute(statement)
    rows = connection.table("work.checked")
    _repeated(rows, table).create("work.repeated")
    here = rows.select(
        col("line"), col("identity"), col("problems"), col("warnings"), _content(table)
    )
    judged = (
        here.join(connection.table("work.repeated"), "identity", how="left")
        .select(
            col("line"),
            col("identity"),
            when(col("contents") > 1)
            .then(fn("list_append", col("problems"), _duplicate(table)))
            .otherwise(col("problems"))
            .alias("problems"),
            col("warnings"),
            col("content"),
            (coalesce(col("first_line"), col("line")) < col("line")).alias("again"),
        )
        .join(_stored(build, table), "identity", how="left")
    )
    state = (
        when(fn("len", col("problems")) > 0)
        .then("refused")
        .when(col("again") | (col("content") == col("stored")))
        .then("unchanged")
        .when(col("stored").is_null())
        .then("inserted")
        .otherwise("updated")
    )
    columns = (col(name) for name in ("line", "identity", "problems", "warnings"))
    judged.select(*columns, state.alias("state")).create("work.outcome")
    counts = connection.table("work.outcome").group_by(col("state")).agg(count_all()).fetchall()
    return dict.fromkeys(STATES, 0) | dict(counts)


def removed(build: Build, table: str) -> int:
    """How many rows of the store the source does not have."""
    return len(
        _keyed(build, "store", table, identity(table)).join(
            _accepted(build), "identity", how="anti"
        )
    )


def at_end(build: Build, table: str, counts: Mapping[str, int]) -> bool:
    """Whether a load of these counts may put its rows behind the others, out of order.

    A large table is not written anew for each small load, but once the loads since have grown to a
    tenth of it; the log of loads tells how many rows they brought.
    """
    if len(build.connection.table(f"store.main.{table}")) <= SMALL:
        return False
    log = build.connection.table("store.main.load_log").filter(col("table_name") == lit(table))
    before = log.sort(col("rowid")).select(col("inserted"), col("updated")).fetchall()
    total = loose = 0
    for inserted, updated in [*before, (counts["inserted"], counts["updated"])]:
        total, loose = total + inserted, loose + inserted + updated
        if total <= SMALL or loose > _LOOSE * total:
            loose = 0
    return loose > 0


def merged(
    build: Build,
    catalogue: str,
    table: str,
    key: Expression,
    *,
    whole: bool = False,
    loose: bool = False,
) -> Change | None:
    """What becomes of a stored table by the load; None where nothing changes.

    All rows in the table's order, or, ``loose``, the new and changed ones alone. Where the source
    is the ``whole`` table, rows that it does not have are left out. Runs before the transaction
    that writes them: DuckDB writes to one catalogue per transaction, and what is stored already is
    set aside in ``work`` first.
    """
    connection = build.connection
    outcome = connection.table("work.outcome")
    lines = outcome.filter(col("state").isin("inserted", "updated")).select(col("line"))
    changed = connection.table("work.checked").join(lines, "line", how="semi")
    if not whole and not changed.limit(1).fetchall():
        return None
    names = [column.name for column in stored_columns(table)]
    rows = changed.select(
        *((lit(True) if name == REGISTERED else col(name)).alias(name) for name in names)
    )
    contract = TABLES.get(table)
    order = (contract.sorted_by or contract.key) if contract else names[:1]
    by = [col(name).nulls_last() for name in order]
    stored = connection.table(f"{catalogue}.main.{table}")
    if not stored.limit(1).fetchall():
        return Change(rows.sort(*by))
    if loose:
        known = stored.select(col("rowid"), key.alias("identity"))
        old = known.join(changed.select(col("identity")), "identity", how="semi")
        old.select(col("rowid").alias("number")).create(f"work.gone_{catalogue}")
        return Change(rows.sort(*by), some=True)
    kept = _keyed(build, catalogue, table, key).join(
        changed.select(col("identity")), "identity", how="anti"
    )
    if whole:
        kept = kept.join(_accepted(build), "identity", how="semi")
    everything = kept.select(*(col(name) for name in names)).union(rows)
    everything.sort(*by).create(f"work.merged_{catalogue}")
    return Change(connection.table(f"work.merged_{catalogue}"))


def add_placeholders(build: Build, table: str) -> None:
    """Add a row for every project, member of staff and customer that an accepted row names and
    that is not there yet. Runs in a transaction on the store."""
    for column in stored_columns(table):
        dimension = DIMENSION_KEYS.get(column.name)
        if dimension and dimension != table:
            _add_placeholders(build, column.name, dimension)


def _content(table: str) -> Expression:
    """All that a source says of a row, as one value in which nulls are equal."""
    return fn("row", *(col(column.name) for column in source_columns(table))).alias("content")


def _repeated(rows: DuckDBPyRelation, table: str) -> DuckDBPyRelation:
    """Identities that stand more than once in the source: first line, and how many contents."""
    copies = (
        rows.filter(col("identity").is_not_null())
        .group_by(col("identity"))
        .agg(count_all().alias("copies"), fn("min", col("line")).alias("first_line"))
        .filter(col("copies") > 1)
        .set_alias("copies")
    )
    # A refused row differs from an accepted one by its problems, though its values may not.
    content = fn("row", _content(table), col("problems"))
    return (
        rows.join(copies, "identity")
        .group_by(col("identity"), col("copies"), col("first_line"))
        .agg(content.n_unique().alias("contents"))
    )


def _duplicate(table: str) -> Expression:
    key = ", ".join(TABLES[table].key)
    shown = _shown(table)
    says = sentence(lit(f"{key}: "), shown, " stands ", col("copies").cast("VARCHAR"))
    reason = sentence(says, " times in this file with different content")
    return fn("list_value", lit(key), lit("duplicate_key"), reason, shown)


def _shown(table: str) -> Expression:
    """The key of a row as a reason shows it: its parts, a dash for a part that is blank."""
    if len(TABLES[table].key) == 1:
        return col("identity").cast("VARCHAR")
    parts = (
        coalesce(fn("nullif", fn("list_extract", col("identity"), lit(place)), ""), lit("–"))
        for place in range(1, len(TABLES[table].key) + 1)
    )
    return fn("concat_ws", " / ", *parts)


def _stored(build: Build, table: str) -> DuckDBPyRelation:
    """The described rows of the store as ``identity`` and ``stored`` (their content)."""
    rows = build.connection.table(f"store.main.{table}")
    if _dimension(table):
        rows = rows.filter(col(REGISTERED))
    if TABLES[table].private:
        private = build.connection.table(f"private.main.{PRIVATE_TABLE}")
        rows = rows.join(private, list(TABLES[table].key), how="left")
    return rows.select(identity(table).alias("identity"), _content(table).alias("stored"))


def _add_placeholders(build: Build, column: str, dimension: str) -> None:
    outcome = build.connection.table("work.outcome").filter(col("state") != "refused")
    named = build.connection.table("work.checked").join(outcome.select(col("line")), "line", "semi")
    ids = named.filter(col(column).is_not_null()).select(col(column)).distinct()
    known = build.connection.table(f"store.main.{dimension}").select(col(column))
    unknown = ids.join(known, column, how="anti").sort(col(column))
    unknown.select(*_placeholder(dimension, column)).insert_into(f"store.main.{dimension}")


def _placeholder(dimension: str, key: str) -> Iterator[Expression]:
    for column in stored_columns(dimension):
        if column.name == REGISTERED:
            yield lit(False)
        elif column.required:
            yield col(key).alias(column.name)
        else:
            yield lit(None).cast(column.type).alias(column.name)


def _keyed(build: Build, catalogue: str, table: str, key: Expression) -> DuckDBPyRelation:
    """The rows of a stored table with their ``identity``."""
    names = (col(column.name) for column in stored_columns(table))
    return build.connection.table(f"{catalogue}.main.{table}").select(*names, key.alias("identity"))


def _accepted(build: Build) -> DuckDBPyRelation:
    """The identities of the rows that are in the store after the load."""
    outcome = build.connection.table("work.outcome")
    return outcome.filter(col("state") != "refused").select(col("identity"))


def _dimension(table: str) -> bool:
    return any(column.name == REGISTERED for column in stored_columns(table))
