"""What a variant holds, taken apart without the loader's code."""

import csv
import gzip
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from dashboard.ingest.reader import Form
from tests.faults.variants import Variant

LONGEST_CELL = 131_072
_CODECS = {
    "UTF-8": ("utf-8-sig",),
    "UTF-16": ("utf-16-le", "utf-16-be"),
    "UTF-32": ("utf-32",),
    "GB18030": ("gb18030",),
    "Latin-1": ("cp1252",),
}


@dataclass(frozen=True)
class SourceRow:
    """A row of a source: the number of its first line, its text, and its fields; None where it
    does not have as many as the header, one that is too long, or one that is quoted behind a
    blank."""

    line: int
    text: str
    fields: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Taken:
    """A source taken apart: its header and the rows below."""

    header: tuple[str, ...]
    rows: list[SourceRow]


def unpacked(variant: Variant) -> bytes:
    """The bytes of a text, unpacked; raises what Python's own modules raise."""
    if variant.packing == ".gz":
        return gzip.decompress(variant.content)
    if variant.packing == ".zip":
        with zipfile.ZipFile(io.BytesIO(variant.content)) as archive:
            return archive.read(archive.namelist()[0])
    return variant.content


def text_of(content: bytes, encoding: str) -> str:
    """The text under the encoding that the loader names; raises ValueError where it is not that."""
    codecs = _CODECS[encoding]
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") and encoding == "UTF-16":
        codecs = ("utf-16",)
    found = [text for codec in codecs if (text := _decoded(content, codec)) is not None]
    if not found:
        raise ValueError(f"the bytes are not {encoding}")
    return max(found, key=lambda text: sum(text.count(sign) for sign in ",;\t|\n\r"))


def _decoded(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return None


def lines_of(text: str) -> list[str]:
    """The lines of a text with their ends; lone returns end lines where no feed does."""
    outside = re.sub('"[^"]*"?', "", text) if "\n" in text else text
    returns = "\r" in outside and "\n" not in outside
    return list(io.StringIO(text, newline="" if returns else "\n"))


def taken_apart(lines: Sequence[str], form: Form) -> Taken | None:
    """The rows by Python's own reader, strictly; None where they are no well-formed CSV."""
    limit = csv.field_size_limit(2**30)
    try:
        records = list(_records(lines, form.delimiter or ","))
    except csv.Error:
        return None
    finally:
        csv.field_size_limit(limit)
    if any("\n" in row.text and max(map(len, row.fields or ())) > LONGEST_CELL for row in records):
        return None  # of a row of several lines, only the first is given up
    body = list(islice(records, form.above + form.header, None))
    header = records[form.above].fields if len(records) > form.above else None
    if header is None or form.header != 1:
        return None
    return Taken(header, [_fitting(row, len(header)) for row in body])


def _records(lines: Sequence[str], delimiter: str) -> Iterator[SourceRow]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    start = 0
    for fields in reader:
        if any(fields):
            text = "".join(lines[start : reader.line_num])
            yield SourceRow(start + 1, text.rstrip("\r\n"), tuple(fields))
        start = reader.line_num


def _fitting(row: SourceRow, width: int) -> SourceRow:
    fields = row.fields or ()
    right = len(fields) == width and max(map(len, fields)) <= LONGEST_CELL
    right = right and not any(re.match(' +"', field) for field in fields)
    return row if right else SourceRow(row.line, row.text)


def of_workbook(variant: Variant) -> Taken:
    """The rows of a workbook that was not damaged; blank rows and columns are no part of it."""
    table = variant.table
    cells = [table.header, *table.rows]
    kept = [index for index in range(len(table.header)) if any(row[index] for row in cells)]
    rows = [
        SourceRow(line, "", tuple(row[index] for index in kept))
        for line, row in enumerate(table.rows, start=2)
        if any(row)
    ]
    return Taken(tuple(table.header[index] for index in kept), rows)
