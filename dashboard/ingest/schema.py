"""The tables of the store as ``queries/schema`` declares them.

A new store is created from these files, and the loader takes names, types and ``not null`` of the
columns from what the database made of them, so that they stand in one place only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import duckdb

from dashboard import sqlfile
from dashboard.contract import TABLES

REGISTERED = "registered"
"""The column of a dimension that the loader sets itself; no source column feeds it."""

PRIVATE_TABLE = "customer_private"

DIMENSION_KEYS: Mapping[str, str] = MappingProxyType(
    {"project_id": "project", "staff_id": "staff", "customer_id": "customer"}
)
"""Column that names a dimension row → the dimension; unknown ones get a placeholder row."""


@dataclass(frozen=True)
class Column:
    """One column of a table; ``kind`` is the type's name without its parameters, in capitals."""

    name: str
    type: str
    required: bool

    @property
    def kind(self) -> str:
        """``VARCHAR``, ``TIMESTAMP``, ``DECIMAL`` and so on."""
        return self.type.split("(")[0]


def create_tables(connection: duckdb.DuckDBPyConnection, *folders: str) -> None:
    """Create the tables of these folders below ``queries`` in the current catalogue."""
    for folder in folders:
        for file in sqlfile.folder(folder).values():
            connection.execute(file.text)


@cache
def stored_columns(table: str) -> tuple[Column, ...]:
    """The columns of a table of the store or the private file, in their stored order."""
    return _declared()[table]


@cache
def source_columns(table: str) -> tuple[Column, ...]:
    """The columns that a source may give for a contract table: without ``registered``, with the
    private ones, which follow the others."""
    private = TABLES[table].private
    stored = tuple(column for column in stored_columns(table) if column.name != REGISTERED)
    return stored + tuple(c for c in stored_columns(PRIVATE_TABLE) if c.name in private)


@cache
def store_tables() -> tuple[str, ...]:
    """All tables of the store file: contract and system."""
    return tuple(TABLES) + tuple(sqlfile.folder("schema/system"))


@cache
def private_tables() -> tuple[str, ...]:
    """All tables of the private file."""
    return tuple(sqlfile.folder("schema/private"))


def columns_of(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[Column, ...]]:
    """Table → its columns, for the tables of a connection's current catalogue; not its views."""
    rows = connection.execute(
        "select table_name, column_name, data_type, not is_nullable from duckdb_columns()"
        " where not internal and database_name = current_database() and table_name in"
        " (select table_name from duckdb_tables() where database_name = current_database())"
        " order by table_name, column_index"
    ).fetchall()
    tables: dict[str, list[Column]] = {}
    for table, *column in rows:
        tables.setdefault(table, []).append(Column(*column))
    return {table: tuple(columns) for table, columns in tables.items()}


@cache
def _declared() -> dict[str, tuple[Column, ...]]:
    with duckdb.connect() as connection:
        create_tables(connection, "schema", "schema/system", "schema/private")
        return columns_of(connection)
