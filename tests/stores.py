"""Published stores for tests: the golden portfolio, nothing at all, or any rows given.

A portfolio is table → frame with columns of the contract; columns that a frame lacks are null or
take the schema's default, as after a load.
"""

from collections.abc import Mapping
from datetime import timedelta
from math import isclose
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from dashboard.codes import CODES
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


def golden_slices(folder: Path, pieces: int, seed: int) -> list[tuple[str, Path]]:
    """The golden files cut into ``pieces`` at random, as (table, file) in random order."""
    random = np.random.default_rng(seed)
    found = []
    for table, rows in golden_portfolio().items():
        for number, piece in enumerate(np.array_split(random.permutation(len(rows)), pieces)):
            path = folder / f"{table}_{number}.csv"
            rows.iloc[piece].to_csv(path, index=False, encoding="utf-8")
            found.append((table, path))
    return [found[index] for index in random.permutation(len(found))]


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


def differences(found: Any, expected: Any, place: str = "") -> list[str]:
    """Where two nested results differ: keys, texts and counts exactly, other numbers by 1e-6."""
    if isinstance(expected, dict):
        if found.keys() != expected.keys():
            return [f"{place}: {sorted(found)} instead of {sorted(expected)}"]
        return [
            each
            for key in expected
            for each in differences(found[key], expected[key], f"{place}/{key}")
        ]
    if isinstance(found, float) and expected is not None:
        same = isclose(found, expected, rel_tol=1e-6, abs_tol=1e-9)
    else:
        same = found == expected
    return [] if same else [f"{place}: {found} instead of {expected}"]


def odd_portfolio(seed: int, records: int = 60) -> dict[str, pd.DataFrame]:
    """A small portfolio of everything that the contract allows and nobody expects.

    Gaps in every nullable column, zero durations, cancelled records, customers and staff without a
    project, surveys without a record, of another project or of a record that is not there, codes in
    Chinese.
    """
    random = np.random.default_rng(seed)

    def pick(values: list[Any], size: int) -> list[Any]:
        return [values[index] for index in random.integers(0, len(values), size)]

    def later(moments: pd.Series, hours: float, known: float = 0.7) -> pd.Series:
        waits = pd.to_timedelta(random.integers(0, int(hours * 2), len(moments)) * 1800, unit="s")
        return (moments + waits).where(random.random(len(moments)) < known)

    projects = ["P1", "P2", "'; drop", "*"]
    customers = [f"C{index}" for index in range(12)]
    start = pd.Timestamp("2024-01-01")
    day = [*(start.date() + timedelta(days=each) for each in range(-40, 200, 20)), None]
    created = pd.Series(start + pd.to_timedelta(random.integers(0, 24 * 180, records), unit="h"))
    sent = pd.Series(start + pd.to_timedelta(random.integers(0, 24 * 180, records), unit="h"))
    surveys = [f"V{index}" for index in range(records)]
    dimensions = [(survey, name) for survey in surveys[::3] for name in CODES["dimension"]]
    return {
        "project": pd.DataFrame(
            {
                "project_id": projects,
                "project_name": ["一", "二", "三", "四"],
                "region": ["华东", "华东", None, "%"],
                "households": [100, None, 0, 250],
                "handed_over_on": pick(day, 4),
            }
        ),
        "customer": pd.DataFrame(
            {
                "customer_id": customers,
                "project_id": pick([*projects, None], 12),
                "segment": pick([*CODES["segment"], None], 12),
                "handed_over_on": pick(day, 12),
                "joined_on": pick(day, 12),
                "left_on": pick([*day, None, None], 12),
            }
        ),
        "service_record": pd.DataFrame(
            {
                "record_id": [f"R{index}" for index in range(records)],
                "project_id": pick(projects, records),
                "customer_id": pick([*customers[:6], "stranger", None], records),
                "staff_id": pick(["S1", "S2", None], records),
                "kind": pick(["complaint", "complaint", "repair", "visit"], records),
                "stage": pick([*CODES["stage"], None], records),
                "category": pick(["漏水", "attitude", None], records),
                "channel": pick(["phone", "app", None], records),
                "level": pick([*CODES["level"], None], records),
                "tier_target": pick([*CODES["tier"], None], records),
                "tier_delivered": pick([*CODES["tier_delivered"], None], records),
                "created_at": created,
                "due_at": later(created, 100),
                "first_response_at": later(created, 5),
                "on_site_at": later(created, 40, 0.4),
                "resolved_at": later(created, 900),
                "fed_back_at": later(created, 900),
                "closed_at": later(created, 900),
                "status": pick(["open", "closed", "resolved", "cancelled"], records),
                "reopen_count": pick([0, 0, 1, 3], records),
                "escalated": pick([True, False], records),
                "cost": pick([0, 10, 99.99, None], records),
            }
        ),
        "survey": pd.DataFrame(
            {
                "survey_id": surveys,
                "record_id": pick(["R1", "R2", "R3", "R4", "nowhere", None], records),
                "project_id": pick(projects, records),
                "customer_id": pick([*customers, None], records),
                "staff_id": pick(["S1", "S2", None], records),
                "sent_at": sent.where(random.random(records) < 0.9),
                "responded_at": later(sent, 200, 0.6),
                "nps": pick([*range(11), None], records),
                "csat": pick([1, 2, 3, 4, 5, None], records),
                "ces": pick([*range(1, 8), None], records),
            }
        ),
        "survey_dimension": pd.DataFrame(
            {
                "survey_id": [survey for survey, _ in dimensions],
                "dimension": [name for _, name in dimensions],
                "expectation": pick([3, 4, 5, None], len(dimensions)),
                "perception": pick([1, 3, 5, None], len(dimensions)),
            }
        ),
        "staff": pd.DataFrame(
            {
                "staff_id": ["S1", "S2", "S3"],
                "staff_name": ["甲", "乙", "丙"],
                "project_id": ["P1", None, "P2"],
                "hired_on": [None, day[1], day[5]],
                "left_on": [day[7], None, None],
            }
        ),
        "training": pd.DataFrame(
            {
                "training_id": [f"K{index}" for index in range(records)],
                "staff_id": pick(["S1", "S2", "S3"], records),
                "course": "礼仪",
                "held_on": pick(day[:-1], records),
                "required": pick([True, False], records),
                "attended": pick([True, True, True, False], records),
                "passed": pick([True, False, None], records),
            }
        ),
        "inspection": pd.DataFrame(
            {
                "inspection_id": [f"I{index}" for index in range(records)],
                "project_id": pick(projects, records),
                "staff_id": pick(["S1", "S2", None], records),
                "inspected_on": pick(day[:-1], records),
                "item": "记录完整",
                "score": pick([60, 100, None], records),
                "finding": pick(["记录不完整", None], records),
                "due_on": pick(day, records),
                "rectified_on": pick(day, records),
            }
        ),
        "review": pd.DataFrame(
            {
                "review_id": [f"Q{index}" for index in range(records)],
                "staff_id": pick(["S1", "S2", "S3"], records),
                "reviewer": pick(["manager", "peer", "self"], records),
                "reviewed_on": pick(day[:-1], records),
                "ability": pick([1, 3, 5], records),
                "attitude": pick([1, 5, None], records),
                "efficiency": pick([2, 4], records),
            }
        ),
    }
