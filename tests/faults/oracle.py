"""What must hold of every load, whatever the file: nothing is lost, nothing is made up.

The source is taken apart by Python's own ``csv``, strictly; what the loader stored, kept in
quarantine and counted is held against that. Where a text is no well-formed CSV, its lines are
counted, and whatever was stored must stand in the text of one of its rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dashboard.contract import TABLES
from dashboard.ingest.csv_reader import CsvReader
from dashboard.ingest.reader import Form
from dashboard.ingest.result import LoadResult
from dashboard.ingest.schema import source_columns
from tests.faults.readings import BLANKS, Given
from tests.faults.rules import Judged, differences, judged
from tests.faults.sources import (
    SourceRow,
    Taken,
    lines_of,
    of_workbook,
    taken_apart,
    text_of,
    unpacked,
)
from tests.faults.variants import Variant

_FEW = 20
"""Bytes beyond ASCII that tell an encoding though some are damaged."""

Rows = Mapping[tuple[object, ...], Mapping[str, object]]


@dataclass(frozen=True)
class Loaded:
    """A load that was not refused: the table's rows before and after, by key, and the quarantine,
    by line."""

    variant: Variant
    file: Path
    result: LoadResult
    before: Rows
    after: Rows
    refused: Mapping[int, str]

    @property
    def changed(self) -> set[tuple[object, ...]]:
        """Keys of the rows that are new or not what they were."""
        return {key for key, row in self.after.items() if self.before.get(key) != row}


@dataclass
class Verdict:
    """What must not be, and how closely the load could be looked at: ``cells`` or ``lines``."""

    closely: str = "counts"
    findings: list[str] = field(default_factory=list)


def verdict(load: Loaded) -> Verdict:
    """Hold a load against its source."""
    found = Verdict(findings=list(_counts(load)))
    if load.variant.packing == ".xlsx":
        if load.variant.sound and _same_header(load, taken := of_workbook(load.variant)):
            found.closely = "cells"
            found.findings += _cells(load, taken)
        return found
    reader = CsvReader(load.file)
    read = [
        SourceRow(line, text, None)
        for batch in reader.batches()
        for line, text in zip(
            *(batch[name].to_pylist() for name in ("line", "source_text")), strict=True
        )
    ]
    try:
        content = unpacked(load.variant)
        lines = lines_of(text_of(content, reader.form.encoding or ""))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
        found.findings.append(f"what was loaded cannot be read: {error!r}")
        return found
    found.findings += _form(load.variant, content, reader.form)
    found.findings += _lines(lines, read, reader.form)
    found.findings += _quarantine(load, read)
    taken = taken_apart(lines, reader.form) if "\0" not in "".join(lines) else None
    if taken and not load.variant.whole and not _same_header(load, taken):
        taken = None  # quoted in another way
    found.closely = "cells" if taken else "lines"
    found.findings += _cells(load, taken) if taken else _texts(load, read)
    return found


def _counts(load: Loaded) -> Iterator[str]:
    result = load.result
    parts = (result.inserted, result.updated, result.unchanged, result.refused)
    if result.read != sum(parts) or min(parts) < 0:
        yield f"{result.read} read is not {parts}"
    if len(load.refused) != result.refused:
        yield f"{result.refused} refused, but {len(load.refused)} in quarantine"
    if gone := load.before.keys() - load.after.keys():
        yield f"gone from the store: {sorted(gone, key=str)[:3]}"
    new = len(load.after.keys() - load.before.keys())
    other = len(load.changed) - new
    if (new, other) != (result.inserted, result.updated):
        yield f"{new} new and {other} changed rows, but {parts} are told"


def _form(variant: Variant, content: bytes, form: Form) -> Iterator[str]:
    """Whether a text that was not damaged is read as it was written."""
    writing = variant.writing
    if writing is None:
        return
    beyond = sum(byte > 0x7F for byte in content)
    if form.encoding == "Latin-1" and writing.codec != "cp1252" and beyond > _FEW:
        yield f"written in {writing.codec}, read as Latin-1"
    if not variant.whole:
        return
    codecs = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "gb18030": "GB18030", "cp1252": "Latin-1"}
    if not variant.content.isascii():
        expected = codecs.get(writing.codec, "UTF-16")
        if form.encoding != expected and not variant.packing:
            yield f"written in {expected}, read as {form.encoding}"
    if form.delimiter != writing.delimiter and len(variant.table.header) > 1:
        yield f"written with {writing.delimiter!r}, read with {form.delimiter!r}"
    if form.above != writing.above:
        yield f"{writing.above} rows stand above the header, {form.above} are left out"


def _lines(lines: Sequence[str], read: Sequence[SourceRow], form: Form) -> Iterator[str]:
    """Whether every line of the source is in just one row that was read, or blank, or above."""
    covered = set[int]()
    for row in read:
        there = range(row.line - 1, row.line - 1 + _height(row, lines))
        text = "".join(lines[there.start : there.stop]).rstrip("\r\n")
        if text != row.text:
            yield f"line {row.line} is {text[:80]!r}, but {row.text[:80]!r} is kept"
        if covered & set(there):
            yield f"line {row.line} was read twice"
        covered |= set(there)
    blank = f"{form.delimiter}\r\n\"'"
    left = [n for n, line in enumerate(lines) if n not in covered and line.strip(blank)]
    if [n for n in left if covered and n > min(covered)]:
        yield f"lines {[n + 1 for n in left][:5]} were not read"
    quoted = any('"' in lines[n] for n in left)
    if len(left) > form.above + form.header and not quoted:
        yield f"lines {[n + 1 for n in left][:5]} stand above {form}"


def _height(row: SourceRow, lines: Sequence[str]) -> int:
    """The number of lines that are as long as the text of a row together."""
    length = height = 0
    for line in lines[row.line - 1 :]:
        length, height = length + len(line), height + 1
        if length >= len(row.text):
            break
    return height


def _quarantine(load: Loaded, read: Sequence[SourceRow]) -> Iterator[str]:
    """Whether what is refused is kept as the source has it."""
    if load.result.read != len(read):
        yield f"{len(read)} rows in the source, {load.result.read} read"
    texts = {row.line: row.text for row in read}
    for line, text in load.refused.items():
        if texts.get(line) != text:
            yield f"line {line} is {texts.get(line)!r:.80}, in quarantine {text!r:.80}"


def _texts(load: Loaded, read: Sequence[SourceRow]) -> Iterator[str]:
    """Whether whatever was stored stands in the text of an accepted row."""
    accepted = [row.text for row in read if row.line not in load.refused]
    for key in load.changed:
        if not any(_stands_in(load, load.after[key], text) for text in accepted):
            yield f"{key} is stored, but stands in no accepted row"


def _stands_in(load: Loaded, held: Mapping[str, object], text: str) -> bool:
    contract, plain = TABLES[load.result.table], text.replace('""', '"').replace("''", "'")
    for column in source_columns(load.result.table):
        value = held[column.name]
        given = column.name in load.result.took and column.name not in contract.codes
        unmasked = given and isinstance(value, str) and "****" not in value
        if unmasked and value not in text and value not in plain:
            return False
    return True


def _cells(load: Loaded, taken: Taken) -> Iterator[str]:
    """Whether every well-formed row is stored cell by cell, or refused with cause."""
    if load.result.read != len(taken.rows):
        yield f"{len(taken.rows)} rows in the source, {load.result.read} read"
    given, places = _given(load, taken.header)
    table, explained = load.result.table, set()
    for row, told in _settled(table, _judged(table, taken, places, given)):
        key = told.key(table)
        if row.line in load.refused:
            if told.must:
                yield f"line {row.line} is refused without need"
        elif told.must is False:
            yield f"line {row.line} breaks the contract and is accepted: {row.text[:200]!r}"
        elif key is not None and key in load.after:
            explained.add(key)
            for said in differences(table, told, load.after[key], given):
                yield f"line {row.line}, {said}"
        elif key is not None:
            yield f"line {row.line} is accepted, but {key} is not stored"
    unclear = [row.text for row in taken.rows if row.line not in load.refused]
    for key in load.changed - explained:
        if load.variant.writing and not any(
            _stands_in(load, load.after[key], text) for text in unclear
        ):
            yield f"{key} is stored, but stands in no accepted row"


def _given(load: Loaded, header: Sequence[str]) -> tuple[dict[str, Given], dict[str, int]]:
    """How each contract column was understood, and the place of its source column."""
    names = [_normal(name) or f"column {place}" for place, name in enumerate(header, start=1)]
    plain = load.result.mapping == "by name"
    day_first = "times_day_first" in load.variant.damages
    given, places = {}, {}
    for column, source in load.result.took.items():
        places[column] = names.index(_normal(source))
        given[column] = Given(plain, _normal(source) == column, day_first)
    return given, places


def _same_header(load: Loaded, taken: Taken) -> bool:
    names = {_normal(name) or f"column {place}" for place, name in enumerate(taken.header, start=1)}
    return names >= {_normal(source) for source in load.result.took.values()}


def _normal(name: str) -> str:
    return name.strip(BLANKS).lower()


def _judged(
    table: str, taken: Taken, places: Mapping[str, int], given: Mapping[str, Given]
) -> Iterator[tuple[SourceRow, Judged]]:
    for row in taken.rows:
        if row.fields is not None:
            cells = {name: row.fields[place] for name, place in places.items()}
            yield row, judged(table, cells, given)


def _settled(
    table: str, rows: Iterable[tuple[SourceRow, Judged]]
) -> Iterator[tuple[SourceRow, Judged]]:
    """The rows, with what follows from a key that several of them have."""
    groups = defaultdict[object, list[tuple[SourceRow, Judged]]](list)
    for row, told in rows:
        key = told.key(table)
        groups[row.line if key is None else key].append((row, told))
    for group in groups.values():
        alike = len({row.fields for row, _ in group}) == 1
        must = None if any(told.must is not False for _, told in group) else False
        for row, told in group:
            yield row, (told if alike else replace(told, must=must))
