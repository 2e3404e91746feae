"""Rows with a separator too many or too few, and quotes that stand for themselves.

Such a row is put right only where there is exactly one way to do it under which every field looks
like the other fields of its column; else it stays refused. “Looks like” is the pattern of a field:
its kinds of characters, as in ``AA-9999`` or ``9999-99-99 99:99``.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from dashboard.ingest.rows import Row
from dashboard.ingest.sniff import Dialect

_EVIDENCE_ROWS = 20
_FEW = 0.05
"""Where more of the rows are ragged, a pattern of its own is behind it, not a slip."""

_MANY_PATTERNS = 8
_LONGEST = 4_000
"""Characters of a row beyond which it is not put right."""

_LONE_AND_A_PAIR = 3
_MIN_WIDTH = 3
_RUNS = ((re.compile(r"[0-9]+"), "9"), (re.compile(r"[^\W\d_]+"), "A"), (re.compile(r"\s+"), " "))

NONE_CLOSED = "a quote that is not closed was read as it stands"
QUOTES_INSIDE = "quotes inside a quoted field were read as they stand"
REALIGNED = "a separator too many or too few was put right"


class Repair:
    """What is known of the columns from a sample of rows that are as wide as the header."""

    def __init__(self, width: int, sample: Sequence[Row], dialect: Dialect) -> None:
        self._width = width
        self._delimiter = dialect.delimiter
        self._quote = dialect.quote
        right = [row.fields for row in sample if row.fields and len(row.fields) == width]
        ragged = sum(bool(row.fields) and len(row.fields or ()) != width for row in sample)
        self._slips = ragged <= _FEW * len(right) and not dialect.spaced
        enough = self._slips and len(right) >= _EVIDENCE_ROWS
        self._patterns = (
            [_patterns(column) for column in zip(*right, strict=True)] if enough else []
        )

    def __call__(self, row: Row) -> Row:
        """The row put right, or as it is."""
        if row.fields is None:
            return self._quotes(row)
        if not self._patterns or len(row.text) > _LONGEST:
            return row
        fitting = [way for way in self._ways(row.fields) if self._fits(way)]
        if fitting and all(way == fitting[0] for way in fitting):
            return row._replace(fields=fitting[0], problem=None, repair=REALIGNED)
        return row

    def _ways(self, fields: list[str]) -> Iterator[list[str]]:
        if len(fields) == self._width + 1:
            for index, field in enumerate(fields):
                if not field.strip():
                    yield fields[:index] + fields[index + 1 :]
                if index:
                    both = fields[index - 1] + self._delimiter + field
                    yield [*fields[: index - 1], both, *fields[index + 1 :]]
        if len(fields) == self._width - 1:
            for index, field in enumerate(fields):
                for cut in range(len(field) + 1):
                    yield [*fields[:index], field[:cut], field[cut:], *fields[index + 1 :]]

    def _fits(self, fields: list[str]) -> bool:
        return all(
            known is None or pattern(field) in known
            for field, known in zip(fields, self._patterns, strict=True)
        )

    def _quotes(self, row: Row) -> Row:
        few = row.text.count(self._quote) < _LONE_AND_A_PAIR
        if few or not self._slips or len(row.text) > _LONGEST:
            return row
        quote, end = re.escape(self._quote), rf"(?={re.escape(self._delimiter)}|$)"
        inside = rf" ?{quote}((?:[^{quote}]|{quote}(?!{end[3:-1]}))*+){quote}{end}"
        plain = rf"(?!{quote})[^{re.escape(self._delimiter)}]*+{end}"
        lone = rf"{quote}[^{re.escape(self._delimiter)}{quote}]+{end}"
        closed = rf"{quote}(?:[^{quote}]|{quote}{quote})*+{quote}{end}"
        for told, forms in ((NONE_CLOSED, (closed, lone, plain)), (QUOTES_INSIDE, (inside, plain))):
            fields = self._taken_apart(row.text, re.compile("|".join(forms)))
            if fields is not None and len(fields) == self._width:
                return row._replace(fields=fields, problem=None, repair=told)
        return row

    def _taken_apart(self, text: str, field: re.Pattern[str]) -> list[str] | None:
        """The fields of one line, None where some part of it is no field."""
        fields, at = [], 0
        while found := field.match(text, at):
            fields.append(self._bare(found.group().strip()))
            if found.end() == len(text):
                return fields
            at = found.end() + len(self._delimiter)
        return None

    def _bare(self, field: str) -> str:
        if len(field) > 1 and field[0] == field[-1] == self._quote:
            return field[1:-1].replace(self._quote * 2, self._quote)
        return field


def mended_header(row: Row, body: Sequence[Row], dialect: Dialect) -> Row:
    """A header that reads to another number of fields than the rows below, put right where its
    quotes show how: a quote that is not closed, or no separator beside a quote."""
    width = Counter(len(below.fields or ()) for below in body).most_common(1)[0][0] if body else 0
    if width < _MIN_WIDTH or (row.fields and len(row.fields) == width):
        return row
    if row.fields is None:
        row = Repair(width, [], dialect)(row)
    pieces = _pieces(row.text, dialect)
    if row.fields is None or (len(row.fields) == width - 1 == len(pieces) - 1):
        right = len(pieces) == width
        return row._replace(fields=pieces, problem=None) if right else row
    return row


def _pieces(text: str, dialect: Dialect) -> list[str]:
    """The fields of a line in which a quoted field needs no separator beside it."""
    quote, delimiter = re.escape(dialect.quote), re.escape(dialect.delimiter)
    found = re.findall(rf"{quote}([^{quote}]*){quote}|([^{quote}{delimiter}]+)", text)
    return [quoted or plain for quoted, plain in found]


def pattern(field: str) -> str:
    """The kinds of characters of a field, with runs of one kind as one."""
    for run, sign in _RUNS:
        field = run.sub(sign, field)
    return field


def _patterns(column: Sequence[str]) -> frozenset[str] | None:
    """The patterns that a column's fields have; None where they are too many to tell anything."""
    counted = Counter(map(pattern, column))
    return frozenset(counted) if len(counted) <= _MANY_PATTERNS else None
