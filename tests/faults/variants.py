"""Broken variants of contract files: the same seed gives the same variant.

A variant is a table (``tables``), damaged in its cells (``cells``), written as text in some dialect
and encoding, damaged in its text and in its bytes (``texts``), and perhaps packed; or written as a
workbook. Any number of damages may come together; a few variants have none.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from dashboard.contract import TABLES
from tests.faults import cells, texts
from tests.faults.tables import Table, some

CODECS = (
    "utf-8", "utf-8", "utf-8", "utf-8-sig", "gb18030", "gb18030", "utf-16", "utf-16-le",
    "utf-16-be", "cp1252",
)  # fmt: skip
TITLES = ("客服工单导出", "导出时间：2024-01-05 10:00", "共 3 页")
_MOST_IN_A_CELL = 32_767
_MOMENT = re.compile(rb"(?<=W3CDTF\">)[^<]+")


@dataclass(frozen=True)
class Writing:
    """How a table was written as text: dialect, encoding, and rows above the header."""

    delimiter: str
    codec: str
    end: str
    quoting: int
    above: int


@dataclass(frozen=True)
class Variant:
    """One broken file.

    name     table of the contract that the file holds, or held once
    named    whether the loader is told so
    table    the cells that were written
    damages  names of what was done to it, in order
    writing  how, None for a workbook
    whole    neither its text nor its bytes were damaged: it says what ``table`` says
    packing  "", ".gz", ".zip" or ".xlsx"
    sound    neither was what it is packed in
    """

    seed: int
    name: str
    named: bool
    table: Table
    damages: tuple[str, ...]
    writing: Writing | None
    whole: bool
    packing: str
    sound: bool
    content: bytes


def variant(seed: int) -> Variant:
    """The variant of this seed; its table is the seed's turn among those of the contract."""
    random = Random(seed)
    name = list(TABLES)[seed % len(TABLES)]
    table, done = some(name, random), list[str]()
    for damage in _chosen(random, cells.DAMAGES, (0, 1, 1, 1, 2, 2, 3, 5)):
        table = damage(table, random)
        done.append(damage.__name__)
    if random.random() < 1 / 200:
        table = random.choice(cells.RARE)(table, random)
        done.append("giant_line")
    named = random.random() < 0.8
    if random.random() < 0.06:
        return _workbook(seed, name, named, table, done, random)
    writing = _writing(table, random)
    text = written(table, writing, open_end=random.random() < 0.1)
    whole = random.random() < 0.45
    if not whole:
        for text_damage in _chosen(random, texts.TEXT_DAMAGES, (0, 1, 1, 2, 3)):
            text = text_damage(text, random)
            done.append(text_damage.__name__)
    content = text.encode(writing.codec, "replace")
    if not whole:
        for byte_damage in _chosen(random, texts.BYTE_DAMAGES, (0, 0, 1, 1, 2)):
            content = byte_damage(content, random)
            done.append(byte_damage.__name__)
    packing, sound = random.choice(("",) * 7 + (".gz", ".zip")), True
    if packing:
        content = (
            texts.gzipped(content, random) if packing == ".gz" else texts.zipped(content, random)
        )
        done.append(packing)
        if random.random() < 0.3:
            content, sound = _damaged_bytes(content, random, done), False
    return Variant(seed, name, named, table, tuple(done), writing, whole, packing, sound, content)


def written(table: Table, writing: Writing, *, open_end: bool = False) -> str:
    """A table as text."""
    buffer = io.StringIO()
    writer = csv.writer(
        buffer, delimiter=writing.delimiter, quoting=writing.quoting, lineterminator=writing.end
    )
    writer.writerow(table.header)
    writer.writerows(table.rows)
    text = buffer.getvalue()
    titles = "".join(f"{title}{writing.end}" for title in TITLES[: writing.above])
    return titles + (text.removesuffix(writing.end) if open_end else text)


def _chosen(random: Random, among: Sequence[Any], counts: Sequence[int]) -> list[Any]:
    return random.sample(among, random.choice(counts))


def _writing(table: Table, random: Random) -> Writing:
    codec = random.choice(CODECS)
    try:
        "".join(map("".join, (table.header, *table.rows, TITLES))).encode(codec)
    except UnicodeEncodeError:
        codec = "utf-8"
    # The table's own header and a few rows must stand below titles for them to be told as such.
    above = random.choice((1, 2, 3)) if random.random() < 0.1 and len(table.rows) > 3 else 0
    quoting = random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    if any(sign in cell for row in table.rows for cell in row for sign in "\r\n"):
        quoting = csv.QUOTE_ALL  # Python quotes none but its own line end of itself
    return Writing(
        delimiter=random.choice(",,,,;\t|"),
        codec=codec,
        end=random.choice(("\n", "\n", "\r\n", "\r\n", "\r")),
        quoting=quoting,
        above=above,
    )


def _damaged_bytes(content: bytes, random: Random, done: list[str]) -> bytes:
    damage: Callable[[bytes, Random], bytes] = random.choice(texts.BYTE_DAMAGES[:5])
    done.append(damage.__name__)
    return damage(content, random)


def _workbook(
    seed: int, name: str, named: bool, table: Table, done: list[str], random: Random
) -> Variant:
    rows = [[_allowed(cell) for cell in row] for row in table.rows]
    table = Table(name, tuple(map(_allowed, table.header)), ()).with_rows(rows)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    typed = random.random() < 0.5
    for row in (table.header, *table.rows):
        made = [WriteOnlyCell(sheet, _typed(cell) if typed else cell) for cell in row]
        for cell in made:
            # A text that begins with "=" stays a text.
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        sheet.append(made)
    content, sound = _saved(book), True
    done.append(".xlsx")
    if random.random() < 0.3:
        content, sound = _damaged_bytes(content, random, done), False
    return Variant(seed, name, named, table, tuple(done), None, sound, ".xlsx", sound, content)


def _saved(book: Workbook) -> bytes:
    """The workbook's bytes, without the time of day in them."""
    book.save(first := io.BytesIO())
    with zipfile.ZipFile(first) as made, zipfile.ZipFile(last := io.BytesIO(), "w") as again:
        for member in made.infolist():
            about = zipfile.ZipInfo(member.filename, (2024, 1, 5, 0, 0, 0))
            part = _MOMENT.sub(b"2024-01-05T00:00:00Z", made.read(member))
            again.writestr(about, part, zipfile.ZIP_DEFLATED)
    return last.getvalue()


def _allowed(cell: str) -> str:
    """What of a text a workbook can hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", cell).replace("\r", "")[:_MOST_IN_A_CELL]


def _typed(cell: str) -> str | int | datetime | None:
    """A cell as a workbook keeps it where it is a whole number, a time, or blank."""
    if not cell:
        return None
    if cell.isascii() and cell.isdigit() and str(int(cell)) == cell and len(cell) < 15:
        return int(cell)
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError:
        return cell
    plain = moment.isoformat(" ") == cell or moment.date().isoformat() == cell
    return moment if plain and moment.year > 1900 else cell
