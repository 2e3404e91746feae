"""From mapped texts to checked rows: values, what a table derives, problems and warnings."""

from collections.abc import Iterator, Mapping

from duckdb import DuckDBPyRelation, Expression, coalesce, col, fn, lit, star, when

from dashboard.contract import TABLES, TableContract
from dashboard.ingest import rule as r
from dashboard.ingest.binding import must_be_given
from dashboard.ingest.rule import Rule, sentence, text
from dashboard.ingest.schema import Column, source_columns
from dashboard.ingest.values import Clock, rules, value

LONG_HANDLING_DAYS = 730

_PUT_RIGHT = Rule("row", "put_right", col("repair").is_not_null(), lit(""))
"""A warning: the row was written wrongly, and the reader put it right."""


def checked(
    source: DuckDBPyRelation, table: str, texts: Mapping[str, Expression], clock: Clock
) -> DuckDBPyRelation:
    """The rows of ``source`` as rows of ``table``.

    ``source`` has ``line``, ``problem`` (why the reader could not take the row apart, or null) and
    ``repair`` (how it put the row right, or null); ``texts`` gives the text of each mapped contract
    column. The result has ``line``, the columns of
    ``schema.source_columns``, ``identity`` (the key as one value, null where incomplete),
    ``problems`` ([[column, rule, sentence, given], …]) and ``warnings`` ([[column, rule], …]).
    """
    contract = TABLES[table]
    columns = source_columns(table)
    nothing = lit(None).cast("VARCHAR")
    mapped = source.select(
        col("line"),
        col("problem"),
        col("repair"),
        *(texts.get(c.name, nothing).alias(r.TEXT + c.name) for c in columns),
    )
    valued = mapped.select(star(), *(value(c, contract, clock).alias(c.name) for c in columns))
    settled, warnings = _settled(valued, table)
    all_rules = [*_value_rules(table, columns, texts, clock), *_row_rules(table, contract)]
    why = col("problem")
    unreadable = fn("list_value", fn("list_value", "row", "unreadable", why, why))
    return settled.select(
        col("line"),
        *(col(c.name) for c in columns),
        identity(table).alias("identity"),
        when(col("problem").is_not_null())
        .then(unreadable)
        .otherwise(r.problems(all_rules))
        .alias("problems"),
        _names([_PUT_RIGHT, *_order_warnings(contract), *warnings]).alias("warnings"),
    )


def identity(table: str) -> Expression:
    """The key of a row as one value; null where a required part is missing."""
    contract = TABLES[table]
    if len(contract.key) == 1:
        return col(contract.key[0])
    required = {c.name for c in source_columns(table) if c.required}
    parts = fn("list_value", *(coalesce(col(k).cast("VARCHAR"), lit("")) for k in contract.key))
    complete = lit(True)
    for name in contract.key:
        if name in required:
            complete = complete & col(name).is_not_null()
    return when(complete).then(parts).end()


def _value_rules(
    table: str, columns: tuple[Column, ...], texts: Mapping[str, Expression], clock: Clock
) -> Iterator[Rule]:
    contract = TABLES[table]
    for column in columns:
        required = must_be_given(table, column)
        if required or column.name in texts:
            yield from rules(column, contract, clock, required=required)


def _row_rules(table: str, contract: TableContract) -> Iterator[Rule]:
    for order in contract.refused:
        early, late = col(order.earlier), col(order.later)
        says = sentence(
            late.cast("VARCHAR"), f" lies before {order.earlier} ", early.cast("VARCHAR")
        )
        given = late.cast("VARCHAR")
        yield Rule(order.later, f"before_{order.earlier}", late < early, says, given)
    if table == "survey":
        scored = r.any_of([col(score).is_not_null() for score in contract.ranges])
        # An unreadable time has a reason of its own.
        no_time = text("responded_at").is_null() & text("sent_at").is_null()
        says = lit("a score needs the time of the answer or of sending")
        yield Rule("responded_at", "score_without_time", scored & no_time, says)
    if table == "target":
        month = fn("regexp_full_match", text("month"), "[0-9]{4}-(0[1-9]|1[0-2])")
        says = sentence(r.quoted("month"), " is not a month such as 2025-01")
        yield Rule("month", "unreadable", ~month, says, text("month"))


def _settled(valued: DuckDBPyRelation, table: str) -> tuple[DuckDBPyRelation, list[Rule]]:
    """What the contract derives from several columns, and the warnings this gives rise to."""
    if table == "survey":
        scored = r.any_of([col(score).is_not_null() for score in TABLES[table].ranges])
        # A time that is given but not readable stays null, so that its own rule refuses the row.
        takes_sent = scored & text("responded_at").is_null()
        answered = when(takes_sent).then(col("sent_at")).otherwise(col("responded_at"))
        return valued.with_columns(responded_at=answered), []
    if table != "service_record":
        return valued, []
    derived = (
        when(col("closed_at").is_not_null())
        .then("closed")
        .when(col("resolved_at").is_not_null())
        .then("resolved")
        .when(coalesce(col("first_response_at"), col("on_site_at")).is_not_null())
        .then("in_progress")
        .otherwise("open")
    )
    given = col("status")
    # "in progress" says more than the times do, it does not contradict that nothing is done yet
    kept = (given == "cancelled") | ((given == "in_progress") & (derived == "open"))
    unknown = text("status").is_not_null() & given.is_null()
    status = when(kept).then(given).when(~unknown).then(derived).end()
    contradicts = given.is_not_null() & ~kept & (given != derived)
    handling = coalesce(col("resolved_at"), col("closed_at")) - col("created_at")
    long = handling > fn("to_days", LONG_HANDLING_DAYS)
    settled = valued.select(
        star(exclude="status"), status.alias("status"), contradicts.alias("status contradicts")
    )
    return settled, [
        Rule("status", "contradicts_times", col("status contradicts"), lit("")),
        Rule("resolved_at", "over_two_years", long, lit("")),
    ]


def _order_warnings(contract: TableContract) -> Iterator[Rule]:
    for order in contract.warned:
        broken = col(order.later) < col(order.earlier)
        if order.later == "closed_at":
            yield Rule(order.earlier, f"after_{order.later}", broken, lit(""))
        else:
            yield Rule(order.later, f"before_{order.earlier}", broken, lit(""))


def _names(warnings: list[Rule]) -> Expression:
    """The warnings of a row as ``[[column, rule], …]``."""
    found = [
        when(w.broken).then(fn("list_value", lit(w.column), lit(w.name))).end() for w in warnings
    ]
    listed = fn("list_filter", fn("list_value", *found), r.is_not_null())
    return when(r.any_of([w.broken for w in warnings])).then(listed).otherwise(r.no_problems())
