"""Writing refused rows to a file that can be corrected and loaded again; see ``correct``."""

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from dashboard.errors import LoadError
from dashboard.i18n import Translator
from dashboard.ingest.correct import OWN, cell, quarantine_id, title
from dashboard.ingest.held import HeldFile, HeldRow
from dashboard.quality import reason

_LONGEST = 32_000
"""Characters of a text beside the fields; a cell of a spreadsheet ends soon after."""


def write_download(held: HeldFile, file: Path, t: Translator) -> int:
    """Write the rows as CSV to ``file``, which only its owner may read; gives their number.

    Reasons are in the language of ``t``. Raises LoadError where the rows cannot be corrected one by
    one, or the file cannot be written.
    """
    if held.mapping.fold:
        raise LoadError(
            "The rows of {table} were put together from several rows of a log, so that they cannot"
            " be corrected by themselves.",
            "Correct the log and load it again: that closes every row that it has.",
            table=held.table,
        )
    try:
        with _private(file) as draft:
            _write(draft, held, t)
    except OSError as error:
        raise LoadError(
            "{file} cannot be written: {why}.", "Name another place.", file=file, why=error
        ) from error
    return len(held.rows)


@contextmanager
def _private(file: Path) -> Iterator[TextIO]:
    """A text that appears as ``file`` when it is complete, and that only its owner may read."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".tmp")
    try:
        with open(descriptor, "w", encoding="utf-8-sig", newline="") as draft:
            yield draft
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _write(draft: TextIO, held: HeldFile, t: Translator) -> None:
    rows = csv.writer(draft, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerow([*OWN, *map(title, held.header)])
    rows.writerows(_cells(held, row, t) for row in held.rows)


def _cells(held: HeldFile, row: HeldRow, t: Translator) -> Iterator[str]:
    yield quarantine_id(row.load_id, row.line)
    yield str(row.line)
    yield cell(told(t, held, row))
    yield cell(row.text[:_LONGEST] if row.fields is None or row.edited else "")
    yield from map(cell, row.fields or [""] * len(held.header))


def told(t: Translator, held: HeldFile, row: HeldRow) -> str:
    """The reasons of a row, which name the columns as its file does."""
    return t("; ").join(
        reason(t, held.table, (each.column, each.rule, each.value), _name(held, each.column))
        for each in row.problems
    )


def _name(held: HeldFile, column: str) -> str:
    rule = held.mapping.columns.get(column)
    return rule.origin if rule else column
