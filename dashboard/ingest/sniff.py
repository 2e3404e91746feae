"""How a text of separated values is written: delimiter, quote, escape.

The evidence is the reading itself: each likely dialect reads a sample, and the one under which most
rows have one and the same number of fields is taken. A text that reads without any doubt under one
of the usual delimiters is settled at once.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.ingest.names import QUARANTINE_ID, normal
from dashboard.ingest.rows import Row, rows
from dashboard.ingest.surplus import Surplus

USUAL = (",", ";", "\t", "|")
"""Delimiters that need no further evidence."""

_RARE = ":~^#!*\x01\x1e\x1f "
_RARE_WEIGHT = 0.5
_ESCAPE_WEIGHT = 0.97
_RARE_ROWS = 3
_QUOTES = ('"', "'")
_ESCAPES = ("\\", "\0")
_SAMPLE_ROWS = 200
"""Rows of the sample that every dialect reads."""

_SAMPLE_CHARACTERS = 2**18
"""Characters of a line that are looked at."""


@dataclass(frozen=True)
class Dialect:
    """How a text is written; ``spaced`` texts have a blank behind each delimiter."""

    delimiter: str = ","
    quote: str = '"'
    escape: str | None = None
    spaced: bool = False

    @property
    def marks(self) -> tuple[str, str]:
        """Delimiter and quote."""
        return self.delimiter, self.quote

    def rows(self, lines: Iterator[str]) -> Iterator[Row]:
        """The rows of these lines that are not blank."""
        return rows(
            lines,
            delimiter=self.delimiter,
            quote=self.quote,
            escape=self.escape,
            spaced=self.spaced,
        )


def sniff(sample: Sequence[str]) -> Dialect:
    """The dialect of a text whose first lines are ``sample``."""
    if download := _of_download(sample):
        return download
    text = "".join(sample[:_SAMPLE_ROWS])
    candidates = [Dialect(delimiter) for delimiter in USUAL]
    scores = {dialect: _score(dialect, sample, text) for dialect in candidates}
    certain = [dialect for dialect in candidates if scores[dialect].certain]
    if not certain:
        candidates = list(_candidates(text))
        scores = {dialect: _score(dialect, sample, text) for dialect in candidates}
        certain = [dialect for dialect in candidates if scores[dialect].value > 0]
    return max(certain, key=lambda dialect: scores[dialect].value, default=Dialect())


def _of_download(sample: Sequence[str]) -> Dialect | None:
    """The dialect of a download of refused rows, None of other texts.

    It was written by this program or a spreadsheet, neither of which escapes quotes: what the cells
    look like is no evidence.
    """
    for dialect in map(Dialect, USUAL):
        first = next(dialect.rows(iter(sample)), None)
        if first and QUARANTINE_ID in map(normal, first.fields or ()):
            return dialect
    return None


@dataclass(frozen=True)
class _Score:
    """``value`` orders dialects; ``certain``: every row of the sample has the same fields."""

    value: float
    certain: bool


def _candidates(text: str) -> Iterator[Dialect]:
    escapes = [None, *(mark for mark in _ESCAPES if f'{mark}"' in text or f"{mark}'" in text)]
    for delimiter in (*USUAL, *(char for char in _RARE if char in text)):
        at_edge = re.compile(
            rf"(?:^|{re.escape(delimiter)})[ ]?'|'(?:{re.escape(delimiter)}|$)", re.M
        )
        for quote in _QUOTES:
            if quote == '"' or at_edge.search(text):
                spaced = f"{delimiter} {quote}" in text and delimiter != " "
                for escape in escapes:
                    yield Dialect(delimiter, quote, escape, spaced)


def _score(dialect: Dialect, sample: Sequence[str], text: str) -> _Score:
    """The share of rows with the commonest number of fields, more for more fields, less where
    fields still bear quotes."""
    if dialect.delimiter not in text:
        return _Score(0, certain=False)
    read = []
    for row in dialect.rows(iter(sample)):
        read.append(row)
        if len(read) >= _SAMPLE_ROWS:
            break
    widths = Counter(len(row.fields) for row in read if row.fields)
    if not widths:
        return _Score(0, certain=False)
    width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    names = len(read[0].fields or ())
    if names > 1 and count < len(read) and not dialect.spaced:
        explained = widths[names] + Surplus(names, read[1:], *dialect.marks).explained
        width, count = max((width, count), (names, explained), key=lambda item: item[1])
    fields = [field for row in read for field in row.fields or ()]
    bearing = sum(_bears_quotes(field) for field in fields)
    weight = _ESCAPE_WEIGHT if dialect.escape else 1.0
    if dialect.delimiter not in USUAL:
        # A sign of the text itself is easily taken for one of these: no row may deviate.
        weight = _RARE_WEIGHT if count == len(read) >= _RARE_ROWS else 0
    value = weight * count / len(read) * (1 - 1 / width) * (1 - bearing / len(fields))
    return _Score(value, certain=count == len(read) and width > 1 and not bearing)


def _bears_quotes(field: str) -> bool:
    field = field.strip()
    return len(field) > 1 and (
        (field[0] == field[-1] and field[0] in _QUOTES) or '\\"' in field or '\0"' in field
    )
