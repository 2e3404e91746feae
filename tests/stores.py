"""Published stores for tests: the golden portfolio, nothing at all, or any rows given.

A portfolio is table → frame with columns of the contract; columns that a frame lacks are null or
take the schema's default, as after a load.
"""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pandas as pd

from dashboard.published import CURRENT, store_file
from dashboard.settings import QUERIES, Settings
from dashboard.store import Store

GOLDEN = Path(__file__).parent / "golden"

Portfolio = Mapping[str, pd.DataFrame]

_AS_OF = """
insert into store_info
select 1, max(moment), false, now()
from (
    select greatest(
        created_at, first_response_at, on_site_at, resolved_at, fed_back_at, closed_at
    ) as moment
    from service_record
    union all
    select greatest(sent_at, responded_at) from survey
)
"""


def golden_portfolio() -> dict[str, pd.DataFrame]:
    """The golden portfolio, every cell as text."""
    return {
        path.stem: pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
        for path in sorted((GOLDEN / "portfolio").glob("*.csv"))
    }


def publish(folder: Path, portfolio: Portfolio, version: int = 1) -> Store:
    """Publish a portfolio as a version of the store in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(store_file(folder, version))) as connection:
        for part in ("schema", "schema/system"):
            for path in sorted((QUERIES / part).glob("*.sql")):
                connection.execute(path.read_text(encoding="utf-8"))
        for table, frame in portfolio.items():
            _insert(connection, table, frame)
        connection.execute(_AS_OF)
    (folder / CURRENT).write_text(str(version), encoding="ascii")
    return Store(Settings(store=folder))


def _insert(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    """Insert the columns that the table has; the others are personal data, stored elsewhere."""
    known = {name for name, *_ in connection.execute(f"describe {table}").fetchall()}
    columns = [column for column in frame.columns if column in known]
    if columns:
        names = ", ".join(columns)
        connection.register(
            "given", frame[columns].astype(object).where(frame[columns].notna(), None)
        )
        connection.execute(f"insert into {table} ({names}) select {names} from given")  # noqa: S608
        connection.unregister("given")
