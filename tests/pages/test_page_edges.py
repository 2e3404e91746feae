"""Pages at the edges: leap days, one record, few cases, many projects, names that try things."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests import odd_names, stores
from tests.edges import EDGES, PLACES, records, resolved
from tests.pages.test_pages import SCRIPTS, assert_sound, texts

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


@pytest.mark.parametrize("script", SCRIPTS)
def test_page_with_one_record(serve: Any, one_record: Path, script: str) -> None:
    app = serve(one_record, script, "en", **MONTH)
    assert_sound(app)
    assert not {"nan", "inf", "nat"} & set(" ".join(texts(app)).lower().split())


@pytest.mark.parametrize("script", SCRIPTS)
def test_page_with_odd_names(serve: Any, odd_store: Path, script: str) -> None:
    app = serve(odd_store, script, "en", **odd_names.PERIOD)
    assert_sound(app)
    for shown in app.markdown:
        assert odd_names.live(shown.value) == [], shown.value


@pytest.mark.parametrize("script", ["overview", "complaints", "projects", "worklist"])
def test_page_with_many_projects(serve: Any, wide_store: Path, script: str) -> None:
    app = serve(wide_store, script, "en", **odd_names.PERIOD)
    assert_sound(app)


@pytest.mark.parametrize(
    "link",
    [
        {"period": "custom", "from": "2024-03-01", "to": "2024-03-31"},
        {"compare": "previous", **MONTH},
        {"kind": "nonsense", **MONTH},
    ],
)
def test_a_filter_stays_changed_after_any_link(
    serve: Any, odd_store: Path, link: dict[str, str]
) -> None:
    app = serve(odd_store, "complaints", "en", **link)
    app.multiselect(key="f_channel").select("phone").run()
    assert app.multiselect(key="f_channel").value == ["phone"]
    assert "phone" in app.query_params["channel"]


@pytest.fixture(scope="module")
def one_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("one")
    stores.publish(folder, EDGES["one_record"]())
    return folder


@pytest.fixture(scope="module")
def odd_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    stores.publish(folder, odd_names.portfolio())
    return folder


@pytest.fixture(scope="module")
def wide_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wide")
    stores.publish(folder, odd_names.many_projects(2000))
    return folder


def test_months_before_the_data_are_not_months_without_complaints(
    serve: Any, tmp_path: Path
) -> None:
    stores.publish(tmp_path, EDGES["all_open"]())
    app = serve(tmp_path, "overview", "en", **{"from": "2024-03-01", "to": "2024-04-30"})
    assert_sound(app)
    said = " ".join(texts(app))
    assert "in a row on one side" not in said
    assert "Outside the control limits" not in said
    title = "Complaints per 100 households, month by month"
    (chart,) = [each for each in app.get("plotly_chart") if each.proto.alt.startswith(title)]
    drawn = json.loads(chart.proto.spec)["data"]
    assert {key for trace in drawn for key in trace.get("customdata") or ()} == {"2024-03"}


def test_a_figure_that_counts_nothing_says_by_which_column(serve: Any, tmp_path: Path) -> None:
    stores.publish(tmp_path, EDGES["all_open"]())
    for language, column in (("en", "“Target tier”"), ("zh_CN", "“目标等级”")):
        app = serve(tmp_path, "overview", language, **MONTH)
        assert any(column in each.replace("\\", "") for each in texts(app))
    said = " ".join(texts(serve(tmp_path, "complaints", "en", **MONTH)))
    assert "The selection holds rows, but none that this figure counts." in said


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("overview", "100.0 % of the records are resolved at the moment they were created."),
        ("complaints", "75.0 % of the records share their time of day, to the second, with many"),
        ("standards", "50.0 % of the records are resolved after they were closed, or due before"),
    ],
)
def test_a_page_says_what_its_data_lack(serve: Any, tmp_path: Path, script: str, said: str) -> None:
    odd = records(80)
    odd["created_at"] = [
        day + pd.Timedelta(hours=19 if number % 4 else 8 + number / 100)
        for number, day in enumerate(pd.date_range("2024-01-01", periods=80))
    ]
    odd = resolved(odd, 0)
    odd["closed_at"] = odd["created_at"] - pd.to_timedelta([0, 1] * 40, unit="h")
    stores.publish(tmp_path, PLACES | {"service_record": odd})
    app = serve(tmp_path, script, "en", **{"from": "2024-01-01", "to": "2024-03-31"})
    assert_sound(app)
    assert said in " ".join(texts(app))
