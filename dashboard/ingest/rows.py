"""From lines to rows: each with its line number and its text exactly as the file has it.

A row that cannot be taken apart is handed on with its problem, never dropped. Where a quote is not
closed, or something follows a closing quote, only the line where the row begins is given up and
reading goes on with the next line.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from typing import Any, NamedTuple

from dashboard.errors import Said

MAX_ROW = 4 * 2**20
"""Characters that a row of several lines may have: quotes that close and open again line by line
would make one row of a whole file."""


class Row(NamedTuple):
    """A row: number of its first line, its text without the line end, and fields or problem.

    ``repair`` says how a row that was written wrongly was put right, null for most.
    """

    line: int
    text: str
    fields: list[str] | None
    problem: Said | None
    repair: str | None = None


_TOO_LONG = "row too long"


class _Feed:
    """The lines of a file, remembering those that the current row took."""

    def __init__(self, lines: Iterator[str], escaped: re.Pattern[str] | None, quote: str) -> None:
        self._lines = lines
        self._escaped = escaped
        self._quote = quote
        self._returned: deque[str] = deque()
        self._size = 0
        self.taken: list[str] = []

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else next(self._lines)
        if self.taken:
            self._size += len(line)
            if self._size > MAX_ROW:
                self._returned.appendleft(line)
                raise csv.Error(_TOO_LONG)
        self.taken.append(line)
        return self._escaped.sub(self._doubled, line) if self._escaped else line

    def _doubled(self, run: re.Match[str]) -> str:
        """A run of escapes: where a quote follows an odd one, it becomes a doubled quote."""
        text = run.group()
        odd = text.endswith(self._quote) and len(text) % 2 == 0
        return text[:-2] + self._quote * 2 if odd else text

    def begin(self) -> None:
        """Forget the lines of the row before."""
        self.taken, self._size = [], 0

    def keep_first(self) -> str:
        """Give back all lines of the row but the first."""
        first, *rest = self.taken
        self._returned.extendleft(reversed(rest))
        return first


def rows(
    lines: Iterator[str], *, delimiter: str, quote: str, escape: str | None, spaced: bool
) -> Iterator[Row]:
    """The rows that hold anything, the header among them.

    ``escape`` stands before a quote that is not the end of its field; elsewhere it stands for
    itself. In ``spaced`` texts a blank follows each delimiter.
    """
    escaped = re.compile(rf"{re.escape(escape)}++{re.escape(quote)}?") if escape else None
    feed = _Feed(lines, escaped, quote)
    dialect: dict[str, Any] = {
        "delimiter": delimiter,
        "quotechar": quote,
        "skipinitialspace": spaced,
        "strict": True,
    }
    reader = csv.reader(feed, **dialect)
    number = 1
    while True:
        feed.begin()
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            text = feed.keep_first().rstrip("\r\n")
            yield Row(number, text, None, _problem(error))
            number += 1
            reader = csv.reader(feed, **dialect)
            continue
        taken = feed.taken
        if any(fields):
            text = taken[0] if len(taken) == 1 else "".join(taken)
            yield Row(number, text.rstrip("\r\n"), fields, None)
        number += len(taken)


def _problem(error: csv.Error) -> Said:
    """What keeps a row from being taken apart; Python tells it by the wording alone."""
    if str(error) == _TOO_LONG:
        return Said("a row of several lines is longer than {n} characters", n=f"{MAX_ROW:,}")
    if "field larger than" in str(error):
        return Said("a cell is longer than {n} characters", n=f"{csv.field_size_limit():,}")
    if "new-line character" in str(error):
        return Said("a carriage return stands in it outside of quotes")
    return Said("a quote opens and is not closed, or text follows a closing quote")
