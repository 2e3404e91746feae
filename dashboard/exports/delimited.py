"""A table as CSV."""

import io
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from types import NoneType
from typing import Any

from dashboard.exports.table import Table, blocks, columns
from dashboard.spreadsheet import REMEMBERED, formula_like

_QUOTED = re.compile(r"[,;\t\"\r\n]|^\s|\s$")  # other programs also part cells at ; and tab


def csv_bytes(table: Table) -> bytes:
    """The table as CSV: UTF-8 with a mark, commas, CRLF, ISO dates, plain numbers, null empty."""
    parts = columns(table)
    file = io.BytesIO()
    file.write(_line([each.title for each in parts]).encode("utf-8-sig", errors="replace"))
    for rows in blocks(parts, 0, len(table.frame)):
        file.write("".join(map(_line, rows)).encode(errors="replace"))
    return file.getvalue()


def _line(cells: "list[Any] | tuple[Any, ...]") -> str:
    shown = ",".join([_FORMS[type(each)](each) for each in cells])
    return (shown or '""') + "\r\n"  # a blank line would be skipped


@lru_cache(REMEMBERED)
def _text(text: str) -> str:
    inert = f"'{text}" if formula_like(text) else text
    return '"' + inert.replace('"', '""') + '"' if _QUOTED.search(inert) else inert


_FORMS: Mapping[type, Callable[[Any], str]] = {
    NoneType: lambda _: "",
    bool: lambda value: "true" if value else "false",
    int: str,
    float: repr,
    date: date.isoformat,
    datetime: lambda value: value.isoformat(sep=" "),
    str: _text,
}
