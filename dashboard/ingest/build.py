"""The next version of a store while it is being built.

One connection has three catalogues: ``work`` (staging, thrown away), ``store`` and ``private``
(the two files of the draft). DuckDB writes to one file per transaction; that the two files appear
together is the work of ``versions``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb
from duckdb import DuckDBPyRelation, Expression, col, lit

from dashboard import sqlfile
from dashboard.contract import CONTRACT_VERSION, TABLES
from dashboard.errors import StoreError
from dashboard.ingest import schema, versions
from dashboard.ingest.schema import Column
from dashboard.published import private_file, store_file
from dashboard.settings import Settings

_ATTACH = {
    "store": "attach ? as store (storage_version 'v1.5.0')",
    "private": "attach ? as private (storage_version 'v1.5.0')",
}

# A disk that is full at a checkpoint is a fatal error to the database, not an input/output error.
_OUT_OF_SPACE = (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException)


class Build:
    """A draft with its connection.

    ``open_catalogues`` makes ``store`` and ``private`` ready, ``finish`` checks, closes and
    publishes. In between the loader reads and writes through ``connection``.
    """

    def __init__(self, draft: versions.Draft, settings: Settings) -> None:
        self.draft = draft
        self.connection = duckdb.connect(
            str(draft.staging / "work.duckdb"),
            config={
                "memory_limit": settings.memory_limit,
                "threads": settings.threads,
                "temp_directory": str(draft.staging),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "python_enable_replacements": False,
            },
        )

    def open_catalogues(self, *, empty: bool = False) -> None:
        """Attach the draft: a copy of the current version, or empty tables.

        A current version with other tables or columns is carried over into new tables row by row.
        """
        current = None if empty else self.draft.current
        outdated = current is not None and not self._up_to_date(current)
        if current is not None and not outdated:
            self.draft.copy_current()
        self.connection.execute(_ATTACH["store"], [str(self.draft.store)])
        self.connection.execute(_ATTACH["private"], [str(self.draft.private)])
        if current is None or outdated:
            self.connection.execute("use store")
            schema.create_tables(self.connection, "schema", "schema/system")
            self.connection.execute("use private")
            schema.create_tables(self.connection, "schema/private")
            self.connection.execute("use work")
        if current is not None and outdated:
            self._carry_over("store", store_file(self.draft.folder, current))
            self._carry_over("private", private_file(self.draft.folder, current))
            for upgrade in sqlfile.folder("upgrade").values():
                self.connection.execute(upgrade.text)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes of the block, or none. They may go to one catalogue only."""
        self.connection.begin()
        try:
            yield
        except BaseException:
            self.connection.rollback()
            raise
        try:
            self.connection.commit()
        except duckdb.TransactionException as error:
            raise _out_of_space(error) from error

    def replace(self, catalogue: str, table: str, rows: DuckDBPyRelation) -> None:
        """Put ``rows`` in place of all rows of a table; they must not be read from that table."""
        # The one place that puts a name into SQL: there is no other way to empty a table by name,
        # and both names come from this program's own schema.
        target = ".".join(_quoted(name) for name in (catalogue, table))
        self.connection.execute(f"delete from {target}")  # noqa: S608
        rows.insert_into(target)

    def finish(self, *, demo: bool, published_at: datetime) -> int:
        """Describe the store, check every invariant, and make it current; gives its number.

        Raises StoreError where an invariant does not hold; nothing is published then.
        """
        with self.transaction():
            self.connection.execute(
                sqlfile.folder("load")["store_info"].text,
                {"contract_version": CONTRACT_VERSION, "demo": demo, "published_at": published_at},
            )
        self.connection.execute("use store")
        for check in sqlfile.folder("check").values():
            if found := self.connection.execute(check.text).fetchmany(3):
                raise StoreError(
                    f"The new version fails the check {check.name}: {found}.",
                    "Nothing was published. This is a defect of the loader: please report it.",
                )
        self.connection.execute("use work")
        for statement in ("checkpoint store", "checkpoint private"):
            self.connection.execute(statement)
        self.connection.close()
        self.draft.publish()
        return self.draft.number

    def _up_to_date(self, current: int) -> bool:
        files = {
            store_file(self.draft.folder, current): schema.store_tables(),
            private_file(self.draft.folder, current): schema.private_tables(),
        }
        return all(
            _columns(file) == {table: schema.stored_columns(table) for table in tables}
            for file, tables in files.items()
        )

    def _carry_over(self, catalogue: str, file: Path) -> None:
        self.connection.execute("attach ? as before (read_only)", [str(file)])
        with self.transaction():
            for table, there in _columns(file).items():
                if table in (*schema.store_tables(), *schema.private_tables()):
                    known = {column.name for column in there}
                    rows = self.connection.table(f'before.main."{table}"').select(
                        *(_kept_or_default(table, c, known) for c in schema.stored_columns(table))
                    )
                    rows.insert_into(f'{catalogue}.main."{table}"')
        self.connection.execute("detach before")


@contextmanager
def building(folder: Path, settings: Settings) -> Iterator[Build]:
    """A build of the next version; unless it is finished, nothing of it stays.

    Raises StoreError where another load goes on, the disk is full or the memory limit too low.
    """
    with versions.draft(folder) as draft:
        try:
            build = Build(draft, settings)
            try:
                yield build
            finally:
                build.connection.close()
        except _OUT_OF_SPACE as error:
            raise _out_of_space(error) from error


def _out_of_space(error: duckdb.Error) -> StoreError:
    return StoreError(
        f"The load ran out of disk or memory: {error}.",
        "Free space, or raise DASHBOARD_MEMORY; nothing was published.",
    )


def _columns(file: Path) -> dict[str, tuple[Column, ...]]:
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            return schema.columns_of(connection)
    except duckdb.IOException as error:
        raise StoreError(
            f"{file} cannot be opened: {error}.",
            f"Write the number of an older version into {file.parent / 'CURRENT'}.",
        ) from error


def _kept_or_default(table: str, column: Column, known: set[str]) -> Expression:
    if column.name in known:
        return col(column.name)
    defaults = dict(TABLES[table].defaults) if table in TABLES else {}
    value = defaults.get(column.name, True if column.name == schema.REGISTERED else None)
    return lit(value).cast(column.type).alias(column.name)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
