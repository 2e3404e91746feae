"""Which mapping a load goes by: the one named, a known one for the header, or a proposal."""

from pathlib import Path

import pyarrow.compute as pc

from dashboard.contract import TABLES
from dashboard.errors import LoadError, Said
from dashboard.ingest.binding import Bound, Mapping, by_name, lacking, require_key
from dashboard.ingest.correct import Corrected
from dashboard.ingest.mapping import fitting, load_mapping
from dashboard.ingest.propose import Proposal, propose
from dashboard.ingest.reader import Reader

MAPPINGS = "mappings"
"""Folder of a store that holds the mappings saved with it."""

SAMPLE_ROWS = 500
"""Rows that a proposal is made from."""


def chosen_for(
    reader: Reader, name: str, table: str | None, mapping: str | None, store: Path
) -> Bound:
    """The mapping over the columns of this source, the file ``name``.

    Raises LoadError where none is named and the columns do not tell, or what is mapped does not do.
    """
    folder = store / MAPPINGS
    chosen = load_mapping(mapping, folder) if mapping else None
    table = _table(table, chosen)
    if chosen is None:
        _require_header(name, reader)
        if isinstance(reader, Corrected):
            reader.require_mapping(name, table)
        proposal = understood(reader, table, folder)
        if table is None and not proposal.confident:
            undated = not proposal.lacking and not proposal.rivals and _undated(proposal)
            raise (_doubtful if undated else _unclear)(name, reader, proposal)
        chosen = proposal.mapping
        if not proposal.confident:
            chosen = by_name(chosen.table, reader.columns)
            if not proposal.lacking and lacking(chosen.table, chosen.columns):
                raise _doubtful(name, reader, proposal)
    bound = chosen.bind(reader.columns)
    require_key(bound, chosen.table)
    # Who corrects a time in a spreadsheet gets the spreadsheet's own form of it.
    return bound.with_iso_times() if isinstance(reader, Corrected) else bound


def understood(reader: Reader, table: str | None, *folders: Path) -> Proposal:
    """What a load would take the columns for: a known mapping for this header, else a proposal.

    Corrected rows are read as they were before.
    ``folders`` hold saved mappings, which come before those that are shipped.
    """
    if isinstance(reader, Corrected) and reader.mapping and table in (None, reader.mapping.table):
        return Proposal(reader.mapping, (), ())
    known = fitting(reader.columns, *folders)
    if known and table in (None, known.table):
        return Proposal(known, (), ())
    return propose(reader.columns, sample(reader, SAMPLE_ROWS), table)


def sample(reader: Reader, rows: int) -> list[tuple[str | None, ...]]:
    """The first rows of a source as they will be loaded, without those that do not read."""
    batch = next(reader.batches(), None)
    if batch is None:
        return []
    batch = batch.filter(pc.is_null(batch["problem"])).slice(0, rows)
    fields = [batch[f"c{index}"].to_pylist() for index in range(len(reader.columns))]
    return list(zip(*fields, strict=True))


def _unclear(name: str, reader: Reader, proposal: Proposal) -> LoadError:
    """Why no table is taken for the one that the file holds."""
    sheets = reader.form.sheets
    return LoadError(
        "{name}: it is not said which table the file holds, and its columns do not tell. {why}",
        "Columns of sheet {sheet}: {columns}. Name another sheet with --sheet ({sheets}),"
        " the table with --table, or a mapping with --mapping."
        if len(sheets) > 1
        else "Columns of the file: {columns}. Name the table with --table, or a mapping with"
        " --mapping.",
        name=name,
        why=_why(proposal),
        columns=", ".join(reader.columns),
        sheet=reader.form.sheet,
        sheets=", ".join(sheets),
    )


def _doubtful(name: str, reader: Reader, proposal: Proposal) -> LoadError:
    """Why a proposal that lacks nothing is not gone by."""
    if source := _undated(proposal):
        return LoadError(
            "{name}: in {source} day and month cannot be told apart.",
            "Say in a mapping which comes first, as in"
            ' created_at = {{ from = "{source}", formats = ["%d/%m/%Y"] }}: --mapping.',
            name=name,
            source=source,
        )
    return LoadError(
        "{name}: its columns do not tell how it is to be loaded. {why}",
        "Columns of the file: {columns}. Say in a mapping what they are: --mapping.",
        name=name,
        why=_why(proposal),
        columns=", ".join(reader.columns),
    )


def _undated(proposal: Proposal) -> str | None:
    """The most doubtful source column, where day and month cannot be told apart in it."""
    doubtful = min(proposal.matches, key=lambda match: match.confidence, default=None)
    unsure = doubtful and doubtful.forms and doubtful.forms.ambiguous
    return doubtful.source if doubtful and unsure else None


def _why(proposal: Proposal) -> Said:
    """Why no table is proposed with enough certainty."""
    table = proposal.mapping.table
    if not proposal.matches:
        return Said("None of them bears a known name.")
    if proposal.lacking:
        return Said(
            "The closest is {table}, of which {lacking} is lacking (found: {found}).",
            table=table,
            lacking=", ".join(proposal.lacking),
            found=", ".join(f"{match.source} → {match.column}" for match in proposal.matches),
        )
    if proposal.rival:
        return Said("It could be {table} or {rival}.", table=table, rival=proposal.rival)
    doubtful = min(proposal.matches, key=lambda match: match.confidence)
    return Said(
        "It is doubtful whether {source} is {column} of {table}.",
        source=doubtful.source,
        column=doubtful.column,
        table=table,
    )


def _require_header(name: str, reader: Reader) -> None:
    """Raise LoadError where the file begins with data: only a mapping says what is what then."""
    if not reader.form.header:
        raise LoadError(
            "{name} has no header: its first row has numbers or times where the rows below have"
            " them.",
            "Put the names of the columns above it, or name a mapping that reads"
            " “column 1” and so on.",
            name=name,
        )


def _table(table: str | None, mapping: Mapping | None) -> str | None:
    if table is not None and table not in TABLES:
        raise LoadError(
            "There is no table {table!r}.",
            "Name one of them with --table: {allowed}.",
            table=table,
            allowed=", ".join(TABLES),
        )
    if mapping and table not in (None, mapping.table):
        raise LoadError(
            "Mapping {mapping} is for the table {own}, not {table}.",
            "Leave --table out, or name another mapping.",
            mapping=mapping.name,
            own=mapping.table,
            table=table,
        )
    return mapping.table if mapping else table
