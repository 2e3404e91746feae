"""The rows of a source into ``work.source``, as mappings read them.

Blanks around texts are cut off here, batch by batch, and what is blank then is null: Arrow does it
many times faster than an expression of the database, and once for all that read a column.
"""

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc
from duckdb import DuckDBPyConnection

from dashboard.ingest.names import BLANKS
from dashboard.ingest.reader import COLUMNS, as_table

_TEXTS = (pa.string(), pa.large_string())


def stage(connection: DuckDBPyConnection, width: int, batches: Iterable[pa.Table]) -> None:
    """Create ``work.source`` of these batches of ``width`` source columns; see ``Reader``."""
    connection.from_arrow(as_table(width, [])).create("work.source")
    for batch in batches:
        connection.from_arrow(bare(batch)).insert_into("work.source")


def bare(rows: pa.Table) -> pa.Table:
    """The rows with their source columns of text without blanks around them, null where blank."""
    for index, name in enumerate(rows.column_names):
        column = rows.column(index)
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        if name not in COLUMNS and column.type in _TEXTS:
            trimmed = pc.utf8_trim(column, characters=BLANKS)
            given = pc.if_else(pc.equal(trimmed, ""), None, trimmed)
            rows = rows.set_column(index, name, given)
    return rows
