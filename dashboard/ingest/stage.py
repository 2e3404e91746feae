"""The rows of a source into ``work.source``, as mappings read them.

Blanks around texts are cut off here, batch by batch, and what is blank then is null: Arrow does it
many times faster than an expression of the database, and once for all that read a column. Of a row
that loses blanks by that, WRITTEN keeps the fields as they were.
"""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from duckdb import DuckDBPyConnection

from dashboard.ingest.names import BLANKS
from dashboard.ingest.reader import COLUMNS, as_table

WRITTEN = "written"
"""Column of the fields as the source writes them; null where ``c0``, ``c1``, … tell them all."""

_TEXTS = (pa.string(), pa.large_string())


def stage(connection: DuckDBPyConnection, width: int, batches: Iterable[pa.Table]) -> None:
    """Create ``work.source`` of these batches of ``width`` source columns; see ``Reader``."""
    connection.from_arrow(bare(as_table(width, []))).create("work.source")
    for batch in batches:
        connection.from_arrow(bare(batch)).insert_into("work.source")


def bare(rows: pa.Table) -> pa.Table:
    """The rows with their source columns of text without blanks around them, null where blank, and
    with WRITTEN."""
    rows = rows.combine_chunks()
    changed = np.zeros(len(rows), bool)
    fields = []
    for index, name in enumerate(rows.column_names):
        if name in COLUMNS:
            continue
        column = rows.column(index)
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        if column.type in _TEXTS:
            trimmed = pc.utf8_trim(column, characters=BLANKS)
            changed |= pc.fill_null(pc.not_equal(trimmed, column), fill_value=False).to_numpy()
            given = pc.if_else(pc.equal(trimmed, ""), None, trimmed)
            rows = rows.set_column(index, name, given)
        fields.append(column)
    return rows.append_column(WRITTEN, _lists(fields, changed))


def _lists(columns: list[pa.ChunkedArray], chosen: np.ndarray) -> pa.Array:
    """The fields of the chosen rows as a list each, null for the others."""
    if not chosen.any():
        return pa.nulls(len(chosen), pa.list_(pa.string()))
    taken = [column.filter(pa.array(chosen)).cast(pa.string()) for column in columns]
    width, height = len(taken), int(chosen.sum())
    values = pa.concat_arrays([chunk for column in taken for chunk in column.chunks])
    by_row = np.arange(width * height).reshape(width, height).T.ravel()
    offsets = pa.array(np.arange(0, width * height + 1, width), pa.int32())
    lists = pa.ListArray.from_arrays(offsets, values.take(pa.array(by_row)))
    return lists.take(pa.array(np.cumsum(chosen) - 1, mask=~chosen))
