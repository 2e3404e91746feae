"""Where a table begins in a source: title lines above it, its header of one or more rows.

Works on the first rows of any source, text or sheet, so that both are understood alike.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.errors import LoadError
from dashboard.ingest.names import normal

MAX_COLUMNS = 4_000
"""Columns of a source: each takes memory and time, whatever is in it."""

_TITLE_ROWS = 30
"""A header stands within the first so many rows."""

_HEADER_ROWS = 4
_MIN_EVIDENCE = 3
"""Rows below a header that it takes to doubt the header."""

_TYPED = re.compile(
    r"[-+]?[$¥￥€£]?\s?[-+]?(\d[\d,. ]*|\.\d+)(e[-+]?\d+)?\s?%?"  # a number
    r"|\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?([ T].*)?"  # a date or a time with it
    r"|\d{1,2}:\d{2}(:\d{2}([.]\d+)?)?( ?[AaPp][Mm])?",  # a time of day
    re.IGNORECASE,
)

Cells = Sequence[str]


@dataclass(frozen=True)
class Shape:
    """How a table lies in its source.

    above    rows above the header, which are not part of the table
    height   rows of the header; 0 where there is none
    columns  names, no two alike; a blank name is “column N”
    """

    above: int
    height: int
    columns: tuple[str, ...]


def shape_of(name: str, rows: Sequence[Cells], lines: Sequence[int], *, merged: int = 0) -> Shape:
    """The shape of the table that begins with these rows that are not blank.

    ``merged``: rows from the top of the table that cells spanning several columns belong to; they
    and one more are the header. ``name`` of the file and ``lines`` of the rows are for messages.
    Raises LoadError where no header can be made out, or two columns have one name.
    """
    above = titles(rows)
    height = merged - above + 1 if merged > above else _height(rows[above:])
    head, body = rows[above : above + height], rows[above + height :]
    names = [_joined(parts, merged=merged > above) for parts in _columns_of(head)]
    if not names:
        names = [""] * _common_width(body)
    place = f"{name}, line {lines[above]}"
    return Shape(above, height, unlike(place, _fitted(place, names, body)))


def _common_width(rows: Sequence[Cells]) -> int:
    return Counter(len(row) for row in rows).most_common(1)[0][0] if rows else 1


def _filled(row: Cells) -> int:
    return sum(1 for cell in row if cell.strip())


def titles(rows: Sequence[Cells]) -> int:
    """How many title rows there are: rows with few cells above rows with many."""
    usual = Counter(_filled(row) for row in rows).most_common(1)[0][0] if rows else 0
    few = max(1, usual // 3)
    if usual <= few:
        return 0
    beginnings = (index for index, row in enumerate(rows[:_TITLE_ROWS]) if _filled(row) > few)
    return next(beginnings, 0)


def _height(rows: Sequence[Cells]) -> int:
    """Rows of the header: 0 where the first row is data, more where rows repeat or complete it."""
    if len(rows) > _MIN_EVIDENCE and _is_data(rows[0], rows[1:]):
        return 0
    height = 1
    while height < min(_HEADER_ROWS, len(rows)) and list(rows[height]) == list(rows[0]):
        height += 1
    return height


def _is_data(first: Cells, body: Sequence[Cells]) -> bool:
    """Whether the first row has numbers and times where the rows below have them."""
    alike = 0
    for index, cell in enumerate(first):
        below = [row[index].strip() for row in body if index < len(row) and row[index].strip()]
        typed = below and sum(map(_typed, below)) > 0.9 * len(below)
        if typed and cell.strip():
            if not _typed(cell.strip()):
                return False
            alike += 1
    return alike > 0


def _typed(cell: str) -> bool:
    return _TYPED.fullmatch(cell) is not None


def _columns_of(head: Sequence[Cells]) -> list[list[str]]:
    width = max(map(len, head), default=0)
    return [
        [row[index].strip() if index < len(row) else "" for row in head] for index in range(width)
    ]


def _fitted(name: str, names: list[str], body: Sequence[Cells]) -> list[str]:
    """The names where a separator too many stands in the header; refused where one is missing."""
    width = _common_width(body) if body else len(names)
    given = [text for text in names if text]
    if len(body) < _MIN_EVIDENCE or any(len(row) == len(names) for row in body):
        return names
    if len(names) > width >= len(given):
        return given if len(given) == width else names[:width]
    if len(names) < width:
        raise LoadError(
            "{name}: the header has {n} names, but the rows have {width} fields.",
            "Mend the header, a separator is missing in it: {names}.",
            name=name,
            n=f"{len(names):,}",
            width=f"{width:,}",
            names=", ".join(names),
        )
    return names


def _joined(parts: list[str], *, merged: bool) -> str:
    """The parts of a name from the rows of a header; a cell merged downwards says it once."""
    given = [part for part in parts if part]
    if merged:
        given = [part for index, part in enumerate(given) if part not in given[:index]]
    return " ".join(given)


def unlike(name: str, names: list[str]) -> tuple[str, ...]:
    """Names that a source has, a blank one as “column N”.

    Raises LoadError where two are the same, or they are too many.
    """
    if len(names) > MAX_COLUMNS:
        raise LoadError(
            "{name}: it has {n} columns, and no more than {most} are read.",
            "Export the table with the columns that you need.",
            name=name,
            n=f"{len(names):,}",
            most=f"{MAX_COLUMNS:,}",
        )
    named = [text or f"column {index}" for index, text in enumerate(names, start=1)]
    seen: dict[str, int] = {}
    for index, text in enumerate(named, start=1):
        if normal(text) in seen:
            raise LoadError(
                "{name}: columns {first} and {second} are both called {text!r}.",
                "Give every column a name of its own.",
                name=name,
                first=seen[normal(text)],
                second=index,
                text=text,
            )
        seen[normal(text)] = index
    return tuple(named)
