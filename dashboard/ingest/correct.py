"""Downloads of refused rows, and reading them again when they have been corrected.

A download is CSV that a spreadsheet opens: first the columns ``quarantine_id``, ``line``,
``reasons`` and ``text``, then those of the source. A cell that a spreadsheet would take for a
formula, a number or a time begins with an apostrophe, so that it is saved as it is; on the way in
one apostrophe is taken off. Whoever writes a cell anew need not write one.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from dashboard.errors import LoadError
from dashboard.ingest.binding import Mapping
from dashboard.ingest.held import came_from
from dashboard.ingest.names import BLANKS, QUARANTINE_ID, normal
from dashboard.ingest.reader import Form, Reader
from dashboard.ingest.result import Correction
from dashboard.spreadsheet import is_changed

OWN = (QUARANTINE_ID, "line", "reasons", "text")
"""Columns of a download that are not the source's."""

NOT_FILLED_IN = "row: nothing is filled in"

_MARK = "'"
_AS_JSON = "'json:"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ID = re.compile(r"([0-9a-f]{16}):([0-9]{1,18})")


def quarantine_id(load_id: str, line: int) -> str:
    """What a row of a download is known by."""
    return f"{load_id}:{line}"


def cell(text: str | None) -> str:
    """A text as a cell that a spreadsheet leaves as it is; see ``plain``."""
    if not text:
        return ""
    if _UNWRITABLE.search(text):
        return _AS_JSON + json.dumps(text)
    return _MARK + text if text.startswith(_MARK) or is_changed(text) else text


def plain(cell: str | None) -> str | None:
    """The text that a cell of a download holds."""
    if not cell or not cell.startswith(_MARK):
        return cell
    if cell.startswith(_AS_JSON):
        try:
            text = json.loads(cell.removeprefix(_AS_JSON))
        except ValueError:
            text = None
        if isinstance(text, str):
            return text
    return cell[1:]


def title(column: str) -> str:
    """The name of a source column as a download has it, unlike the download's own columns."""
    return _MARK + column if normal(column) in OWN else cell(column)


def correcting(reader: Reader, store: Path) -> Reader:
    """The reader itself; of a download of refused rows, one of the source that they came from."""
    if QUARANTINE_ID in map(normal, reader.columns):
        return Corrected(reader, store)
    return reader


class Corrected:
    """A download of refused rows, as a ``Reader`` of the source that they came from.

    corrections  which rows of it correct which held rows
    mapping      how those were read; None where the store holds none, or they were not read alike
    """

    def __init__(self, reader: Reader, store: Path) -> None:
        self._reader = reader
        names = list(map(normal, reader.columns))
        self._id = names.index(QUARANTINE_ID)
        self.corrections = tuple(self._corrections())
        origins = came_from(store, self.corrections)
        self._alike = len(origins) < 2
        self.mapping: Mapping | None = origins[0].mapping if len(origins) == 1 else None
        columns = {
            plain(reader.columns[index]) or "": index
            for index, given in enumerate(names)
            if given not in OWN
        }
        # In the order that they had, wherever they have been moved to.
        known = [name for name in (origins[0].header if origins else ()) if name in columns]
        self.columns = tuple(dict.fromkeys([*known, *columns]))
        self._places = [columns[name] for name in self.columns]

    def require_mapping(self, name: str, table: str | None) -> None:
        """Raise LoadError where nothing tells how the rows of the file ``name`` are to be read."""
        if not self._alike:
            raise LoadError(
                "{file} has rows of files that were read in different ways.",
                "Put the rows of each file into a file of their own, as they were downloaded.",
                file=name,
            )
        if self.mapping is None and table is None:
            raise LoadError(
                "{file} has rows of a quarantine, but not of this store's.",
                "Load it into the store that it came from, or name the table with --table.",
                file=name,
            )

    @property
    def form(self) -> Form:
        """How the file is written."""
        return self._reader.form

    def batches(self) -> Iterator[pa.Table]:
        """The rows in batches; see ``Reader``."""
        for batch in self._reader.batches():
            given = [map(plain, batch[f"c{place}"].to_pylist()) for place in self._places]
            cells = zip(*given, strict=True) if given else [()] * len(batch)
            rows: list[tuple[str | None, ...]] = list(cells)
            unread: list[str | None] = batch["problem"].to_pylist()
            for index, fields in enumerate(rows):
                if unread[index] is None and not any((each or "").strip(BLANKS) for each in fields):
                    unread[index] = NOT_FILLED_IN
                    rows[index] = (None,) * len(fields)
            columns = list(zip(*rows, strict=True)) or [()] * len(given)
            yield pa.table(
                {name: batch[name] for name in ("line", "source_text")}
                | {"problem": pa.array(unread, pa.string()), "repair": batch["repair"]}
                | {f"c{n}": pa.array(texts, pa.string()) for n, texts in enumerate(columns)}
            )

    def _corrections(self) -> Iterator[Correction]:
        for batch in self._reader.batches():
            names = ("line", "source_text", "problem", f"c{self._id}")
            rows = zip(*(batch[name].to_pylist() for name in names), strict=True)
            for line, text, problem, given in rows:
                # A row that was broken by hand still says what it corrects, most likely first.
                if found := _ID.search(text if problem else given or ""):
                    yield Correction(line, found[1], int(found[2]))
