"""Reading CSV: each row with its line number and its text exactly as the file has it.

A row that cannot be taken apart is handed on with its problem, never dropped. Where a quote is not
closed, or something follows a closing quote, only the line where the row begins is given up and
reading goes on with the next line.
"""

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from dashboard.errors import LoadError
from dashboard.ingest.mapping import normal
from dashboard.ingest.reader import as_table
from dashboard.ingest.unpack import Progress, blocks

BATCH_ROWS = 5_000
"""Rows of a batch: more live lists at a time, and the collector takes longer than the reading."""

DELIMITERS = (",", ";", "\t", "|")
MAX_LINE = 16 * 2**20
"""Characters after which a line must have ended."""

_HEADER_LINES = 100
_NOT_UTF8 = 'Save it as "CSV UTF-8" and load that.'


class _Row(NamedTuple):
    """A row: number of its first line, its text without the line end, and fields or problem."""

    line: int
    text: str
    fields: list[str] | None
    problem: str | None


class CsvReader:
    """A CSV file in UTF-8, as a ``Reader``; the delimiter is the one that splits the header most.

    Raises LoadError where there is no header, or two columns have the same name.
    """

    def __init__(self, path: Path, progress: Progress | None = None) -> None:
        self._path = path
        self._progress = progress
        start = list(islice(_lines(path, None), _HEADER_LINES))
        headers = {d: next(_rows(iter(start), d), None) for d in DELIMITERS}
        self._delimiter = max(DELIMITERS, key=lambda d: _width(headers[d]))
        self._columns = _checked_header(path, headers[self._delimiter])

    @property
    def columns(self) -> tuple[str, ...]:
        """The header's names; a blank name becomes “column N”."""
        return self._columns

    def batches(self) -> Iterator[pa.Table]:
        """The rows in batches; see ``Reader``."""
        width = len(self._columns)
        rows = islice(_rows(_lines(self._path, self._progress), self._delimiter), 1, None)
        while batch := list(islice(rows, BATCH_ROWS)):
            judged = [_judged(row, width) for row in batch]
            lines, texts, fields, problems = (list(part) for part in zip(*judged, strict=True))
            yield as_table(width, lines, texts, problems, fields)


def _checked_header(path: Path, header: _Row | None) -> tuple[str, ...]:
    if header is None:
        raise LoadError(f"{path.name} has no header: every line is blank.", "Export it again.")
    if header.fields is None:
        raise LoadError(f"{path.name}, line {header.line}: {header.problem}.", "Mend the header.")
    names = tuple(
        name.strip() or f"column {index}" for index, name in enumerate(header.fields, start=1)
    )
    seen: dict[str, int] = {}
    for index, name in enumerate(names, start=1):
        if normal(name) in seen:
            raise LoadError(
                f"{path.name}, line {header.line}: columns {seen[normal(name)]} and {index} are"
                f" both called {name!r}.",
                "Give every column a name of its own.",
            )
        seen[normal(name)] = index
    return names


def _judged(row: _Row, width: int) -> _Row:
    if row.fields is None or len(row.fields) == width:
        return row
    fields = f"{len(row.fields)} field{'' if len(row.fields) == 1 else 's'}"
    return row._replace(fields=None, problem=f"row: {fields} instead of {width}")


def _width(row: _Row | None) -> int:
    return len(row.fields) if row and row.fields else 1


class _Feed:
    """The lines of a file, remembering those that the current row took."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._returned: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else next(self._lines)
        self.taken.append(line)
        return line

    def keep_first(self) -> str:
        """Give back all lines of the row but the first."""
        first, *rest = self.taken
        self._returned.extendleft(reversed(rest))
        return first


def _rows(lines: Iterator[str], delimiter: str) -> Iterator[_Row]:
    """The rows that are not blank, the header among them."""
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    number = 1
    while True:
        feed.taken = []
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            text = feed.keep_first().rstrip("\r\n")
            yield _Row(number, text, None, f"row: {_problem(error)}")
            number += 1
            reader = csv.reader(feed, delimiter=delimiter, strict=True)
            continue
        if fields:
            yield _Row(number, "".join(feed.taken).rstrip("\r\n"), fields, None)
        number += len(feed.taken)


def _problem(error: csv.Error) -> str:
    """What keeps a row from being taken apart; Python tells it by the wording alone."""
    if "field larger than" in str(error):
        return f"a cell is longer than {csv.field_size_limit():,} characters"
    return "a quote opens and is not closed, or text follows a closing quote"


def _lines(path: Path, progress: Progress | None) -> Iterator[str]:
    """The lines of a file with their line ends."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    number, rest = 0, ""
    for block in blocks(path, progress):
        if b"\0" in block:
            raise LoadError(f"{path.name} is not text in UTF-8: it has zero bytes.", _NOT_UTF8)
        try:
            text = rest + decoder.decode(block)
        except UnicodeDecodeError as error:
            raise _not_utf8(path, number, error) from error
        rest = ""
        for line in io.StringIO(text, newline=""):
            if line.endswith("\n"):
                number += 1
                yield line
            else:
                # The line goes on in the next block; a lone \r may be half of a line end.
                rest += line
        if len(rest) > MAX_LINE:
            raise LoadError(
                f"{path.name}, line {number + 1} does not end within {MAX_LINE:,} characters.",
                "Check that the file is a table of text.",
            )
    try:
        rest += decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _not_utf8(path, number, error) from error
    yield from io.StringIO(rest, newline="")


def _not_utf8(path: Path, lines: int, error: UnicodeDecodeError) -> LoadError:
    line = lines + 1 + error.object.count(b"\n", 0, error.start)
    byte = error.object[error.start]
    return LoadError(f"{path.name}, line {line}: byte 0x{byte:02X} is not UTF-8.", _NOT_UTF8)
