"""What has to be seen of a file to say how it is to be loaded, before anything is written."""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dashboard.contract import TABLES
from dashboard.errors import MappingError
from dashboard.i18n import code_labels
from dashboard.ingest.aliases import CODE_WORDS
from dashboard.ingest.apply import wall_clock
from dashboard.ingest.binding import must_be_given
from dashboard.ingest.choose import MAPPINGS, SAMPLE_ROWS, sample
from dashboard.ingest.correct import correcting
from dashboard.ingest.distinct import Counted, Value, coded, combinations, counted
from dashboard.ingest.mapping import load_mapping, mapping_files
from dashboard.ingest.mapping_text import mapping_content
from dashboard.ingest.names import BLANKS, normal
from dashboard.ingest.preview import Preview, previewed
from dashboard.ingest.propose import suggested
from dashboard.ingest.reader import Reader
from dashboard.ingest.sandbox import opened
from dashboard.ingest.schema import source_columns
from dashboard.ingest.times import first_of_day_and_month, time_forms
from dashboard.ingest.values import Clock
from dashboard.settings import Settings

_SAMPLES = 3
_FEW = 5
_TIMES = 60
_READ = 0.8
"""Share of the samples that must read as times."""

_LONGEST = 200
_LIKE_A_TIME = re.compile(
    r"\d{1,4}\s?[-/.年]\s?(\d{1,2}|[A-Za-z]{3})\b.*|\d{1,2} [A-Za-z]{3,9}\b.*"
    r"|[A-Za-z]{3,9} \d{1,2},.*|\d{8}|[234]\d{4}([.]\d+)?|1\d{9}(\d{3})?"
)


@dataclass(frozen=True)
class Times:
    """How a source column writes times: ``formats``, none for the ISO forms.

    ambiguous    day and month could change places; then ``day_first`` and ``month_first`` are the
                 formats of either
    """

    formats: tuple[str, ...]
    ambiguous: bool
    day_first: tuple[str, ...] = ()
    month_first: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceColumn:
    """A column of the file: samples, values where they are few, and times where it holds such."""

    name: str
    samples: tuple[str, ...]
    values: tuple[Value, ...] | None
    times: Times | None


@dataclass(frozen=True)
class Field:
    """A column of the contract, and what it is taken from.

    required   every row needs it, and no rule derives it; ``key`` says whether it identifies a row
    source     what it is taken from, in a few words; None where nothing is
    suggested  where nothing is, a column of the file that bears its name, but not its values
    confidence how sure that is, 0 to 1
    codes      the code set of its values, with the ``values`` of the source: what is not understood
               (code None) first
    """

    column: str
    kind: str
    required: bool
    key: bool
    source: str | None
    suggested: str | None
    confidence: float | None
    samples: tuple[str, ...]
    codes: str | None
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Known:
    """A mapping that is known by name; ``saved`` in the store, or shipped."""

    name: str
    title: str
    table: str
    saved: bool


def inspect(
    file: Path,
    *,
    table: str | None,
    mapping: str | None,
    sheet: str | None,
    settings: Settings,
    progress: Callable[[str, float], None],
) -> dict[str, Any]:
    """Read a file and say, as plain values, how it is written and what it would be taken for.

    The arguments are those of ``load.load_file``; README, “The command line”, lists the answer.
    Raises LoadError where the file is refused, MappingError where the mapping cannot be used.
    """
    with opened(file, sheet, lambda share: progress("reading", share)) as read:
        reader = correcting(read, settings.store)
        seen = previewed(reader, table=table, mapping=mapping, settings=settings)
        chosen = seen.proposal.mapping
        bound = chosen.bind(reader.columns)
        clock = Clock(wall_clock(settings), settings.time_zone, bound.reading)
        found = counted(reader, combinations(chosen))
        known = _known(settings.store / MAPPINGS)
        values = coded(chosen, reader.columns, found, clock)
        return {
            "form": asdict(seen.form),
            "columns": [asdict(each) for each in _columns(reader, seen, found)],
            "rows": [list(row) for row in seen.rows],
            "counted": {"rows": found.rows, "all": found.all},
            "table": chosen.table,
            "known": chosen.name if chosen.name in {each.name for each in known} else None,
            "confident": seen.proposal.confident,
            "rivals": list(seen.proposal.rivals),
            "mapping": mapping_content(chosen),
            "fields": [asdict(each) for each in _fields(seen, values)],
            "lacking": list(seen.proposal.lacking),
            "unmapped": list(bound.unmapped),
            "mappings": [asdict(each) for each in known],
            "words": _words(chosen.table),
        }


def _columns(reader: Reader, seen: Preview, found: Counted) -> list[SourceColumn]:
    rows = sample(reader, SAMPLE_ROWS)
    first = first_of_day_and_month([m.forms for m in seen.proposal.matches if m.forms])
    columns = []
    for index, name in enumerate(reader.columns):
        given = [text for row in rows if (text := (row[index] or "").strip(BLANKS))]
        values = found.values.get(name)
        few = values is not None and len(values) < max(found.rows, _FEW)
        columns.append(
            SourceColumn(
                name,
                tuple(text[:_LONGEST] for text in list(dict.fromkeys(given))[:_SAMPLES]),
                _most_first(values) if values and few else None,
                _times(given, first),
            )
        )
    return columns


def _most_first(values: dict[str | None, int]) -> tuple[Value, ...]:
    return tuple(Value(text, rows) for text, rows in sorted(values.items(), key=lambda v: -v[1]))


def _times(given: list[str], first: str | None) -> Times | None:
    """How a column's times are written; None where it does not look as if it had any."""
    some = given[:_FEW]
    if not some or not all(_LIKE_A_TIME.fullmatch(text) for text in some):
        return None
    texts = given[:: max(1, len(given) // _TIMES)]
    forms = time_forms(texts, prefer=first)
    if forms.share < _READ:
        return None
    if not time_forms(texts).ambiguous or first:
        return Times(forms.formats, ambiguous=False)
    either = (time_forms(texts, prefer=mark).formats for mark in ("%d", "%m"))
    return Times(forms.formats, True, *either)


def _fields(seen: Preview, values: dict[str, tuple[Value, ...]]) -> list[Field]:
    contract = TABLES[seen.table]
    taken = {each.column: each for each in seen.taken}
    named = suggested(seen.table, seen.columns, seen.proposal.mapping)
    return [
        Field(
            column.name,
            column.kind,
            must_be_given(seen.table, column),
            column.name in contract.key,
            taken[column.name].origin if column.name in taken else None,
            named.get(column.name),
            taken[column.name].confidence if column.name in taken else None,
            taken[column.name].samples if column.name in taken else (),
            contract.codes.get(column.name),
            values.get(column.name, ()),
        )
        for column in source_columns(seen.table)
    ]


def _known(folder: Path) -> list[Known]:
    """The mappings that are known by name, a saved one in place of a shipped one of its name."""
    found: dict[str, Known] = {}
    for file in mapping_files(folder):
        if file.stem not in found:
            try:
                mapping = load_mapping(str(file))
            except MappingError:
                continue
            found[file.stem] = Known(file.stem, mapping.title, mapping.table, file.parent == folder)
    return list(found.values())


def _words(table: str) -> dict[str, dict[str, str]]:
    """Code set of the table → text in small letters → the code that it stands for."""
    return {
        code_set: {
            **CODE_WORDS.get(code_set, {}),
            **{
                normal(label): code
                for code, labels in reversed(code_labels(code_set).items())
                for label in (code, *labels)
            },
        }
        for code_set in sorted(set(TABLES[table].codes.values()))
    }
