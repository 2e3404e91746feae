"""What a published store holds of refused rows, and how they were read; see ``quarantine``."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from dashboard import sqlfile
from dashboard.errors import LoadError, StoreError, StoreMissingError
from dashboard.ingest.binding import Mapping, by_name
from dashboard.ingest.mapping_parser import Parser
from dashboard.ingest.result import Correction
from dashboard.ingest.schema import source_columns
from dashboard.published import current_version, private_file, store_file


@dataclass(frozen=True)
class Problem:
    """A rule that a row breaks: the contract's column, and the text that breaks it where one does.

    ``sentence`` says it in English, beginning with the column.
    """

    column: str
    rule: str
    value: str | None
    sentence: str


@dataclass(frozen=True)
class HeldRow:
    """A refused row that is open.

    load_id, line  what it is known by: the load that refused it first, and its line in that file
    text           the row as the file had it
    fields         under the header of its file; None where it could not be taken apart
    key            the key as JSON, None where it is incomplete
    edited         whether somebody has changed the fields since, and the row was refused again
    """

    load_id: str
    line: int
    file: str
    text: str
    problems: tuple[Problem, ...]
    fields: tuple[str | None, ...] | None
    key: str | None
    edited: bool


@dataclass(frozen=True)
class HeldFile:
    """Open rows that were read alike, so that one file can have them all.

    header  columns of their source; those of the contract where they are not known any more
    mapping how the source was read
    """

    table: str
    header: tuple[str, ...]
    mapping: Mapping
    rows: tuple[HeldRow, ...]


def open_rows(
    store: Path, loads: Sequence[str] = (), table: str | None = None
) -> tuple[HeldFile, ...]:
    """The rows that are open: of some loads or of all, of one table or of all.

    Those of a load are also those that it met again and that are held from before. Raises LoadError
    where a load is not known, StoreError where the store cannot be read.
    """
    asked = {"loads": list(loads) or None, "table_name": table}
    with _opened(store) as connection:
        for load_id in loads:
            _require_load(connection, load_id)
        found = _rows(connection, "open_rows", **asked)
    alike: dict[tuple[str, tuple[str, ...], str | None], list[dict[str, Any]]] = {}
    for row in found:
        key = (row["table_name"], tuple(row["header"] or ()), row["mapping"])
        alike.setdefault(key, []).append(row)
    return tuple(_file(held[0], tuple(map(_held, held))) for held in alike.values())


def came_from(store: Path, corrections: Sequence[Correction]) -> tuple[HeldFile, ...]:
    """Of what files the rows are that these correct: one, where they were read alike.

    The files are without their rows; what the store does not hold is left out.
    """
    if current_version(store) is None or not corrections:
        return ()
    ids = {
        "loads": [each.load_id for each in corrections],
        "lines": [each.held_line for each in corrections],
    }
    with _opened(store) as connection:
        found = _rows(connection, "origin", **ids)
    return tuple(_file(row, ()) for row in found)


@contextmanager
def _opened(store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The current version with both of its files, as a build names them."""
    version = current_version(store)
    if version is None:
        raise StoreMissingError(
            "There is no store in {folder}.", "Load a file first.", folder=store
        )
    with duckdb.connect() as connection:
        try:
            connection.execute("attach ? as store (read_only)", [str(store_file(store, version))])
            connection.execute(
                "attach ? as private (read_only)", [str(private_file(store, version))]
            )
            yield connection
        except duckdb.CatalogException as error:
            raise StoreError(
                "The store in {folder} was made by an older version of the dashboard.",
                "Load any file: that makes it new.",
                folder=store,
            ) from error
        except duckdb.Error as error:
            raise StoreError(
                "The store in {folder} cannot be read: {why}.",
                "Put back a copy of its files, or load again.",
                folder=store,
                why=error,
            ) from error


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, **parameters: object
) -> list[dict[str, Any]]:
    result = connection.execute(sqlfile.folder("quarantine")[query].text, parameters)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _require_load(connection: duckdb.DuckDBPyConnection, load_id: str) -> None:
    if not connection.execute(
        "select 1 from store.load_log where load_id = $load_id", {"load_id": load_id}
    ).fetchall():
        raise LoadError(
            "This store knows no load {load}.",
            "python -m dashboard quarantine names those with open rows.",
            load=load_id,
        )


def _held(row: dict[str, Any]) -> HeldRow:
    return HeldRow(
        row["load_id"],
        row["line"],
        row["file_name"],
        row["source_text"],
        tuple(
            Problem(each["column_name"], each["rule"], each["value"], sentence)
            for each, sentence in zip(row["problems"], row["reasons"], strict=True)
        ),
        None if row["fields"] is None else tuple(row["fields"]),
        row["row_key"],
        row["edited"],
    )


def _file(row: dict[str, Any], rows: tuple[HeldRow, ...]) -> HeldFile:
    table, name = row["table_name"], row["mapping_name"]
    if name is None:
        contract = tuple(column.name for column in source_columns(table))
        return HeldFile(table, contract, by_name(table, contract), rows)
    mapping = Parser(name).mapping(name, json.loads(row["mapping"]))
    return HeldFile(table, tuple(row["header"]), mapping, rows)
