"""Every metric of every selection of the golden portfolio, from the store and from the command.

Loaded as it is, with its rows shuffled, and slice by slice: see ``any_golden_store``.
"""

import filecmp
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dashboard.access import EVERYTHING
from dashboard.cli import commands
from dashboard.measures import TOTAL, Measure, measure, table
from dashboard.metrics import METRICS, Statistic
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests.stores import GOLDEN

EXPECTED = json.loads((GOLDEN / "expected.json").read_text(encoding="utf-8"))
SHARED = GOLDEN.parents[2] / "shared" / "golden"

NOT_THERE = {"delay_grade"}
"""Metrics that the portfolio has no figures of; their edges are under test elsewhere."""
TOLERANCES = {"tier_share": 1e-6, "drivers": 1e-4}
SURVIVAL = (Statistic.SURVIVAL_MEDIAN, Statistic.SURVIVAL_SHARE)
FILTERS = {"project": "projects", "region": "regions", "kind": "kinds"}


def selection(name: str) -> Selection:
    given = EXPECTED["selections"][name]["filter"]
    assert given.keys() <= FILTERS.keys() | {"frm", "to"}
    filters: dict[str, Any] = {field: tuple(given.get(key, ())) for key, field in FILTERS.items()}
    return Selection(date.fromisoformat(given["frm"]), date.fromisoformat(given["to"]), **filters)


@cache
def measured(folder: Path, name: str) -> dict[str, Measure]:
    return measure(Store(Settings(store=folder)), EVERYTHING, selection(name))[TOTAL]


def expected_figures() -> list[tuple[str, str]]:
    return [
        (name, metric)
        for name, content in EXPECTED["selections"].items()
        for metric in content["metrics"]
    ]


def close(value: float | None, expected: float | None, tolerance: float) -> bool:
    if value is None or expected is None:
        return value is expected
    return value == pytest.approx(expected, rel=tolerance, abs=1e-9)


def assert_same_table(found: dict[str, Any], expected: dict[str, Any], tolerance: float) -> None:
    assert found.keys() == expected.keys()
    for key, value in expected.items():
        if isinstance(value, dict):
            assert_same_table(found[key], value, tolerance)
        else:
            assert close(found[key], value, tolerance), key


@pytest.mark.parametrize(("name", "metric"), expected_figures())
def test_figure(any_golden_store: Path, name: str, metric: str) -> None:
    found = measured(any_golden_store, name)[metric]
    expected = EXPECTED["selections"][name]["metrics"][metric]
    if METRICS[metric].tabular:
        assert_same_table(table(found), expected, TOLERANCES.get(metric, 0))
        return
    assert found.n == expected["n"]
    assert close(found.value, expected["value"], 1e-6)
    tolerance = 1e-4 if METRICS[metric].statistic in SURVIVAL else 1e-6
    assert close(found.low, expected.get("low"), tolerance)
    assert close(found.high, expected.get("high"), tolerance)


def test_registry_has_what_the_portfolio_expects() -> None:
    expected = {metric for _, metric in expected_figures()}
    assert expected | NOT_THERE == set(METRICS)


@pytest.mark.parametrize("name", EXPECTED["selections"])
def test_command_prints_the_same(golden_store: Path, name: str) -> None:
    given = EXPECTED["selections"][name]["filter"]
    arguments = ["metrics", "--store", str(golden_store), "--json"]
    arguments += ["--from", given["frm"], "--to", given["to"]]
    for option in FILTERS:
        for value in given.get(option, ()):
            arguments += [f"--{option}", value]
    result = CliRunner().invoke(commands, arguments, catch_exceptions=False)
    printed = json.loads(result.stdout)
    assert printed["as_of"] == EXPECTED["as_of"]
    assert printed["metrics"].keys() == measured(golden_store, name).keys()
    for metric, found in measured(golden_store, name).items():
        shown = printed["metrics"][metric]
        if METRICS[metric].tabular:
            assert shown == table(found)
        else:
            assert shown == {
                "value": found.value,
                "n": found.n,
                "low": found.low,
                "high": found.high,
            }


@pytest.mark.skipif(not SHARED.exists(), reason="the original of the golden portfolio is not here")
def test_copy_is_the_original() -> None:
    names = ["expected.json", "README.md"]
    names += [f"portfolio/{path.name}" for path in (SHARED / "portfolio").iterdir()]
    assert filecmp.cmpfiles(SHARED, GOLDEN, names, shallow=False) == (names, [], [])


@pytest.mark.parametrize("name", EXPECTED["contribution"])
def test_contribution(golden_store: Path, name: str) -> None:
    metric, by = name.split("_by_")
    period = EXPECTED["selections"]["h1_2025"]["filter"]
    arguments = ["contribution", "--store", str(golden_store), "--json", "--metric", metric]
    arguments += ["--by", by, "--from", period["frm"], "--to", period["to"]]
    result = CliRunner().invoke(commands, arguments, catch_exceptions=False)
    assert_same_table(json.loads(result.stdout), EXPECTED["contribution"][name], 1e-6)
