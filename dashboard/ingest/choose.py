"""Which mapping a load goes by: the one named, a known one for the header, or a proposal."""

from pathlib import Path

import pyarrow.compute as pc

from dashboard.contract import TABLES
from dashboard.errors import LoadError, Said
from dashboard.ingest.binding import Bound, Mapping, by_name, require_key
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
            raise _unclear(name, reader, proposal)
        chosen = proposal.mapping
        if not proposal.confident:
            chosen = by_name(chosen.table, reader.columns)
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
    return LoadError(
        "{name}: it is not said which table the file holds, and its columns do not tell. {why}",
        "Columns of the file: {columns}. Name the table with --table, or a mapping with --mapping.",
        name=name,
        why=_why(proposal),
        columns=", ".join(reader.columns),
    )


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
    if doubtful.forms and doubtful.forms.ambiguous:
        return Said("In {source} day and month cannot be told apart.", source=doubtful.source)
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
