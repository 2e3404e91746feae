"""Files of the public and the golden portfolio, against figures computed independently."""

import json
from pathlib import Path

import pytest

from dashboard.contract import TABLES
from dashboard.ingest.result import LoadResult
from tests.ingest.loading import SHARED, load, load_alone, rows

BOSTON = SHARED / "data" / "boston_311"
GOLDEN = SHARED / "golden" / "portfolio"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")


@pytest.fixture(scope="module")
def boston(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, LoadResult]:
    store = tmp_path_factory.mktemp("boston") / "store"
    return store, load_boston(store)


def load_boston(store: Path) -> LoadResult:
    file = BOSTON / "311_service_requests_2011.zip"
    return load(store, file, "service_record", mapping="boston_311")


@needs_shared
def test_boston_agrees_with_its_truth(boston: tuple[Path, LoadResult]) -> None:
    store, result = boston
    assert (result.read, result.inserted, result.refused) == (58_251, 58_251, 0)
    truth = json.loads((BOSTON / "truth.json").read_text(encoding="utf-8"))["all"]
    counted = (
        "select count(*) filter (resolved_at is null), count(resolved_at),"
        " round(avg(epoch(resolved_at - created_at) / 3600.0), 4),"
        " count(*) filter (resolved_at = created_at),"
        " count(*) filter (resolved_at <= due_at), count(*) filter (status = 'resolved')"
        " from service_record"
    )
    assert rows(store, counted) == [(3_681, 54_570, 993.5428, 2_499, 35_591, 54_570)]
    top = (
        "select {0}, count(*) from service_record where {0} <> 'unknown' group by 1 order by 2 desc"
    )
    for column, expected in (
        ("category", truth["top5_category"]),
        ("project_id", truth["top5_location"]),
        ("staff_id", truth["top5_staff"]),
    ):
        assert rows(store, top.format(column))[:5] == [tuple(pair) for pair in expected]
    unknown = "select count(*) from service_record where project_id = 'unknown'"
    assert rows(store, unknown) == [(truth["blank_location"],)]
    channels = rows(store, "select channel, count(*) from service_record group by 1 order by 1")
    assert channels == [("app", 3907), ("other", 18_048), ("phone", 28_136), ("web", 8160)]


@needs_shared
def test_boston_complaints_by_weekday_and_hour(boston: tuple[Path, LoadResult]) -> None:
    truth = json.loads((BOSTON / "truth.json").read_text(encoding="utf-8"))
    matrix = [[0] * 24 for _ in range(7)]
    for weekday, hour, count in rows(
        boston[0],
        "select isodow(created_at) - 1, hour(created_at), count(*) from service_record"
        " where kind = 'complaint' group by 1, 2",
    ):
        matrix[weekday][hour] = count
    assert matrix == truth["inspectional_services_only"]["weekday_hour"]


@needs_shared
def test_boston_again_changes_nothing(boston: tuple[Path, LoadResult]) -> None:
    again = load_boston(boston[0])
    assert (again.read, again.unchanged) == (58_251, 58_251)


@needs_shared
def test_baltimore_is_the_same_as_text_and_as_workbook(tmp_path: Path) -> None:
    folder = SHARED / "data" / "baltimore_311"
    store = tmp_path / "store"
    result = load_alone(store, folder / "311_sample.csv")
    assert (result.mapping, result.read, result.inserted) == ("baltimore_311", 10_000, 10_000)
    result = load_alone(store, folder / "311_sample.xlsx")
    assert (result.read, result.unchanged) == (10_000, 10_000)
    counted = (
        "select count(resolved_at), round(median(epoch(resolved_at - created_at)) / 3600.0, 4),"
        " count(*) filter (created_at::time in ('19:00:00', '20:00:00')) from service_record"
    )
    assert rows(store, counted) == [(9_792, 32.4044, 1_481)]


@needs_shared
def test_airport_surveys_of_two_years(tmp_path: Path) -> None:
    folder, store = SHARED / "data" / "sfo_survey", tmp_path / "store"
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    for year in ("2017", "2018"):
        result = load_alone(store, folder / f"{year}_SFO_Customer_Survey_20250817.csv")
        assert result.mapping == f"sfo_survey_{year}"
        assert (result.read, result.refused) == (truth[year]["rows"], 0)
        counted = (
            "select count(nps), count(*) filter (nps >= 9), count(*) filter (nps <= 6),"
            " count(csat) from survey where starts_with(survey_id, '{0}')"
        )
        nps, csat = truth[year]["nps_unweighted"], truth[year]["csat"]["Q7ALL"]["answered_1_to_5"]
        expected = (nps["n"], nps["promoters"], nps["detractors"], csat["n"])
        assert rows(store, counted.format(year)) == [expected]


@needs_shared
def test_golden_portfolio_loads_whole(tmp_path: Path) -> None:
    store = tmp_path / "store"
    tables = [name for name in TABLES if (GOLDEN / f"{name}.csv").exists()]
    assert len(tables) == 9
    for table in reversed(tables):
        file = GOLDEN / f"{table}.csv"
        lines = len(file.read_text(encoding="utf-8").splitlines()) - 1
        result = load(store, file, table)
        assert (result.inserted, result.refused, result.unmapped) == (lines, 0, ())
        assert rows(store, f"select count(*) from {table}") >= [(lines,)]  # noqa: S608
    for table in tables:
        result = load(store, GOLDEN / f"{table}.csv", table)
        assert result.unchanged == result.read
    assert rows(store, "select count(*) from project where not registered") == [(0,)]
