"""Everybody's scorecard on the golden portfolio, from the store, from the command, and shuffled."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dashboard.access import EVERYTHING
from dashboard.cli import commands
from dashboard.commands.scorecards import plain
from dashboard.people import people
from dashboard.settings import Settings
from dashboard.store import Store
from tests import stores
from tests.stores import differences
from tests.test_golden import EXPECTED, selection

SELECTIONS = list(EXPECTED["staff"])


def arguments(store: Path, name: str, *more: str) -> list[str]:
    given = EXPECTED["selections"][name]["filter"]
    period = ["--from", given["frm"], "--to", given["to"]]
    return ["metrics", "--store", str(store), "--json", *period, *more]


def printed(store: Path, name: str, *more: str) -> dict[str, Any]:
    result = CliRunner().invoke(commands, arguments(store, name, *more), catch_exceptions=False)
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("name", SELECTIONS)
def test_from_the_store(golden_store: Path, name: str) -> None:
    store = Store(Settings(store=golden_store))
    found = people(store, EVERYTHING, selection(name))
    shown = {key: plain(each) for key, each in found.items()}
    assert not differences(shown, EXPECTED["staff"][name])


@pytest.mark.parametrize("name", SELECTIONS)
def test_after_shuffling(tmp_path: Path, name: str) -> None:
    portfolio = {
        table: rows.sample(frac=1, random_state=11)
        for table, rows in stores.golden_portfolio().items()
    }
    found = people(stores.publish(tmp_path, portfolio), EVERYTHING, selection(name))
    shown = {key: plain(each) for key, each in found.items()}
    assert not differences(shown, EXPECTED["staff"][name])


@pytest.mark.parametrize("name", SELECTIONS)
def test_command(golden_store: Path, name: str) -> None:
    found = printed(golden_store, name, "--by", "staff")
    assert found["as_of"] == EXPECTED["as_of"]
    assert not differences(found["staff"], EXPECTED["staff"][name])


def test_command_with_a_staff_filter_shows_them_alone_and_unchanged(golden_store: Path) -> None:
    filters = ["--staff", "S004", "--staff", "S018"]
    found = printed(golden_store, "h1_2025", "--by", "staff", *filters)["staff"]
    expected = EXPECTED["staff"]["h1_2025"]
    assert not differences(found, {key: expected[key] for key in ("S004", "S018")})


def test_command_by_project_agrees_with_the_project_alone(golden_store: Path) -> None:
    groups = printed(golden_store, "all", "--by", "project")["project"]
    expected = EXPECTED["selections"]["tiny_p009"]["metrics"]
    assert list(groups) == [f"P{number:03}" for number in range(1, len(groups) + 1)]
    shown = {key: value for key, value in groups["P009"].items() if key in expected}
    alone = printed(golden_store, "all", "--project", "P009")["metrics"]
    assert not differences(groups["P009"], alone)
    assert shown["record_count"]["n"] == expected["record_count"]["n"]


def test_command_for_people(golden_store: Path) -> None:
    given = [each for each in arguments(golden_store, "h1_2025") if each != "--json"]
    lines = CliRunner().invoke(commands, [*given, "--by", "staff"]).stdout.splitlines()
    assert lines[0] == "as of 2025-06-30 18:00:00"
    assert len(lines) == 3 + len(EXPECTED["staff"]["h1_2025"])
    assert "—" in next(line for line in lines if line.startswith("S018"))
    by_project = CliRunner().invoke(commands, [*given, "--by", "project"]).stdout.splitlines()
    assert "project: P009" in by_project
