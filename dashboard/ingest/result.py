"""What one load did, in numbers."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import NamedTuple


class Correction(NamedTuple):
    """The row of a file at ``line`` corrects what is held as row ``held_line`` of a load."""

    line: int
    load_id: str
    held_line: int


@dataclass(frozen=True)
class Source:
    """Where the rows of a load came from, for the log: file name, its SHA-256, and the mapping.

    corrections  which of its rows correct rows in quarantine, where it is a download of those
    """

    file: str
    sha256: str
    mapping: str
    unmapped: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True)
class Example:
    """A refused row: its line in the source, the text that a rule refused (None: blank, or the
    rule is not about one column), the row as the source has it, and the reason."""

    line: int
    value: str | None
    text: str
    reason: str


@dataclass(frozen=True)
class Trial:
    """What a dry run shows beside its counts.

    columns, rows  the first accepted rows as they would be stored, as text; yes and no as they are
    examples       “column: rule” → the first rows that it refused
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | bool | None, ...], ...]
    examples: Mapping[str, tuple[Example, ...]]


@dataclass(frozen=True)
class LoadResult:
    """Counts of one load into one table.

    read     rows of the source = inserted + updated + unchanged + refused
    removed  rows of the store that the file, being the whole table, does not have
    warnings “column: rule” → accepted rows that met it; “header: put_right” stands for the header
    refusals “column: rule” → refused rows that met it; a row may meet several
    lacking  “column: rule” → accepted rows without what figures need
    known    refused rows that quarantine held already, from an earlier load
    closed   refused rows of earlier loads that this one took or left out: they wait no more
    mapping  name of the mapping that was used
    took     contract column → what of the source it was taken from
    unmapped source columns that no rule mapped
    left_out rows that the mapping's filter left out; they are not among those read
    seconds  wall clock; version is the one that this load published
    trial    rows to look at; of a dry run only
    """

    file: str
    table: str
    read: int
    inserted: int
    updated: int
    unchanged: int
    refused: int
    removed: int = 0
    warnings: Mapping[str, int] = field(default_factory=dict)
    refusals: Mapping[str, int] = field(default_factory=dict)
    lacking: Mapping[str, int] = field(default_factory=dict)
    known: int = 0
    closed: int = 0
    mapping: str = ""
    took: Mapping[str, str] = field(default_factory=dict)
    unmapped: tuple[str, ...] = ()
    left_out: int = 0
    seconds: float = 0.0
    version: int = 0
    load_id: str = ""
    trial: Trial | None = None

    def as_dict(self) -> dict[str, object]:
        """The result as plain values, for JSON."""
        return asdict(self)
