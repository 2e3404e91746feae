"""What a dry run has to show beside its counts: rows as they would be stored, and refused ones."""

from datetime import date, datetime
from decimal import Decimal

from duckdb import col

from dashboard import sqlfile
from dashboard.ingest.binding import Bound
from dashboard.ingest.build import Build
from dashboard.ingest.result import Example, Trial
from dashboard.ingest.rule import TEXT
from dashboard.ingest.schema import source_columns

ROWS = 20
EXAMPLES = 3
_LONGEST = 500


def trial(build: Build, table: str, bound: Bound) -> Trial:
    """What the load that was just applied to the draft would store, and examples of what it
    refused."""
    connection = build.connection
    outcome = connection.table("work.outcome")
    accepted = outcome.filter(col("state") != "refused").sort(col("line")).limit(ROWS)
    checked = connection.table("work.checked").join(accepted.select(col("line")), "line", "semi")
    names = [column.name for column in source_columns(table)]
    found = checked.sort(col("line")).select(*(col(name) for name in names)).fetchall()
    used = [
        place
        for place, name in enumerate(names)
        if name in bound.texts or any(row[place] is not None for row in found)
    ]
    return Trial(
        columns=tuple(names[place] for place in used),
        rows=tuple(tuple(_text(row[place]) for place in used) for row in found),
        examples=_examples(build, bound),
    )


def _examples(build: Build, bound: Bound) -> dict[str, tuple[Example, ...]]:
    query = sqlfile.folder("load")["refused_examples"].text
    rows = build.connection.execute(query, {"examples": EXAMPLES}).fetchall()
    given = _given(build, bound, sorted({row[2] for row in rows}))
    found: dict[str, tuple[Example, ...]] = {}
    for column, rule, line, text, reason in rows:
        key = f"{column}: {rule}"
        value = given[line].get(column)
        found[key] = (*found.get(key, ()), Example(line, value, text[:_LONGEST], reason))
    return found


def _given(build: Build, bound: Bound, lines: list[int]) -> dict[int, dict[str, str | None]]:
    """Line → contract column → the text that the mapping gave it."""
    if not lines:
        return {}
    rows = build.connection.table("work.source").filter(col("line").isin(*lines))
    texts = (text.alias(TEXT + name) for name, text in bound.texts.items())
    return {
        line: dict(zip(bound.texts, values, strict=True))
        for line, *values in rows.select(col("line"), *texts).fetchall()
    }


def _text(value: object) -> str | bool | None:
    """A stored value as a person reads it, and as JSON holds it."""
    match value:
        case None | bool():
            return value
        case datetime():
            return value.isoformat(" ", "seconds")
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case float():
            return f"{value:g}"
    return str(value)
