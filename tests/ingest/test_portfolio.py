"""Publishing a portfolio of frames."""

from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from dashboard.errors import LoadError
from dashboard.ingest.portfolio import publish_portfolio
from tests.ingest.loading import RECORD, contents, load, rows


def frames() -> dict[str, pd.DataFrame]:
    return {
        "service_record": pd.DataFrame(
            {
                "record_id": ["R1", "R2"],
                "project_id": ["P1", "P2"],
                "kind": pd.Categorical(["repair", "投诉"]),
                "channel": pd.Categorical([" phone", "\u3000"]),
                "created_at": pd.to_datetime(
                    ["2024-01-05 10:00", "2024-01-06 10:00:00.5"], format="ISO8601"
                ),
                "resolved_at": pd.to_datetime(["2024-01-06", None]),
                "reopen_count": [2.0, float("nan")],
                "escalated": [True, None],
                "cost": [12.5, float("nan")],
                "detail": ["打13812345678", None],
            }
        ),
        "project": pd.DataFrame(
            {"project_id": ["P1"], "project_name": ["一"], "handed_over_on": [date(2024, 1, 1)]}
        ),
        "customer": pd.DataFrame({"customer_id": ["C1"], "customer_name": ["张三"], "vip": [1]}),
    }


def test_frames_become_one_version(store: Path) -> None:
    told: list[float] = []
    results = publish_portfolio(
        frames(), store, demo=True, who="t", progress=lambda _what, share: told.append(share)
    )
    assert {name: result.inserted for name, result in results.items()} == {
        "project": 1,
        "customer": 1,
        "service_record": 2,
    }
    assert {result.version for result in results.values()} == {1}
    assert told == sorted(told)
    assert told[-1] == 1
    columns = (
        "record_id, kind, channel, created_at, resolved_at, status, reopen_count, escalated, cost,"
        " detail"
    )
    assert rows(store, f"select {columns} from service_record") == [  # noqa: S608
        (
            "R1",
            "repair",
            "phone",
            datetime(2024, 1, 5, 10),
            datetime(2024, 1, 6),
            "resolved",
            2,
            True,
            12.5,
            "打138****5678",
        ),
        (
            "R2",
            "complaint",
            None,
            datetime(2024, 1, 6, 10, 0, 0, 500000),
            None,
            "open",
            0,
            False,
            None,
            None,
        ),
    ]
    assert rows(store, "select project_id, registered from project") == [
        ("P1", True),
        ("P2", False),
    ]
    assert rows(store, "select demo from store_info") == [(True,)]
    assert rows(store, "from customer_private", private=True) == [("C1", "张三", None)]
    publish_portfolio(frames(), store, demo=True, who="t")
    assert rows(store, "select count(*) from load_log") == [(3,)]


@pytest.mark.parametrize(
    ("table", "column", "values", "message"),
    [
        ("project", "colour", ["red"], "unknown column 'colour'"),
        ("customer", "segment", ["gold"], "1 rows are refused, first .*segment: 'gold' is not one"),
        ("service_record", "reopen_count", [4.7, 1], "'4.7' cannot be read as a whole number"),
        ("service_record", "record_id", ["R1", "R1"], "stands 2 times"),
        ("service_record", "title", ["a", 1], "mixed types"),
    ],
)
def test_nothing_is_published_where_a_row_is_refused(
    store: Path, table: str, column: str, values: list[object], message: str
) -> None:
    given = frames()
    given[table][column] = values
    with pytest.raises(LoadError, match=message):
        publish_portfolio(given, store, demo=True, who="t")
    assert contents(store) == {}


def test_unknown_table(store: Path) -> None:
    with pytest.raises(LoadError, match="'visits' is not a table"):
        publish_portfolio({"visits": pd.DataFrame({"a": [1]})}, store, demo=True, who="t")
    assert not store.exists()


def test_other_data_is_never_replaced(store: Path) -> None:
    load(store, f"{RECORD}\nR7,P1,repair,2024-01-05\n", "service_record")
    before = contents(store)
    with pytest.raises(LoadError, match="holds data that a portfolio would replace"):
        publish_portfolio(frames(), store, demo=True, who="t")
    assert contents(store) == before


def test_a_file_loaded_onto_demo_data_protects_the_store(store: Path) -> None:
    publish_portfolio(frames(), store, demo=True, who="t")
    load(store, f"{RECORD}\nR7,P1,repair,2024-01-05\n", "service_record")
    assert rows(store, "select demo from store_info") == [(True,)]
    with pytest.raises(LoadError, match="would replace"):
        publish_portfolio(frames(), store, demo=True, who="t")
