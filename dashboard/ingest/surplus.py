"""Rows with separators too many, mostly because a text that contains the separator was not quoted.

An address or a description with commas in it is the usual cause. Where the surplus pieces belong is
told by the columns beside: there must be exactly one way to hand them out under which every field
looks like the fields of its column in regular rows. A quoted piece is whole and is joined to no
other; a joined text has no empty end; a field begins with a blank only where fields do.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from dashboard.ingest.patterns import EVIDENCE_ROWS, pattern, patterns
from dashboard.ingest.rows import Row

_MOST = 2_000
"""Joined texts to be weighed from which on a row stays as it is."""

_LEARNED_ROWS = 100
"""Rows with surplus pieces that are looked at to learn where these belong."""

_HABIT = 5
"""Rows from which on surplus pieces in one column are a habit of the writer, not a slip."""

_NEARLY_ALL = 0.9


_Part = tuple[tuple[str, ...], tuple[int, ...]]
"""The last fields of a row, and how many pieces each takes."""


class Way(NamedTuple):
    """A reading of a row: its fields, and the one column that takes several pieces, else None."""

    fields: list[str]
    column: int | None


class Surplus:
    """What is known of the columns from rows that are as wide as the header.

    column    the column that takes the surplus pieces of nearly all rows that have some, or None
    explained how many rows of the sample that explains
    """

    def __init__(self, width: int, sample: Sequence[Row], delimiter: str, quote: str) -> None:
        self._delimiter = delimiter
        self._quote = quote
        regular = [row.fields for row in sample if row.fields and len(row.fields) == width]
        self._columns: list[_Column] = []
        self.column: int | None = None
        self.explained = 0
        if len(regular) >= EVIDENCE_ROWS:
            self._columns = [_Column(fields, delimiter) for fields in zip(*regular, strict=True)]
            self._learn([row for row in sample if row.fields and len(row.fields) > width])

    def way(self, row: Row) -> Way | None:
        """The one way to read a row of more fields than columns; None where it is not one."""
        pieces = row.fields or []
        surplus = len(pieces) - len(self._columns)
        if not self._columns or surplus < 1:
            return None
        quoted = quoted_pieces(row.text, self._delimiter, self._quote)
        if len(quoted) != len(pieces):
            return None
        ways = self._ways(pieces, quoted)
        return ways[0] if len(ways) == 1 else None

    def _learn(self, wide: Sequence[Row]) -> None:
        looked = wide[:_LEARNED_ROWS]
        told = Counter(way.column for row in looked if (way := self.way(row)))
        del told[None]
        for column, count in told.most_common(1):
            if count >= max(_HABIT, _NEARLY_ALL * len(looked)):
                self.column, self.explained = column, round(count / len(looked) * len(wide))

    def _ways(self, pieces: list[str], quoted: list[bool]) -> list[Way]:
        """The ways to hand out the pieces, some blank ones being left out between fields or none;
        two, where there are more, and none, where there are too many to be weighed."""
        # Column → where its field may begin → where it may end, as far as that can be reached.
        steps: list[dict[int, list[int]]] = []
        starts, weighed = {0}, 0
        for column in self._columns:
            reached = _past_blanks(pieces, starts)
            steps.append({start: list(column.ends(pieces, quoted, start)) for start in reached})
            starts = {end for ends in steps[-1].values() for end in ends}
            weighed += sum(map(len, steps[-1].values()))
            if weighed > _MOST:
                return []
        none: _Part = ((), ())
        parts = {start: [none] for start in starts if not "".join(pieces[start:]).strip()}
        for step in reversed(steps):
            parts = self._before(pieces, step, parts)
        return [_as_way(fields, sizes, len(pieces)) for fields, sizes in parts.get(0, ())]

    def _before(
        self, pieces: list[str], step: dict[int, list[int]], behind: dict[int, list[_Part]]
    ) -> dict[int, list[_Part]]:
        """The parts of rows that begin one column before those ``behind``; two for each start."""
        parts: dict[int, list[_Part]] = {}
        for start in sorted(step, reverse=True):
            found: dict[tuple[str, ...], tuple[int, ...]] = {}
            for end in step[start]:
                field = self._delimiter.join(pieces[start:end])
                for fields, sizes in behind.get(end, ()):
                    found[field, *fields] = (end - start, *sizes)
            if not pieces[start : start + 1] or not pieces[start].strip():
                found |= dict(parts.get(start + 1, ()))
            parts[start] = list(found.items())[:2]
        return parts


def _as_way(fields: tuple[str, ...], sizes: tuple[int, ...], pieces: int) -> Way:
    several = [index for index, size in enumerate(sizes) if size > 1]
    spilled = len(several) == 1 and sum(sizes) == pieces
    return Way(list(fields), several[0] if spilled else None)


class _Column:
    """What a column's fields look like: their patterns, None for text of any kind.

    Several pieces may be one field of any text, of a text in which the kinds of their characters
    occur, or where such a field occurs in quotes.
    """

    def __init__(self, fields: Sequence[str], delimiter: str) -> None:
        self._delimiter = delimiter
        self._patterns = patterns(fields)
        self._indented = any(field[:1].isspace() for field in fields)
        given = [field for field in fields if field.strip()]
        varied = 2 * len(set(given)) > len(given)
        self._prose = varied and 2 * sum(map(_is_prose, given)) > len(given)
        self._kinds = {*"".join(self._patterns or ()), delimiter, " "}
        told = any(delimiter in known for known in self._patterns or ())
        self._joins = self._patterns is None or self._prose or told

    def takes(self, field: str) -> bool:
        """Whether a field looks like those of the column."""
        if field[:1].isspace() and not self._indented:
            return False
        return self._patterns is None or pattern(field) in self._patterns

    def ends(self, pieces: list[str], quoted: list[bool], start: int) -> Iterator[int]:
        """Where a field that begins with the piece ``start`` may end."""
        if start < len(pieces) and self.takes(pieces[start]):
            yield start + 1
        if not self._joins or not pieces[start : start + 1] or not pieces[start].strip():
            return
        if pieces[start][:1].isspace() and not self._indented:
            return
        for end in range(start + 2, len(pieces) + 1):
            if quoted[start] or quoted[end - 1]:
                return
            if pieces[end - 1].strip() and self._takes_joined(pieces[start:end]):
                yield end

    def _takes_joined(self, pieces: list[str]) -> bool:
        if self._patterns is None:
            return True
        joined = pattern(self._delimiter.join(pieces))
        return joined in self._patterns or (self._prose and self._kinds.issuperset(joined))


def _is_prose(field: str) -> bool:
    """Whether a field is of words rather than a code or a number."""
    return " " in field.strip() or any(char.isalpha() and not char.isascii() for char in field)


def _past_blanks(pieces: list[str], places: set[int]) -> set[int]:
    """These places, and those that are reached from them by leaving out blank pieces."""
    reached = set(places)
    for index in range(min(places, default=len(pieces)), len(pieces)):
        if index in reached and not pieces[index].strip():
            reached.add(index + 1)
    return reached


def quoted_pieces(text: str, delimiter: str, quote: str) -> list[bool]:
    """Which pieces of a row's text stand in quotes; of another number where that is not clear."""
    piece = _piece(delimiter, quote)
    found, at = [], 0
    while match := piece.match(text, at):
        found.append(match.group(1) is not None)
        at = match.end() + len(delimiter)
        if match.end() == len(text) or text[match.end() : at] != delimiter:
            break
    return found


@cache
def _piece(delimiter: str, quote: str) -> re.Pattern[str]:
    mark, end = re.escape(quote), re.escape(delimiter)
    whole = rf"{mark}(?:[^{mark}]|{mark}{mark})*+{mark}(?={end}|\Z)"
    return re.compile(rf"({whole})|[^{end}]*+", re.DOTALL)
