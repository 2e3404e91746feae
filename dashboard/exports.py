"""Tables as files that a spreadsheet opens clean: CSV, and XLSX with a sheet that explains it.

No text of the data is ever a formula: in XLSX every text is written as text, in CSV a text that a
spreadsheet would take for a formula gets a leading apostrophe (the measure that OWASP names against
CSV injection). Numbers stay numbers, as exact as they are.
"""

import io
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from numbers import Integral, Real
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard import definitions
from dashboard.i18n import Translator

ROWS_PER_SHEET = 1_000_000
"""Rows under a header; a longer table goes on in a further sheet (Excel ends at 1,048,576)."""

_CELL_LIMIT = 32_767  # UTF-16 units in a cell of Excel
_EXACT_DIGITS = 15  # of a number in Excel
_WIDEST, _NARROWEST, _SAMPLED = 60, 9, 200
_OPTIONS = {
    "constant_memory": True,
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
    "wrapped": {"text_wrap": True, "valign": "top"},
    "term": {"bold": True, "text_wrap": True, "valign": "top"},
    "quoted": {"quote_prefix": True},  # stays text when a reader edits the cell
}


@dataclass(frozen=True)
class Table:
    """Rows to export: ``columns`` maps each column of ``frame`` to its title, in order."""

    title: str
    frame: pd.DataFrame
    columns: Mapping[str, str]


@dataclass(frozen=True)
class About:
    """What explains a table: ``sheet`` is its name, ``lines`` are cells of text, row by row."""

    sheet: str
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Source:
    """Where rows come from, in the reader's language, empty where it does not apply."""

    period: str
    filters: str
    counted: tuple[str, ...]
    as_of: str
    note: str
    demo: bool


def about(
    t: Translator,
    table: Table,
    source: Source,
    metrics: Iterable[str],
    made_at: datetime,
) -> About:
    """The sheet that says what was selected, how current it is, and what every metric means."""
    facts = (
        (t("Title"), table.title),
        (t("Period"), source.period),
        (t("Filters"), source.filters or t("None")),
        (t("In the selection"), " · ".join(source.counted)),
        (t("As of"), source.as_of),
        (t("Rows"), t.number(len(table.frame))),
        (t("Note"), source.note),
        (t("Demo data"), t("These records are invented.") if source.demo else ""),
        (t("Made at"), t.time(made_at)),
    )
    lines: list[tuple[str, ...]] = [fact for fact in facts if fact[1]]
    for metric in metrics:
        entry = definitions.entry(t, metric)
        lines += [(), (entry.name, entry.formula)]
        lines += [("", fact) for fact in definitions.facts(t, entry)]
    return About(t("About"), tuple(lines))


def csv_bytes(table: Table) -> bytes:
    """The table as CSV: UTF-8 with a mark, commas, CRLF, ISO dates, plain numbers, null empty."""
    rows = [",".join(_csv_text(title) for title in table.columns.values())]
    columns = [[_csv(value) for value in values] for values in _values(table.frame, table.columns)]
    rows += [",".join(cells) for cells in zip(*columns, strict=True)]
    return ("\r\n".join(rows) + "\r\n").encode("utf-8-sig", errors="replace")


def xlsx_bytes(table: Table, about: About) -> bytes:
    """The table as an Excel workbook; its second sheet is what ``about`` says."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as workbook:
        workbook.set_properties({"title": _clean(table.title), "comments": _summary(about)})
        formats = {name: workbook.add_format(each) for name, each in _FORMATS.items()}
        names: list[str] = []
        for start in range(0, max(len(table.frame), 1), ROWS_PER_SHEET):
            names.append(sheet_name(table.title, names))
            part = table.frame.iloc[start : start + ROWS_PER_SHEET]
            _write_rows(workbook.add_worksheet(names[-1]), part, table.columns, formats)
            if start == 0:
                names.append(sheet_name(about.sheet, names))
                _write_about(workbook.add_worksheet(names[-1]), about, formats)
    return file.getvalue()


def file_name(title: str, day: date, suffix: str) -> str:
    """A name that every file system takes: the title in its own script, and a date."""
    kept = "".join(
        " " if each in '<>:"/\\|?*' or unicodedata.category(each)[0] in "CZ" else each
        for each in title
    )
    stem = " ".join(kept.split())[:60].strip(" .-~")
    return f"{stem} {day.isoformat()}.{suffix}".lstrip()


def sheet_name(title: str, taken: Sequence[str] = ()) -> str:
    """A name that Excel takes for a sheet, unlike those ``taken``."""
    kept = "".join(" " if each in "[]:*?/\\" else each for each in _clean(title))
    stem = " ".join(kept.split())[:31].strip("' ") or "1"
    used = {name.casefold() for name in (*taken, "History")}  # Excel keeps that one for itself
    name, number = stem, 1
    while name.casefold() in used:
        number += 1
        name = f"{stem[:26]} ({number})"
    return name


def formula_like(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula.

    What it starts with counts after blanks, quotes and invisible characters, and also in full width
    (``＝``); a tab or line break at the start counts by itself.
    """
    if not text or text[0].isalnum():
        return False
    if text[0] in "\t\r\n":
        return True
    seen = (
        each
        for each in unicodedata.normalize("NFKC", text)
        if unicodedata.category(each)[0] not in "CZ" and each not in "'\"`‘’“”"
    )
    return next(seen, "") in tuple("=+-@")


def _values(frame: pd.DataFrame, columns: Iterable[str]) -> list[list[Any]]:
    """The values of each column as plain Python ones: None, bool, int, float, date, text."""
    return [_plain_column(frame[column]) for column in columns]


def _plain_column(values: "pd.Series[Any]") -> list[Any]:
    if pd.api.types.is_datetime64_any_dtype(values):
        known = values.dropna()
        days_only = bool((known == known.dt.normalize()).all())
        return [
            None if pd.isna(each) else each.date() if days_only else each.to_pydatetime()
            for each in values
        ]
    plain = [_plain(each) for each in values.tolist()]
    # Whole numbers with gaps arrive as floats.
    if all(each is None or (isinstance(each, float) and each.is_integer()) for each in plain):
        return [None if each is None else int(each) for each in plain]
    return plain


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, str | date):
        return value
    if pd.api.types.is_bool(value):
        return bool(value)
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        number = float(value)
        return number if math.isfinite(number) else None
    return str(value)


def _csv(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _csv_text(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date) else repr(value)


_QUOTED = re.compile(r"[,;\t\"\r\n]|^\s|\s$")  # other programs also part cells at ; and tab


def _csv_text(text: str) -> str:
    inert = f"'{text}" if formula_like(text) else text
    return '"' + inert.replace('"', '""') + '"' if _QUOTED.search(inert) else inert


def _write_rows(
    sheet: Worksheet, frame: pd.DataFrame, columns: Mapping[str, str], formats: dict[str, Format]
) -> None:
    values = _values(frame, columns)
    for index, (title, column) in enumerate(zip(columns.values(), values, strict=True)):
        sheet.set_column(index, index, _width(title, column))
        sheet.write_string(0, index, _clean(title), formats["header"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(frame), len(columns) - 1)
    writers = [_writer(sheet, formats, column) for column in values]
    for row, cells in enumerate(zip(*values, strict=True), start=1):
        for index, value in enumerate(cells):
            if value is not None:
                writers[index](row, index, value)


def _writer(
    sheet: Worksheet, formats: dict[str, Format], column: list[Any]
) -> Callable[[int, int, Any], object]:
    """How the values of a column are written."""
    whole = all(isinstance(each, int | None) for each in column)
    number = formats["integer" if whole else "number"]

    def write(row: int, index: int, value: Any) -> object:
        if isinstance(value, str):
            text = _clean(value)
            return sheet.write_string(
                row, index, text, formats["quoted"] if formula_like(text) else None
            )
        if isinstance(value, bool):
            return sheet.write_boolean(row, index, value)
        if isinstance(value, date):
            return _write_date(sheet, row, index, value, formats)
        if isinstance(value, int) and len(str(abs(value))) > _EXACT_DIGITS:
            return sheet.write_string(row, index, str(value))
        return sheet.write_number(row, index, value, number)

    return write


def _write_date(
    sheet: Worksheet, row: int, index: int, value: date, formats: dict[str, Format]
) -> object:
    if value.year <= 1900:  # before Excel's calendar
        return sheet.write_string(row, index, _csv(value))
    kind = "time" if isinstance(value, datetime) else "date"
    return sheet.write_datetime(row, index, value, formats[kind])


def _write_about(sheet: Worksheet, about: About, formats: dict[str, Format]) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    for row, cells in enumerate(about.lines):
        for index, text in enumerate(cells):
            sheet.write_string(row, index, _clean(text), formats["wrapped" if index else "term"])


def _summary(about: About) -> str:
    return "\n".join(": ".join(line) for line in about.lines if line and line[0])[:255]


def _clean(text: str) -> str:
    """Text that a cell of Excel can hold: no control characters, not over its limit."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(each for each in lines if each in "\t\n" or not _unwritable(each))
    units = kept.encode("utf-16-le")
    if len(units) <= 2 * _CELL_LIMIT:
        return kept
    return units[: 2 * (_CELL_LIMIT - 1)].decode("utf-16-le", errors="ignore") + "…"


def _unwritable(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in "\ufffe\uffff"


def _width(title: str, column: list[Any]) -> float:
    """Width in characters that shows the title and most values; a Chinese one takes two."""
    texts = [title, *(_csv(each) for each in column[:_SAMPLED])]
    widest = max(sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in t[:80]) for t in texts)
    return min(max(widest + 2, _NARROWEST), _WIDEST)
