"""Reading text of separated values, in whatever encoding and dialect it is written."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa

from dashboard.errors import LoadError, Said
from dashboard.i18n import N_
from dashboard.ingest.encoding import NAMES, encoding_of, ends_by_returns, lines
from dashboard.ingest.reader import Form, as_table
from dashboard.ingest.repair import Repair, mended_header
from dashboard.ingest.rows import Row
from dashboard.ingest.shape import shape_of
from dashboard.ingest.sniff import sniff
from dashboard.ingest.unpack import Progress

BATCH_ROWS = 5_000
"""Rows of a batch: more live lists at a time, and the collector takes longer than the reading."""

_BATCH_CELLS = 100_000
_BATCH_CHARACTERS = 8 * 2**20
"""Cells and characters from which on a batch has fewer rows."""

_SAMPLE_LINES = 1_000
_SAMPLE_CHARACTERS = 2**20
"""How much of a text is looked at to make out how it is written."""

_OTHERS = {
    "<": N_("a page or document of tags (HTML or XML)"),
    "{": N_("JSON"),
    "[": N_("JSON"),
    "ID;P": N_("a SYLK file"),
    "%PDF": N_("a PDF document"),
    "{\\rtf": N_("a text document (RTF)"),
}


class CsvReader:
    """A text of separated values, as a ``Reader``.

    Encoding, dialect, header and title lines are made out from the file itself. Raises LoadError
    where the file is no such text, has no header, or two columns have the same name.
    """

    def __init__(self, path: Path, progress: Progress | None = None) -> None:
        self._path = path
        self._progress = progress
        self._encoding = encoding_of(path)
        self._returns = ends_by_returns(path, self._encoding)
        text = lines(path, self._encoding, returns=self._returns)
        sample, complete = _first(text)
        if not any(map(str.strip, sample)):
            raise _no_header(path)
        _refuse_others(path, sample)
        self._dialect = sniff(sample)
        rows = list(self._dialect.rows(iter(sample)))
        if not complete and len(rows) > 1:
            del rows[-1:]  # it may go on after the sample
        if not rows:
            raise _no_header(path)
        header = mended_header(rows[0], rows[1:], self._dialect)
        if header.fields is None:
            raise LoadError(
                "{file}, line {line}: row: {cause}.",
                "Mend the header.",
                file=path.name,
                line=f"{header.line:,}",
                cause=header.problem,
            )
        cells = [header.fields, *(row.fields or [] for row in rows[1:])]
        self._shape = shape_of(path.name, cells, [row.line for row in rows])
        dropped = self._shape.height == 1 and len(cells[self._shape.above]) > len(self.columns)
        mended = header.fields != rows[0].fields or dropped
        self._mended = rows[self._shape.above].text if mended else None
        self._repair = Repair(len(self._shape.columns), rows[self._skipped :], self._dialect)

    @property
    def columns(self) -> tuple[str, ...]:
        """The header's names; a blank name becomes “column N”."""
        return self._shape.columns

    @property
    def form(self) -> Form:
        """How the file is written."""
        return Form(
            encoding=NAMES[self._encoding],
            delimiter=self._dialect.delimiter,
            above=self._shape.above,
            header=self._shape.height,
            mended=self._mended,
        )

    def batches(self) -> Iterator[pa.Table]:
        """The rows in batches; see ``Reader``."""
        width = len(self.columns)
        text = lines(self._path, self._encoding, self._progress, returns=self._returns)
        rows = islice(self._dialect.rows(text), self._skipped, None)
        many = max(1, min(BATCH_ROWS, _BATCH_CELLS // width))
        batch, length = list[Row](), 0
        for row in rows:
            batch.append(self._judged(row, width))
            length += len(row.text)
            if len(batch) >= many or length > _BATCH_CHARACTERS:
                yield as_table(width, batch)
                batch, length = [], 0
        if batch:
            yield as_table(width, batch)

    @property
    def _skipped(self) -> int:
        return self._shape.above + self._shape.height

    def _judged(self, row: Row, width: int) -> Row:
        if row.fields is not None and len(row.fields) == width:
            return row
        row = self._repair(row)
        if row.fields is None or len(row.fields) == width:
            return row
        return row._replace(fields=None, problem=_ragged(len(row.fields), width))


def _ragged(fields: int, width: int) -> Said:
    if fields == 1:
        return Said("1 field instead of {width}", width=f"{width:,}")
    return Said("{n} fields instead of {width}", n=f"{fields:,}", width=f"{width:,}")


def _first(text: Iterator[str]) -> tuple[list[str], bool]:
    """The first lines, and whether they are all."""
    taken, filled, length = [], 0, 0
    for line in text:
        taken.append(line)
        filled += bool(line.strip())
        length += len(line)
        if filled == _SAMPLE_LINES or length > _SAMPLE_CHARACTERS:
            return taken, False
    return taken, True


def _no_header(path: Path) -> LoadError:
    return LoadError(
        "{file} has no header: every line is blank.", "Export it again.", file=path.name
    )


def _refuse_others(path: Path, sample: list[str]) -> None:
    """Refuse text that is no text of separated values by its first characters."""
    start = next((line.lstrip() for line in sample if line.strip()), "")
    for mark, what in _OTHERS.items():
        if start.startswith(mark):
            raise LoadError(
                "{file} is {what}, not a table of separated values.",
                "Export the table as CSV, XLSX or Parquet.",
                file=path.name,
                what=Said(what),
            )
