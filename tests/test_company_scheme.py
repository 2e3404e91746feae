"""The company's own scheme holds at once, whole or not at all; without one the shipped one does."""

import os
import stat
import tomllib
from pathlib import Path
from typing import Any

import pytest

from dashboard.definitions import entry
from dashboard.errors import SettingsError
from dashboard.i18n import translator
from dashboard.panels import weight_edits as edits
from dashboard.published import SCORECARD
from dashboard.scorecard import Scheme, company, in_force, scheme
from dashboard.scorecard.scheme import FILE, PERSPECTIVES, REVIEWERS


def content(weighing: Scheme, **changes: Any) -> dict[str, Any]:
    """What the editors of a scheme give when nothing is edited."""
    rows = (
        edits.indicators(weighing),
        edits.weights(weighing.perspectives, PERSPECTIVES),
        edits.weights(weighing.review, REVIEWERS),
    )
    return edits.content(weighing, weighing.target, *rows) | changes


def test_without_a_file_the_shipped_scheme_holds(tmp_path: Path) -> None:
    assert in_force(tmp_path) == in_force(tmp_path / "absent") == scheme()
    assert company.changed_at(tmp_path) is None


def test_what_is_kept_is_the_scheme_that_was_edited(tmp_path: Path) -> None:
    assert content(scheme()) == tomllib.loads(FILE.read_text(encoding="utf-8"))
    company.keep(content(scheme()), tmp_path, "A\ttester\nof two lines")
    kept = in_force(tmp_path)
    assert kept == scheme()
    assert [*kept.goals] == [*scheme().goals]
    assert company.changed_at(tmp_path) is not None
    assert [each.name for each in tmp_path.iterdir()] == [SCORECARD]
    beside = tmp_path / "beside"
    beside.touch()
    modes = {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    assert len(modes) == 1


@pytest.mark.parametrize("target", [0, 62.5, 1e-07, 100])
def test_numbers_are_kept_to_the_last_digit(tmp_path: Path, target: float) -> None:
    company.keep(content(scheme(), target=target), tmp_path, "tests")
    assert in_force(tmp_path).target == target


def test_a_change_counts_at_once(tmp_path: Path) -> None:
    for target in (70, 71, 72):
        company.keep(content(scheme(), target=target), tmp_path, "tests")
        os.utime(tmp_path / SCORECARD, ns=(0, 0))  # on a disk whose clock stands still
        assert in_force(tmp_path).target == target
    company.put_back(tmp_path)
    assert in_force(tmp_path) == scheme()
    company.put_back(tmp_path)


def test_a_fault_changes_nothing(tmp_path: Path) -> None:
    company.keep(content(scheme(), target=70), tmp_path, "tests")
    before = (tmp_path / SCORECARD).read_bytes()
    for changes in ({"target": 800}, {"target": float("nan")}, {"review": {}}):
        with pytest.raises(SettingsError):
            company.keep(content(scheme(), **changes), tmp_path, "tests")
    assert (tmp_path / SCORECARD).read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1
    with pytest.raises(SettingsError, match="cannot be written"):
        company.keep(content(scheme()), tmp_path / "absent", "tests")


def test_a_draft_that_cannot_take_the_files_place_is_removed(tmp_path: Path) -> None:
    (tmp_path / SCORECARD / "within").mkdir(parents=True)
    for do in (lambda: company.keep(content(scheme()), tmp_path, "x"), lambda: in_force(tmp_path)):
        with pytest.raises(SettingsError, match="cannot be"):
            do()
    with pytest.raises(SettingsError, match="cannot be written"):
        company.put_back(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [SCORECARD]


def test_a_broken_file_is_told_until_it_is_mended(tmp_path: Path) -> None:
    own = tmp_path / SCORECARD
    for broken in (b"", b"\xff\xfe", b"target = 80", b"[" * 9000):
        own.write_bytes(broken)
        with pytest.raises(SettingsError, match=SCORECARD):
            in_force(tmp_path)
    own.write_bytes(FILE.read_bytes())
    assert in_force(tmp_path) == scheme()


class TestContent:
    def test_what_has_no_weight_is_left_out(self, tmp_path: Path) -> None:
        rows = edits.indicators(scheme())
        rows.loc[rows["indicator"] == "cost_ratio", "weight"] = None
        perspectives = edits.weights(scheme().perspectives, PERSPECTIVES)
        review = edits.weights(scheme().review, REVIEWERS)
        told = edits.content(scheme(), 80, rows, perspectives, review)
        with pytest.raises(SettingsError, match=r"cost\.indicators has no entry"):
            company.keep(told, tmp_path, "tests")
        perspectives.loc[perspectives["name"] == "cost", "weight"] = None
        told = edits.content(scheme(), 80, rows, perspectives, review)
        company.keep(told, tmp_path, "tests")
        kept = in_force(tmp_path)
        assert "cost" not in kept.perspectives
        assert "cost_ratio" not in kept.goals
        # it is still there to be weighed again, with its floor and goal
        again = edits.indicators(kept).set_index("indicator")
        assert again["weight"].isna().to_dict()["cost_ratio"]
        assert again["floor"]["cost_ratio"] == scheme().goals["cost_ratio"].floor

    def test_an_indicator_may_move(self, tmp_path: Path) -> None:
        rows = edits.indicators(scheme())
        rows.loc[rows["indicator"] == "csat", "perspective"] = "efficiency"
        own = [
            edits.weights(weighed, names)
            for weighed, names in (
                (scheme().perspectives, PERSPECTIVES),
                (scheme().review, REVIEWERS),
            )
        ]
        company.keep(edits.content(scheme(), 80, rows, *own), tmp_path, "tests")
        assert in_force(tmp_path).goals["csat"].perspective == "efficiency"

    def test_a_blank_number_is_missing(self, tmp_path: Path) -> None:
        told = content(scheme())
        del told["perspectives"]["quality"]["indicators"]["csat"]["goal"]
        with pytest.raises(SettingsError, match=r"quality\.indicators\.csat\.goal is missing"):
            company.keep(told, tmp_path, "tests")


def test_the_definition_tells_the_companys_target(tmp_path: Path) -> None:
    company.keep(content(scheme(), target=70), tmp_path, "tests")
    told = entry(translator("en"), "scorecard", in_force(tmp_path))
    assert (told.target, told.origin) == ("at least 70", "Set by an administrator of the company.")
    assert entry(translator("en"), "scorecard").target == "at least 80"
