"""Helpers of the loading tests: load a text, look into the published files."""

import hashlib
from pathlib import Path
from typing import Any

import duckdb

from dashboard.ingest.load import load_file
from dashboard.ingest.result import LoadResult
from dashboard.published import current_version, private_file, store_file
from dashboard.settings import Settings

SHARED = Path(__file__).parents[3] / "shared"

RECORD = "record_id,project_id,kind,created_at"


def load(store: Path, content: str | bytes | Path, table: str, **options: Any) -> LoadResult:
    """Load a CSV text, bytes or a file; the file of a text stands beside the store."""
    file = content
    if not isinstance(content, Path):
        file = store.parent / f"{table}.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    result = load_file(
        file,
        table=table,
        mapping=options.get("mapping"),
        settings=Settings(store=store, time_zone=options.get("time_zone", "Asia/Shanghai")),
        who="tester",
    )
    total = result.inserted + result.updated + result.unchanged + result.refused
    assert result.read == total
    return result


def load_alone(store: Path, file: Path, **options: Any) -> LoadResult:
    """Load a file of which nothing is said."""
    result = load_file(
        file, table=None, mapping=None, settings=Settings(store=store), who="tester", **options
    )
    total = result.inserted + result.updated + result.unchanged + result.refused
    assert result.read == total
    return result


def rows(store: Path, sql: str, *, private: bool = False) -> list[tuple[Any, ...]]:
    """Rows of a query on the published store, or on its private file."""
    version = current_version(store)
    assert version is not None
    file = private_file(store, version) if private else store_file(store, version)
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def quarantine(store: Path) -> list[tuple[int, str, list[str]]]:
    """Line, text and reasons of every refused row."""
    return rows(
        store, "select line, source_text, reasons from quarantine order by line", private=True
    )


def reasons(store: Path, header: str, row: str, table: str) -> list[str]:
    """The reasons for which one row is refused."""
    result = load(store, f"{header}\n{row}\n", table)
    assert (result.read, result.refused) == (1, 1)
    ((line, text, found),) = quarantine(store)
    assert (line, text) == (2, row)
    assert sum(result.refusals.values()) == len(found)
    return found


def contents(folder: Path) -> dict[str, str]:
    """Name and SHA-256 of every file below a folder, the lock aside."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and file.name != "load.lock"
    }
