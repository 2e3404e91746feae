"""What the loader asks of a source, whatever its type."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from dashboard.ingest.rows import Row

COLUMNS = ("line", "source_text", "problem", "repair")
"""What stands beside the fields of a row."""


@dataclass(frozen=True)
class Form:
    """How a source is written, as the user is told.

    above  rows above the header that are no part of the table
    header rows of the header; 0 where there is none
    sheet  the sheet that is read, and all sheets, where the source has sheets
    mended the header as it stands in the source, where it had to be put right
    """

    encoding: str | None = None
    delimiter: str | None = None
    above: int = 0
    header: int = 1
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    mended: str | None = None


class Reader(Protocol):
    """A source that has been opened: its header is read and checked, its rows are not yet.

    ``columns``   source columns as the header writes them, no two alike
    ``form``      how the source is written
    ``batches()`` the rows as Arrow tables of ``line`` (number of the row's first line or of the
                  sheet's row, from 1), ``source_text`` (the row as the source writes it),
                  ``problem`` (why the row could not be taken apart, or null), ``repair`` (how a row
                  that was written wrongly was put right, or null) and its fields as text under
                  ``c0``, ``c1``, …, all null where there is a problem.
                  Raises LoadError where the source turns out to be unreadable.
    """

    @property
    def columns(self) -> tuple[str, ...]:
        """The source columns."""
        ...

    @property
    def form(self) -> Form:
        """How the source is written."""
        ...

    def batches(self) -> Iterator[pa.Table]:
        """The rows."""
        ...


def as_table(width: int, rows: Sequence[Row]) -> pa.Table:
    """A batch of rows of ``width`` source columns; a row has no fields where it has a problem."""
    nothing: list[str | None] = [None] * width
    fields = list(zip(*(row.fields or nothing for row in rows), strict=True)) or [()] * width
    lines, texts, _, problems, repairs = zip(*rows, strict=True) if rows else [()] * 5
    reasons = [f"row: {problem}" if problem else None for problem in problems]
    beside = zip(COLUMNS, (lines, texts, reasons, repairs), strict=True)
    arrays = {
        name: pa.array(values, pa.int64() if name == "line" else pa.string())
        for name, values in beside
    }
    arrays |= {f"c{index}": pa.array(values, pa.string()) for index, values in enumerate(fields)}
    return pa.table(arrays)
