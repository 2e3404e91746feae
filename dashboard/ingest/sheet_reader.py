"""Reading a workbook: XLSX, XLSM, XLSB, XLS and ODS.

Runs in a process of its own (see ``sandbox``): a workbook is read as a whole, and a small file can
ask for any amount of memory.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import python_calamine as calamine

from dashboard.errors import LoadError
from dashboard.i18n import N_
from dashboard.ingest.reader import Form, as_table
from dashboard.ingest.rows import Row
from dashboard.ingest.shape import shape_of, titles

BATCH_ROWS = 5_000

_SAMPLE_ROWS = 1_000
_NEAR_SECOND = 1_000
"""Microseconds: a time kept as a serial number is that close to the second that is meant."""

_EXACT_INTEGERS = 10**15
_MAX_SPANNED = 1_000_000
"""Cells that merged cells may span together; beyond, they are read as they stand."""

_SAVE_AS_CSV = N_("Open it, save the sheet as CSV UTF-8 and load that.")


class SheetReader:
    """One sheet of a workbook, as a ``Reader``: ``sheet``, or the first that holds anything.

    What a merged cell says is read in every cell that it spans downwards and, in a header, across.
    Blank rows and blank columns are left out. Raises LoadError where it cannot be read.
    """

    def __init__(self, path: Path, sheet: str | None = None) -> None:
        try:
            self._book = calamine.CalamineWorkbook.from_path(str(path))
            self._sheet = self._chosen(path, sheet)
        except calamine.PasswordError as error:
            raise LoadError(
                "{file} is protected by a password.", _SAVE_AS_CSV, file=path.name
            ) from error
        except (calamine.CalamineError, OSError, ValueError) as error:
            raise LoadError(
                "{file} cannot be read as a workbook: {error}.",
                _SAVE_AS_CSV,
                file=path.name,
                error=error,
            ) from error
        spans = _spans(self._sheet)
        self._down = {cell: first for cell, first in spans.items() if cell[1] == first[1]}
        self._across = {cell: first for cell, first in spans.items() if cell[0] == first[0]}
        sample = list(islice(self._rows(), _SAMPLE_ROWS))
        if not sample:
            raise LoadError(
                "{file}: sheet {sheet!r} is blank.",
                "Name another with --sheet.",
                file=path.name,
                sheet=self._sheet.name,
            )
        above = titles([row for _, row in sample])
        merged = above
        while merged < len(sample) and self._spread(*sample[merged]):
            merged += 1
        filled = {index for _, row in self._rows() for index, cell in enumerate(row) if cell}
        self._kept = sorted(filled)
        cells = [[row[index] for index in self._kept] for _, row in sample]
        self._shape = shape_of(path.name, cells, [line for line, _ in sample], merged=merged)

    @property
    def columns(self) -> tuple[str, ...]:
        """The header's names; of a header of several rows, joined by a blank."""
        return self._shape.columns

    @property
    def form(self) -> Form:
        """How the workbook is written."""
        return Form(
            above=self._shape.above,
            header=self._shape.height,
            sheet=self._sheet.name,
            sheets=tuple(self._book.sheet_names),
        )

    def batches(self) -> Iterator[pa.Table]:
        """The rows in batches; see ``Reader``."""
        rows = islice(self._rows(), self._shape.above + self._shape.height, None)
        while batch := list(islice(rows, BATCH_ROWS)):
            yield as_table(len(self.columns), [self._row(*row) for row in batch])

    def _row(self, line: int, cells: list[str]) -> Row:
        fields = [cells[index] for index in self._kept]
        return Row(line, csv_text(fields), fields, None)

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Row number of the sheet, and its cells as text; blank rows are left out."""
        first_row, first_column = self._sheet.start or (0, 0)
        above: dict[int, str] = {}
        for number, values in enumerate(self._sheet.iter_rows(), start=first_row):
            row = [_text(value) for value in values]
            for index in range(len(row)):
                cell = (number, index + first_column)
                if cell in self._down:
                    row[index] = above.get(index, "") if self._down[cell] != cell else row[index]
                    above[index] = row[index]
            if any(row):
                yield number + 1, row

    def _spread(self, line: int, row: list[str]) -> bool:
        """Write what cells of this row span across into every cell, and say whether any does."""
        first_column = (self._sheet.start or (0, 0))[1]
        found = False
        for index in range(len(row)):
            first = self._across.get((line - 1, index + first_column))
            if first is not None and first[1] >= first_column:
                row[index] = row[first[1] - first_column]
                found = True
        return found

    def _chosen(self, path: Path, sheet: str | None) -> calamine.CalamineSheet:
        names = self._book.sheet_names
        if sheet is not None:
            if sheet not in names:
                raise LoadError(
                    "{file} has no sheet {sheet!r}.",
                    "It has: {names}.",
                    file=path.name,
                    sheet=sheet,
                    names=", ".join(names),
                )
            return self._book.get_sheet_by_name(sheet)
        shown = [
            about.name
            for about in self._book.sheets_metadata
            if about.visible == calamine.SheetVisibleEnum.Visible
            and about.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        for name in shown:
            found = self._book.get_sheet_by_name(name)
            if found.height:
                return found
        raise LoadError(
            "{file} has no sheet with anything in it.", "Export it again.", file=path.name
        )


def csv_text(fields: list[str]) -> str:
    """The fields as a line of CSV, to be kept as the row's text."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(fields)
    return buffer.getvalue()


def _spans(sheet: calamine.CalamineSheet) -> Mapping[tuple[int, int], tuple[int, int]]:
    """Cell → the first cell of the merged cells that it belongs to."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if len(spans) + (bottom - top + 1) * (right - left + 1) > _MAX_SPANNED:
            break
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                spans[row, column] = (top, left)
    return spans


def _text(value: Any) -> str:
    """A cell as text: times as ISO writes them, whole numbers without a decimal point."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        exact = value.is_integer() and abs(value) < _EXACT_INTEGERS
        return str(int(value)) if exact else repr(value)
    if isinstance(value, datetime):
        moment = _second(value)
        return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ")
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return "" if value is None else str(value)


def _second(value: datetime) -> datetime:
    near = value + timedelta(microseconds=_NEAR_SECOND)
    if near.microsecond <= 2 * _NEAR_SECOND:
        return near.replace(microsecond=0)
    return value
