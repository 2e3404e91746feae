"""A table as an Excel workbook."""

import io
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.about import About
from dashboard.exports.table import Column, Table, blocks, columns
from dashboard.spreadsheet import REMEMBERED, formula_like

ROWS_PER_SHEET = 1_000_000
"""Rows under a header; a longer table goes on in a further sheet (Excel ends at 1,048,576)."""

_CELL_LIMIT = 32_767  # UTF-16 units in a cell of Excel
_LARGEST = 10**15  # numbers of Excel have 15 digits
_DAY_ZERO = date(1899, 12, 30).toordinal()
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_WIDEST, _NARROWEST, _SAMPLED = 60, 9, 200
_OPTIONS = {
    "constant_memory": True,  # each row is written away as it comes
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_FORMATS: dict[str, dict[str, Any]] = {
    "header": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
    "integer": {"num_format": "#,##0"},
    "number": {"num_format": "#,##0.0##"},
    "date": {"num_format": "yyyy-mm-dd"},
    "time": {"num_format": "yyyy-mm-dd hh:mm"},
    "quoted": {"quote_prefix": True},  # stays text when a reader edits the cell
    "term": {"bold": True, "text_wrap": True, "valign": "top"},
    "wrapped": {"text_wrap": True, "valign": "top"},
}


def xlsx_bytes(table: Table, about: About) -> bytes:
    """The table as an Excel workbook; its second sheet is what ``about`` says."""
    file, parts = io.BytesIO(), columns(table)
    with xlsxwriter.Workbook(file, _OPTIONS) as workbook:
        workbook.set_properties({"title": _clean(table.title), "comments": _summary(about)})
        formats = {name: workbook.add_format(each) for name, each in _FORMATS.items()}
        names: list[str] = []
        for start in range(0, max(len(table.frame), 1), ROWS_PER_SHEET):
            stop = min(start + ROWS_PER_SHEET, len(table.frame))
            names.append(sheet_name(table.title, names))
            _write_rows(workbook.add_worksheet(names[-1]), parts, start, stop, formats)
            if start == 0:
                names.append(sheet_name(about.sheet, names))
                _write_about(workbook.add_worksheet(names[-1]), about, formats)
    return file.getvalue()


def sheet_name(title: str, taken: Sequence[str] = ()) -> str:
    """A name that Excel takes for a sheet, unlike those ``taken``."""
    kept = "".join(" " if each in "[]:*?/\\" else each for each in _clean(title))
    stem = " ".join(kept.split())[:31].strip("' ") or "1"
    used = {name.casefold() for name in (*taken, "History")}  # Excel keeps that one for itself
    name, number = stem, 1
    while name.casefold() in used:
        number += 1
        name = f"{stem[:25]} ({number})"
    return name


def _write_rows(
    sheet: Worksheet, parts: list[Column], start: int, stop: int, formats: Mapping[str, Format]
) -> None:
    for index, part in enumerate(parts):
        sheet.set_column(index, index, _width(part, start))
        sheet.write_string(0, index, _clean(part.title), formats["header"])
    sheet.freeze_panes(1, 0)
    if parts:
        sheet.autofilter(0, 0, stop - start, len(parts) - 1)
    write = _writer(sheet, formats)
    row = 0
    for rows in blocks(parts, start, stop):
        for cells in rows:
            row += 1
            for index, value in enumerate(cells):
                if value is not None:
                    write(row, index, value)


def _writer(sheet: Worksheet, formats: Mapping[str, Format]) -> Callable[[int, int, Any], object]:
    """How a value is written, by its kind."""
    quoted = formats["quoted"]

    def write(row: int, index: int, value: Any) -> object:
        kind = type(value)
        if kind is str:
            form = quoted if formula_like(value) else None
            return sheet.write_string(row, index, _clean(value), form)
        if kind is bool:
            return sheet.write_boolean(row, index, value)
        if kind is float or (kind is int and abs(value) < _LARGEST):
            return sheet.write_number(
                row, index, value, formats["number" if kind is float else "integer"]
            )
        if kind is int or value.year <= 1900:  # what Excel has no number for
            return sheet.write_string(row, index, str(value))
        shown = formats["time" if kind is datetime else "date"]
        return sheet.write_number(row, index, _serial(value), shown)

    return write


def _serial(value: date) -> float:
    """The number of days that Excel counts to a day or time."""
    days = float(value.toordinal() - _DAY_ZERO)
    if isinstance(value, datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return days + (seconds + value.microsecond / 1e6) / 86400
    return days


def _write_about(sheet: Worksheet, about: About, formats: Mapping[str, Format]) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    for row, cells in enumerate(about.lines):
        for index, text in enumerate(cells):
            sheet.write_string(row, index, _clean(text), formats["wrapped" if index else "term"])


def _summary(about: About) -> str:
    return "\n".join(": ".join(line) for line in about.lines if line and line[0])[:255]


@lru_cache(REMEMBERED)
def _clean(text: str) -> str:
    """Text that a cell of Excel can hold: no control characters, not over its limit."""
    kept = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if 2 * len(kept) <= _CELL_LIMIT:
        return kept
    units = kept.encode("utf-16-le")
    if len(units) <= 2 * _CELL_LIMIT:
        return kept
    return units[: 2 * (_CELL_LIMIT - 1)].decode("utf-16-le", errors="ignore") + "…"


def _width(part: Column, start: int) -> float:
    """Width in characters that shows the title and most values; a Chinese one takes two."""
    texts = [part.title, *map(str, part.part(start, start + _SAMPLED))]
    widest = max(sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in t[:80]) for t in texts)
    return min(max(widest + 2, _NARROWEST), _WIDEST)
