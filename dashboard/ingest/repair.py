"""Rows with a separator too many or too few, and quotes that stand for themselves.

Such a row is put right only where there is exactly one way to do it under which every field looks
like the other fields of its column; else it stays refused. “Looks like” is the pattern of a field:
its kinds of characters, as in ``AA-9999`` or ``9999-99-99 99:99``.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from dashboard.ingest.glued import parted
from dashboard.ingest.patterns import EVIDENCE_ROWS, pattern, patterns
from dashboard.ingest.rows import Row
from dashboard.ingest.sniff import Dialect
from dashboard.ingest.surplus import Surplus, quoted_pieces

_FEW = 0.05
"""Where more of the rows are ragged, a pattern of its own is behind it, not a slip."""

_LONGEST = 4_000
"""Characters of a row beyond which it is not put right."""

_LONGEST_CUT = 400
"""The same of a field, to be cut in two: every place in it is tried."""

_LONE_AND_A_PAIR = 3
_MIN_WIDTH = 3

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
        # Of a text whose separators are followed by blanks, the blanks are not kept.
        self._surplus = Surplus(width, [] if dialect.spaced else sample, *dialect.marks)
        ragged -= self._surplus.explained
        self._slips = ragged <= _FEW * len(right) and not dialect.spaced
        enough = self._slips and len(right) >= EVIDENCE_ROWS
        self._patterns = [patterns(column) for column in zip(*right, strict=True)] if enough else []

    def __call__(self, row: Row) -> Row:
        """The row put right, or as it is."""
        if row.fields is None:
            return self._quotes(row)
        if len(row.text) > _LONGEST:
            return row
        if len(row.fields) > self._width:
            return self._narrowed(row, len(row.fields) - self._width)
        ways = self._cut(row.fields)
        first = next(ways, None)
        if first and all(way == first for way in ways):
            return row._replace(fields=first, problem=None, repair=REALIGNED)
        return row

    def _narrowed(self, row: Row, surplus: int) -> Row:
        slip, habit = self._slips and surplus == 1, self._surplus.column
        way = self._surplus.way(row) if slip or habit is not None else None
        if way is None or not (slip or way.column == habit):
            return row
        return row._replace(fields=way.fields, problem=None, repair=REALIGNED)

    def _cut(self, fields: list[str]) -> Iterator[list[str]]:
        """The ways to cut one field in two under which all fields fit."""
        known = self._patterns
        if not known or len(fields) != self._width - 1:
            return
        before = _fitting(fields, known)
        behind = _fitting(fields[::-1], known[::-1])
        for index in range(max(0, len(fields) - 1 - behind), min(before + 1, len(fields))):
            field = fields[index]
            for cut in range(len(field) + 1) if len(field) <= _LONGEST_CUT else ():
                if _fits(field[:cut], known[index]) and _fits(field[cut:], known[index + 1]):
                    yield [*fields[:index], field[:cut], field[cut:], *fields[index + 1 :]]

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


def _fitting(fields: Sequence[str], known: Sequence[frozenset[str] | None]) -> int:
    """How many fields from the first on look like those of their columns."""
    fits = (_fits(field, column) for field, column in zip(fields, known, strict=False))
    return sum(1 for _ in takewhile(bool, fits))


def _fits(field: str, known: frozenset[str] | None) -> bool:
    return known is None or pattern(field) in known


def mended_header(row: Row, body: Sequence[Row], dialect: Dialect) -> Row:
    """A header that reads to another number of fields than the rows below, put right where its
    quotes show how (a quote that is not closed, or no separator beside a quote), or where two names
    in one can be told (see ``glued``)."""
    width = Counter(len(below.fields or ()) for below in body).most_common(1)[0][0] if body else 0
    if width < _MIN_WIDTH or (row.fields and len(row.fields) == width):
        return row
    if row.fields is None:
        row = Repair(width, [], dialect)(row)
    pieces = _pieces(row.text, dialect)
    if row.fields is None or (len(row.fields) == width - 1 == len(pieces) - 1):
        right = len(pieces) == width
        return row._replace(fields=pieces, problem=None) if right else row
    if len(row.fields) == width - 1 and not dialect.spaced:
        quoted = quoted_pieces(row.text, *dialect.marks)
        below = [row.fields for row in body if row.fields]
        if len(quoted) == len(row.fields) and all(len(fields) == width for fields in below):
            return row._replace(fields=parted(row.fields, quoted, below) or row.fields)
    return row


def _pieces(text: str, dialect: Dialect) -> list[str]:
    """The fields of a line in which a quoted field needs no separator beside it."""
    quote, delimiter = re.escape(dialect.quote), re.escape(dialect.delimiter)
    found = re.findall(rf"{quote}([^{quote}]*){quote}|([^{quote}{delimiter}]+)", text)
    return [quoted or plain for quoted, plain in found]
