"""What a load would read and take for what, before anything is written."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dashboard.ingest.binding import lacking
from dashboard.ingest.choose import MAPPINGS, sample, understood
from dashboard.ingest.correct import correcting
from dashboard.ingest.mapping import load_mapping
from dashboard.ingest.names import normal
from dashboard.ingest.propose import Proposal
from dashboard.ingest.reader import Form, Reader
from dashboard.ingest.sandbox import opened
from dashboard.settings import Settings

PREVIEW_ROWS = 20
_SAMPLES = 3


@dataclass(frozen=True)
class Taken:
    """What a contract column is taken from, how sure that is (0 to 1), and a few source values."""

    column: str
    origin: str
    confidence: float
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """The first rows of a file exactly as a load reads them, and what it would take them for.

    proposal  the mapping, what it is sure of, and what it lacks
    rows      fields as text, in the order of ``columns``
    """

    table: str
    proposal: Proposal
    form: Form
    columns: tuple[str, ...]
    taken: tuple[Taken, ...]
    rows: tuple[tuple[str | None, ...], ...]


def preview(
    file: Path, *, table: str | None, mapping: str | None, sheet: str | None, settings: Settings
) -> Preview:
    """Read the first rows of a file and say what its columns would be taken for.

    The arguments are those of ``load.load_file``. Raises LoadError where the file is refused.
    """
    with opened(file, sheet) as read:
        reader = correcting(read, settings.store)
        return previewed(reader, table=table, mapping=mapping, settings=settings)


def previewed(
    reader: Reader, *, table: str | None, mapping: str | None, settings: Settings
) -> Preview:
    """The preview of a source that is open; see ``preview``."""
    folder = settings.store / MAPPINGS
    rows = sample(reader, PREVIEW_ROWS)
    if mapping:
        chosen = load_mapping(mapping, folder)
        proposal = Proposal(chosen, (), tuple(lacking(chosen.table, chosen.columns)))
    else:
        proposal = understood(reader, table, folder)
        chosen = proposal.mapping
    sure = {match.column: match.confidence for match in proposal.matches}
    position = {normal(name): index for index, name in enumerate(reader.columns)}
    taken = tuple(
        Taken(name, rule.origin, sure.get(name, 1.0), _samples(rule.sources, position, rows))
        for name, rule in chosen.columns.items()
    )
    return Preview(chosen.table, proposal, reader.form, reader.columns, taken, tuple(rows))


def _samples(
    sources: tuple[str, ...], position: dict[str, int], rows: list[tuple[str | None, ...]]
) -> tuple[str, ...]:
    """A few values of the source columns that are not blank."""
    places = [position[normal(name)] for name in sources if normal(name) in position]
    joined = (" ".join(row[place] or "" for place in places).strip() for row in rows)
    return tuple(islice(filter(None, joined), _SAMPLES))
