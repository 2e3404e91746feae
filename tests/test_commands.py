"""The commands metrics and query, as programs and people call them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dashboard.cli import commands, main
from dashboard.commands.load import Progress
from dashboard.commands.options import JSON
from dashboard.errors import DashboardError, LoadError

YEAR = ["--from", "2024-01-01", "--to", "2024-12-31"]


def call(store: Path, *arguments: str) -> str:
    result = CliRunner().invoke(
        commands, [*arguments, "--store", str(store)], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    return result.stdout


def rows(store: Path, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(call(store, "query", *arguments, "--json"))
    return found


class TestMetrics:
    def test_table_for_people(self, golden_store: Path) -> None:
        lines = call(golden_store, "metrics", *YEAR).splitlines()
        assert lines[0] == "as of 2025-06-30 18:00:00"
        assert any(line.startswith("csat  ") and " to " in line for line in lines)

    def test_filters_narrow(self, golden_store: Path) -> None:
        def count(*filters: str) -> int:
            found = json.loads(call(golden_store, "metrics", *YEAR, *filters, "--json"))
            number: int = found["metrics"]["record_count"]["value"]
            return number

        both = count("--kind", "complaint", "--kind", "repair")
        assert both == count("--kind", "complaint") + count("--kind", "repair")
        assert 0 < count("--kind", "complaint", "--project", "P002", "--channel", "phone") < both
        assert count("--project", "no such") == 0

    def test_nothing_loaded_yet(self, empty_store: Path) -> None:
        found = json.loads(call(empty_store, "metrics", *YEAR, "--json"))
        assert found["as_of"] is None
        assert found["metrics"]["csat"] == {"value": None, "n": 0, "low": None, "high": None}
        assert "—" in call(empty_store, "metrics", *YEAR)


class TestQuery:
    def test_rows_are_objects_with_iso_dates(self, golden_store: Path) -> None:
        drill = ["record_drill", *YEAR, "--param", "metric=record_count", "--param", "part=counted"]
        found = rows(golden_store, *drill, "--param", "limit=2", "--param", "offset=1")
        assert len(found) == 2
        assert found[0]["created_at"] >= found[1]["created_at"]
        assert found[0]["created_at"][10] == "T"

    def test_days_without_a_time(self, golden_store: Path) -> None:
        drill = ["customer_drill", *YEAR, "--param", "metric=churn_rate", "--param", "part=met"]
        left = [row["left_on"] for row in rows(golden_store, *drill)]
        assert left == sorted(left, reverse=True)
        assert all(len(day) == 10 for day in left)

    def test_statistics_keep_their_structure(self, golden_store: Path) -> None:
        found = rows(golden_store, "metric_resolution", *YEAR, "--param", "by=region")
        assert {row["group"] for row in found} == {"华东", "华北", "华南"}
        assert isinstance(found[0]["resolution_median"]["events"][0], float)

    def test_without_a_selection(self, golden_store: Path) -> None:
        assert rows(golden_store, "store_period") == [
            {"first_day": "2024-01-01", "last_day": "2025-06-30"}
        ]

    def test_for_people(self, golden_store: Path) -> None:
        assert "cancelled" in call(golden_store, "query", "record_status", *YEAR)
        nowhere = ["--project", "no such"]
        assert call(golden_store, "query", "record_status", *YEAR, *nowhere) == "no rows\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["metrics", "--from", "2024-02-30", "--to", "2024-03-01"], "not a date.*2025-01-31"),
        (["metrics", "--from", "2024-01-01"], "--to is missing"),
        (["metrics", "--from", "2024-02-01", "--to", "2024-01-01"], "ends .* before it starts"),
        (["metrics", *YEAR, "--kind", "foo"], "'foo'.*consultation, repair, complaint"),
        (["metrics", *YEAR, "--tier", "gold"], "'gold'.*below, basic"),
        (["query", "nothing"], "no query 'nothing'.*metric_record"),
        (["query", "record_drill", *YEAR], "needs metric, part"),
        (
            ["query", "record_drill", *YEAR, "--param", "metric=csat", "--param", "part=met"],
            "'csat'.*record_count",
        ),
        (["query", "metric_record", *YEAR, "--param", "by"], "not NAME=VALUE"),
        (["query", "metric_record", *YEAR, "--param", "by=colour"], "'colour'.*project, region"),
        (["query", "metric_record", *YEAR, "--param", "colour=red"], "unknown: colour"),
    ],
)
def test_what_cannot_be_is_named(golden_store: Path, arguments: list[str], message: str) -> None:
    with pytest.raises(DashboardError, match=message):
        call(golden_store, *arguments)


def test_missing_store(tmp_path: Path) -> None:
    with pytest.raises(DashboardError, match="no store"):
        call(tmp_path / "nowhere", "metrics", *YEAR)


@pytest.mark.parametrize(
    "arguments",
    [
        ["load", "no such.csv"],
        ["demo", "--end", "soon"],
        ["metrics", "--from", "2024-02-30", "--to", "2024-03-01"],
        ["contribution", "--metric", "csat", "--by", "project", "--from", "x", "--to", "y"],
        ["findings", "--from", "2024-02-30", "--to", "2024-03-01"],
        ["quality", "--from", "2024-02-30", "--to", "2024-03-01"],
        ["query", "nothing"],
    ],
)
def test_programs_can_read_an_error(tmp_path: Path, arguments: list[str]) -> None:
    command = [*arguments, "--store", str(tmp_path / "store")]
    told = CliRunner().invoke(commands, [*command, "--json"])
    assert isinstance(told.exception, DashboardError)
    assert json.loads(told.stdout) == {"error": told.exception.as_json()}
    assert str(DashboardError.from_json(told.exception.as_json())) == str(told.exception)
    for_people = CliRunner().invoke(commands, command)
    assert isinstance(for_people.exception, DashboardError)
    assert for_people.stdout == ""


def test_values_of_an_error_are_plain(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["dashboard", "fails", "--json"])

    @commands.command("fails", hidden=True)
    @JSON
    def fails(as_json: bool) -> None:
        raise LoadError("{n} rows of {file}.", "Wait.", n=3, file=Path("a.csv"))

    try:
        with pytest.raises(SystemExit, match="1"):
            main()
    finally:
        del commands.commands["fails"]
    told = capsys.readouterr()
    assert json.loads(told.out)["error"] == {
        "message": "{n} rows of {file}.",
        "hint": "Wait.",
        "values": {"n": "3", "file": "a.csv"},
    }
    assert told.err == "Error: 3 rows of a.csv.\n       Wait.\n"


def test_progress_is_a_line_a_second(capsys: pytest.CaptureFixture[str]) -> None:
    times = iter([0.0, 0.5, 1.1, 1.2, 2.0, 2.2, 9.0])
    progress = Progress(clock=lambda: next(times))
    for share in (0.1, 0.2, 0.3, 0.4, 0.45, 1.0):
        progress("checking", share)
    progress.close()
    assert capsys.readouterr().err == " 20% checking\n 45% checking\n100% checking\n"
