"""The serving side of the store: page queries, bound to a scope. The only user of duckdb here.

A ``Store`` follows the published version: it opens each version once, read-only, behind an
in-memory catalogue that holds nothing but the scope and metric macros of ``queries``. A query gets
a cursor of its own, and the caller's scope as a bound parameter; without a scope it returns no row.
"""

import logging
import os
import tempfile
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pandas as pd

from dashboard import ledger, sqlfile
from dashboard.access import NOTHING, Scope
from dashboard.errors import QueryError, StoreError, StoreMissingError, TooManyRowsError
from dashboard.published import current_version, store_file
from dashboard.selection import Selection
from dashboard.settings import Settings

log = logging.getLogger(__name__)

MAX_ROWS = 200_000
"""The most rows that one query may return; ``.df()`` allocates outside the memory limit."""

_SCOPE_TYPE = duckdb.struct_type({"everything": "BOOLEAN", "projects": "VARCHAR[]"})
_SELECTION_TYPE = duckdb.struct_type(
    {"date_from": "DATE", "date_to": "DATE", "sought": "VARCHAR"}
    | dict.fromkeys(
        (
            "projects",
            "regions",
            "tiers",
            "channels",
            "kinds",
            "categories",
            "segments",
            "staff",
            "stages",
            "levels",
            "target_tiers",
            "grades",
            "teams",
            "customers",
            "handovers",
            "named",
        ),
        "VARCHAR[]",
    )
    | dict.fromkeys(("weekdays", "hours"), "INTEGER[]")
)


@dataclass(frozen=True)
class StoreInfo:
    """What the published version is: its number, as-of time, and whether it is demo data."""

    version: int
    as_of: datetime | None
    demo: bool
    published_at: datetime


NOTHING_PUBLISHED = StoreInfo(0, None, False, datetime.min)
"""What is served where there is no store yet."""


class Queries(Protocol):
    """Whatever answers page queries: the store, or something that remembers its answers."""

    def run(
        self,
        query: str,
        scope: Scope = NOTHING,
        selection: Selection | None = None,
        **parameters: object,
    ) -> pd.DataFrame:
        """The rows of a page query; see ``Store.run``."""


class Store:
    """The published store of one folder. Safe to share between threads.

    It follows CURRENT; with a ``version`` it keeps to that one.
    """

    def __init__(self, settings: Settings, version: int | None = None) -> None:
        self._settings = settings
        self._kept_to = version
        self._lock = threading.Lock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._info: StoreInfo | None = None

    @property
    def folder(self) -> Path:
        """The folder of the store."""
        return self._settings.store

    def info(self) -> StoreInfo:
        """The version that is served now; raises StoreError where nothing is published."""
        _, info = self._open_current()
        return info

    def run(
        self,
        query: str,
        scope: Scope = NOTHING,
        selection: Selection | None = None,
        **parameters: object,
    ) -> pd.DataFrame:
        """Run ``queries/page/QUERY.sql`` for a scope and return its rows.

        Columns are those of the file's header. Raises QueryError for an unknown query, for
        parameters that it lacks or does not have, and for more than MAX_ROWS rows.
        """
        file = sqlfile.query(query)
        bound: dict[str, object] = dict(parameters)
        if selection is not None:
            bound["selection"] = duckdb.Value(selection.as_parameter(), _SELECTION_TYPE)
        if "scope" in file.parameters:
            bound["scope"] = duckdb.Value(scope.as_parameter(), _SCOPE_TYPE)
        _check_parameters(file, bound)
        connection, _ = self._open_current()
        with connection.cursor() as cursor:
            try:
                result = cursor.execute(file.text, bound)
                frame = result.fetch_df_chunk(MAX_ROWS // 2048 + 1)
            except duckdb.Error as error:
                raise QueryError(
                    "The query {query} failed: {error}",
                    "If the store was made by an older version, loading any file makes it new.",
                    query=query,
                    error=error,
                ) from error
        if len(frame) > MAX_ROWS:
            raise TooManyRowsError(
                "The query {query} has more than {n} rows.",
                "Narrow the selection.",
                query=query,
                n=MAX_ROWS,
            )
        return frame

    def _open_current(self) -> tuple[duckdb.DuckDBPyConnection, StoreInfo]:
        version = self._kept_to or current_version(self.folder)
        if version is None:
            raise StoreMissingError(
                "There is no store in {folder}.",
                "Load a file (python -m dashboard load) or make demo data "
                "(python -m dashboard demo).",
                folder=self.folder,
            )
        with self._lock:
            if self._connection is None or self._info is None or self._info.version != version:
                self._connection = _open(_checked(self.folder, version), self._settings)
                self._info = _read_info(self._connection, version)
                log.info("serving version %d of %s", version, self.folder)
            return self._connection, self._info


def _checked(folder: Path, version: int) -> Path:
    """The store file of a version; raises StoreError where it cannot be the one published.

    The size tells of most damage, at no cost; a load compares the whole content.
    """
    file = store_file(folder, version)
    if file.with_name(f"{file.name}.wal").exists():
        # It would be read into the version. What is published has been written completely.
        raise StoreError(
            "{file} was opened for writing by another program.",
            "Published files are never changed. Run: python -m dashboard doctor.",
            file=file,
        )
    if file.exists():
        ledger.check_size(folder, version, ledger.STORE, file)
    return file


def _check_parameters(file: sqlfile.SqlFile, bound: Mapping[str, object]) -> None:
    missing = file.parameters - bound.keys()
    unknown = bound.keys() - file.parameters
    if missing or unknown:
        raise QueryError(
            "The query {query} takes {parameters}; missing: {missing}; unknown: {unknown}.",
            query=file.name,
            parameters=_listed(file.parameters),
            missing=_listed(missing),
            unknown=_listed(unknown),
        )


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(names)) or "–"


def _open(path: Path, settings: Settings) -> duckdb.DuckDBPyConnection:
    """Open one published version, with the macros of ``queries`` and nothing else, locked."""
    config: dict[str, Any] = {
        "memory_limit": settings.memory_limit,
        "threads": settings.threads,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "python_enable_replacements": False,
        "temp_directory": str(Path(tempfile.gettempdir()) / f"dashboard-{os.getpid()}"),
        "max_temp_directory_size": "4GB",
    }
    connection = duckdb.connect(":memory:", config=config)
    try:
        connection.execute("attach $path as store (read_only)", {"path": str(path)})
    except duckdb.Error as error:
        connection.close()
        raise StoreError(
            "{file} cannot be opened: {error}.",
            "Put back a copy of the file, or load again.",
            file=path,
            error=error,
        ) from error
    for name in ("metric", "scope"):
        for file in sqlfile.folder(name).values():
            try:
                connection.execute(file.text)
            except duckdb.CatalogException as error:
                # The store is of an older contract; what does not need the new tables works on.
                log.warning("without the macros of %s: %s", file.name, error)
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def _read_info(connection: duckdb.DuckDBPyConnection, version: int) -> StoreInfo:
    row = connection.execute("select as_of, demo, published_at from store.store_info").fetchone()
    if row is None:
        raise StoreError(
            "Version {version} of the store says nothing of itself.",
            "Load again.",
            version=version,
        )
    return StoreInfo(version, *row)
