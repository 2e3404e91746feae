"""What a published store file holds: its rows by table, its loads, what it says of itself."""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from dashboard import sqlfile
from dashboard.contract import TABLES
from dashboard.errors import Said, StoreError
from dashboard.ledger import Loaded


@dataclass(frozen=True)
class Described:
    """The content of a store file.

    rows   contract table → its rows
    loads  the loads of its log, oldest first
    """

    contract: int
    published_at: datetime
    demo: bool
    rows: Mapping[str, int]
    loads: tuple[Loaded, ...]


def described(file: Path) -> Described:
    """What a store file holds; raises StoreError where it cannot be opened or is no store."""
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            info = connection.execute(
                "select contract_version, published_at, demo from store_info"
            ).fetchone()
            if info is None:
                raise no_store(file, Said("it says nothing of itself"))
            loads = connection.execute(sqlfile.folder("load")["logged_loads"].text).fetchall()
            rows = rows_of(connection, "main")
            contract, published_at, demo = info
            return Described(
                contract, published_at, demo, rows, tuple(Loaded(*row) for row in loads)
            )
    except duckdb.Error as error:
        raise no_store(file, error) from error


def rows_of(connection: duckdb.DuckDBPyConnection, schema: str) -> dict[str, int]:
    """Contract table → its rows, of the tables that a schema of a connection has."""
    there = {
        name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()
    }
    return {name: len(connection.table(f"{schema}.{name}")) for name in TABLES if name in there}


def no_store(file: Path, error: object) -> StoreError:
    """The error for a file that cannot be opened as a store."""
    return StoreError(
        "{file} cannot be opened: {error}.",
        "Go back to the version before (python -m dashboard undo) or to a backup (python -m"
        " dashboard restore).",
        file=file,
        error=error,
    )


def breaches(store: Path, private: Path) -> dict[str, object]:
    """Invariant that does not hold in a published version → the first rows that break it.

    Raises StoreError where the files cannot be opened or lack tables.
    """
    try:
        spill = str(Path(tempfile.gettempdir()) / f"dashboard-{os.getpid()}")
        with duckdb.connect(config={"temp_directory": spill}) as connection:
            connection.execute("attach ? as store (read_only)", [str(store)])
            connection.execute("attach ? as private (read_only)", [str(private)])
            connection.execute("use store")
            return breached(connection)
    except duckdb.Error as error:
        raise no_store(store, error) from error


def breached(connection: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """The same on a connection that has both files attached and uses ``store``."""
    found = {
        name: connection.execute(check.text).fetchmany(3)
        for name, check in sqlfile.folder("check").items()
    }
    return {name: rows for name, rows in found.items() if rows}
