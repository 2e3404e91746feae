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
from dashboard.errors import Said, StoreError
from dashboard.ingest import schema, versions
from dashboard.ingest.inventory import breached, no_store, rows_of
from dashboard.ingest.lock import Claim
from dashboard.ingest.schema import Column
from dashboard.ledger import Event, Loaded
from dashboard.settings import Settings

_ATTACH = {
    "store": "attach ? as store (storage_version 'v1.5.0')",
    "private": "attach ? as private (storage_version 'v1.5.0')",
}

_GONE = {
    "store": " where rowid in (select number from work.gone_store)",
    "private": " where rowid in (select number from work.gone_private)",
}

# What a full disk is to the database depends on where it shows: in writing, at a commit, which may
# be that of a single statement, or at a checkpoint.
_OUT_OF_SPACE = (
    duckdb.IOException,
    duckdb.OutOfMemoryException,
    duckdb.TransactionException,
    duckdb.FatalException,
    MemoryError,
)


class Build:
    """A draft with its connection.

    ``open_catalogues`` makes ``store`` and ``private`` ready, ``finish`` checks, closes and
    publishes. In between the loader reads and writes through ``connection``. ``attach`` and
    ``complete`` do the same for files that came into the draft in another way.
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
        if self.draft.current is not None and not empty:
            self.draft.copy(self.draft.current)
        self.attach()

    def attach(self) -> None:
        """Attach the draft: its files as they stand, carried over to new ones, or empty tables."""
        given = self.draft.store.exists()
        before = self._set_aside() if given and not self.up_to_date() else {}
        new = not given or bool(before)
        self.connection.execute(_ATTACH["store"], [str(self.draft.store)])
        self.connection.execute(_ATTACH["private"], [str(self.draft.private)])
        if new:
            self.connection.execute("use store")
            schema.create_tables(self.connection, "schema", "schema/system")
            self.connection.execute("use private")
            schema.create_tables(self.connection, "schema/private")
            self.connection.execute("use work")
        for catalogue, file in before.items():
            self._carry_over(catalogue, file)
        for upgrade in sqlfile.folder("upgrade").values() if before else ():
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
        self.connection.commit()

    def replace(
        self, catalogue: str, table: str, rows: DuckDBPyRelation, *, some: bool = False
    ) -> None:
        """Put ``rows`` in place of all rows of a table, or of ``some``: those whose row numbers
        stand in ``work``. They must not be read from that table."""
        # The one place that puts a name into SQL: there is no other way to delete from a table by
        # name, and all names come from this program's own schema.
        target = ".".join(_quoted(name) for name in (catalogue, table))
        which = _GONE[catalogue] if some else ""
        self.connection.execute(f"delete from {target}{which}")  # noqa: S608
        rows.insert_into(target)

    def finish(
        self,
        *,
        demo: bool,
        published_at: datetime,
        event: Event = Event.LOAD,
        loads: tuple[Loaded, ...] = (),
    ) -> int:
        """Describe the store, check every invariant, and make it current; gives its number.

        ``event`` and ``loads`` go to the ledger. Raises StoreError where an invariant does not
        hold; nothing is published then.
        """
        rows = self.complete(demo=demo, published_at=published_at)
        self.draft.publish(self.draft.entry(event, published_at, rows=rows, loads=loads))
        return self.draft.number

    def complete(self, *, demo: bool, published_at: datetime) -> dict[str, int]:
        """Describe the store, check every invariant, and close its files; gives its rows by table.

        Raises StoreError where an invariant does not hold.
        """
        with self.transaction():
            self.connection.execute(
                sqlfile.folder("load")["store_info"].text,
                {"contract_version": CONTRACT_VERSION, "demo": demo, "published_at": published_at},
            )
        self.connection.execute("use store")
        for name, found in breached(self.connection).items():
            raise StoreError(
                "The new version fails the check {check}: {found}.",
                "Nothing was published. This is a defect of the loader: please report it.",
                check=name,
                found=found,
            )
        rows = rows_of(self.connection, "store.main")
        self.connection.execute("use work")
        for statement in ("checkpoint store", "checkpoint private"):
            self.connection.execute(statement)
        self.connection.close()
        return rows

    def is_demo(self) -> bool:
        """Whether the store holds demonstration data; a file loaded on top does not change that."""
        found = self.connection.execute("select bool_or(demo) from store.store_info").fetchone()
        return bool(found and found[0])

    def up_to_date(self) -> bool:
        """Whether the files of the draft have the tables and columns of this release."""
        files = {
            self.draft.store: schema.store_tables(),
            self.draft.private: schema.private_tables(),
        }
        return all(
            _columns(file) == {table: schema.stored_columns(table) for table in tables}
            for file, tables in files.items()
        )

    def _set_aside(self) -> dict[str, Path]:
        """The files of the draft by catalogue, moved out of the way of new ones."""
        files = {"store": self.draft.store, "private": self.draft.private}
        return {
            catalogue: file.rename(self.draft.staging / f"before-{catalogue}.duckdb")
            for catalogue, file in files.items()
        }

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
def building(folder: Path, settings: Settings, claim: Claim | None = None) -> Iterator[Build]:
    """A build of the next version; unless it is finished, nothing of it stays.

    ``claim`` says who builds, and how long they wait for another writer. Raises StoreError where
    that one does not end, the disk is full or the memory limit too low.
    """
    with versions.draft(folder, claim) as draft, enough_space():
        build = Build(draft, settings)
        try:
            yield build
        finally:
            build.connection.close()


@contextmanager
def enough_space() -> Iterator[None]:
    """Raise StoreError where the disk or the memory does not suffice for what is done within."""
    try:
        yield
    except _OUT_OF_SPACE as error:
        said = str(error).partition("\n")[0] or Said("there is no memory left")
        raise StoreError(
            "The load ran out of disk or memory: {error}.",
            "Free space, or raise DASHBOARD_MEMORY; nothing was published.",
            error=said,
        ) from error


def _columns(file: Path) -> dict[str, tuple[Column, ...]]:
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            return schema.columns_of(connection)
    except duckdb.IOException as error:
        raise no_store(file, error) from error


def _kept_or_default(table: str, column: Column, known: set[str]) -> Expression:
    if column.name in known:
        return col(column.name)
    defaults = dict(TABLES[table].defaults) if table in TABLES else {}
    value = defaults.get(column.name, True if column.name == schema.REGISTERED else None)
    return lit(value).cast(column.type).alias(column.name)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
