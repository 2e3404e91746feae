"""What the loader asks of a source, whatever its type."""

from collections.abc import Iterator
from typing import Protocol

import pyarrow as pa


class Reader(Protocol):
    """A source that has been opened: its header is read and checked, its rows are not yet.

    ``columns``   source columns as the header writes them, no two alike
    ``batches()`` the rows as Arrow tables of ``line`` (number of the row's first line, the header
                  being in line 1), ``source_text`` (the row as the source writes it), ``problem``
                  (why the row could not be taken apart, or null) and its fields as text under
                  ``c0``, ``c1``, …, all null where there is a problem.
                  Raises LoadError where the source turns out to be unreadable.
    """

    @property
    def columns(self) -> tuple[str, ...]:
        """The source columns."""
        ...

    def batches(self) -> Iterator[pa.Table]:
        """The rows."""
        ...


def as_table(
    width: int,
    lines: list[int],
    texts: list[str],
    problems: list[str | None],
    rows: list[list[str] | None],
) -> pa.Table:
    """A batch of ``width`` source columns; a row is None where it has a problem."""
    nothing: list[str | None] = [None] * width
    columns = list(zip(*(row or nothing for row in rows), strict=True)) or [()] * width
    arrays = {
        "line": pa.array(lines, pa.int64()),
        "source_text": pa.array(texts, pa.string()),
        "problem": pa.array(problems, pa.string()),
        **{f"c{index}": pa.array(values, pa.string()) for index, values in enumerate(columns)},
    }
    return pa.table(arrays)
