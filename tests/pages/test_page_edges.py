"""Pages at the edges: of a leap day, of one record, of people with few cases, of nothing varied."""

from pathlib import Path
from typing import Any

import pytest

from tests import stores
from tests.edges import EDGES
from tests.pages.test_pages import assert_sound, texts

LEAP_DAY = {"from": "2024-02-29", "to": "2024-02-29", "compare": "year"}
MONTH = {"from": "2024-03-01", "to": "2024-03-31"}


@pytest.mark.parametrize(
    ("edge", "script", "query", "said"),
    [
        ("around_month_ends", "overview", LEAP_DAY, "Feb 29, 2024 to Feb 29, 2024"),
        ("around_month_ends", "complaints", LEAP_DAY, "Feb 29, 2024 to Feb 29, 2024"),
        ("around_month_ends", "satisfaction", LEAP_DAY, "Feb 29, 2024 to Feb 29, 2024"),
        ("one_record", "overview", MONTH, "n = 1"),
        ("one_record", "complaints", MONTH, "n = 1"),
        ("one_record", "staff", MONTH, "n<5"),
        ("four_and_five_cases", "staff", MONTH, "n<5"),
        ("all_the_same", "satisfaction", MONTH, "n = 60"),
        ("all_the_same", "complaints", MONTH, "n = 60"),
        ("all_open", "overview", MONTH, "n = 40"),
        ("all_open", "complaints", MONTH, "n = 40"),
    ],
)
def test_page(
    serve: Any, tmp_path: Path, edge: str, script: str, query: dict[str, str], said: str
) -> None:
    stores.publish(tmp_path, EDGES[edge]())
    app = serve(tmp_path, script, "en", **query)
    assert_sound(app)
    shown = " ".join(texts(app))
    assert said in shown
    assert not {"nan", "inf", "nat"} & set(shown.lower().split())


def test_the_records_of_one_record(serve: Any, tmp_path: Path) -> None:
    stores.publish(tmp_path, EDGES["one_record"]())
    app = serve(tmp_path, "records", "en", metric="record_count", **MONTH)
    assert_sound(app)
    (listed,) = app.dataframe
    assert list(listed.value["record_id"]) == ["R0"]
