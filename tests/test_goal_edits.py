"""Editing targets and standards: versions are kept, and what is wrong is found."""

from datetime import date

import pandas as pd
import pytest

from dashboard.panels.goal_edits import (
    STANDARD,
    Change,
    Fault,
    next_version,
    place,
    revised,
    standard_faults,
    target_faults,
    targets,
)

TODAY = date(2026, 3, 10)


def standard(**values: object) -> dict[str, object]:
    base = {
        **{"standard_id": "S1", "version": "1.0", "name": "二级到场", "measure": "on_site"},
        **{"scope": "L2", "threshold": 24.0, "unit": "h", "state": "active"},
        **{"effective_from": date(2025, 1, 1), "effective_to": None},
    }
    return base | values


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(STANDARD))


def versions(rows: pd.DataFrame) -> list[tuple[object, ...]]:
    names = ["version", "threshold", "state", "effective_from", "effective_to"]
    return [tuple(row) for row in rows[names].itertuples(index=False)]


def test_another_threshold_is_another_version() -> None:
    rows, changes = revised(frame(standard()), frame(standard(threshold=12.0)), TODAY)
    assert versions(rows) == [
        ("1.0", 24.0, "retired", date(2025, 1, 1), date(2026, 3, 9)),
        ("2.0", 12.0, "active", TODAY, None),
    ]
    assert changes == [
        Change("retired", "二级到场", "1.0", date(2026, 3, 9)),
        Change("new", "二级到场", "2.0", TODAY),
    ]


def test_the_day_that_is_entered_begins_the_version() -> None:
    after = standard(threshold=12.0, effective_from=date(2026, 4, 1))
    rows, _ = revised(frame(standard()), frame(after), TODAY)
    assert versions(rows)[0][-1] == date(2026, 3, 31)
    assert versions(rows)[1][3] == date(2026, 4, 1)


@pytest.mark.parametrize("change", [{"name": "到场"}, {"state": "retired"}])
def test_other_changes_are_made_in_place(change: dict[str, object]) -> None:
    rows, changes = revised(frame(standard()), frame(standard(**change)), TODAY)
    assert len(rows) == 1
    assert [each.what for each in changes] == ["changed"]


def test_a_draft_may_be_changed_at_will() -> None:
    draft = standard(state="draft")
    rows, changes = revised(frame(draft), frame(draft | {"threshold": 1.0}), TODAY)
    assert versions(rows)[0][:3] == ("1.0", 1.0, "draft")
    assert [each.what for each in changes] == ["changed"]


def test_rows_are_added_and_removed_and_nothing_is_nothing() -> None:
    before = frame(standard(), standard(standard_id="S2", name="乙"))
    new = standard(standard_id="S3", version=None, name="丙", effective_from=None)
    after = pd.concat([before.iloc[:1], frame(new).set_axis([2])])
    rows, changes = revised(before, after, TODAY)
    assert list(rows["standard_id"]) == ["S1", "S3"]
    assert changes == [Change("new", "丙", "1"), Change("removed", "乙", "1.0")]
    assert revised(before, before, TODAY)[1] == []


def test_faults_of_standards() -> None:
    rows = frame(
        standard(),
        standard(),
        standard(version="2", name=" ", effective_to=date(2024, 1, 1)),
    )
    assert standard_faults(rows) == [
        Fault(2, "twice"),
        Fault(3, "missing", "name"),
        Fault(3, "dates", "effective_to"),
    ]


@pytest.mark.parametrize(
    ("known", "following"),
    [
        ([], "1"),
        (["1"], "2"),
        (["0.1", "0.9", "1.0"], "2.0"),
        (["v3"], "v4"),
        (["2025-01"], "2025-01.2"),
        (["甲"], "甲.2"),
        (["甲", "甲.2"], "甲.3"),
    ],
)
def test_next_version(known: list[str], following: str) -> None:
    assert next_version(known) == following


def test_targets_of_places() -> None:
    rows = pd.DataFrame(
        {
            "metric": ["csat", "csat", "nps"],
            "place": [place("company", None), place("region", "华:东"), place("project", "P1")],
            "month": [None, "2026-01", ""],
            "value": [85.0, 90.0, 40.0],
        }
    )
    assert target_faults(rows) == []
    told = targets(rows)
    assert list(told["scope_type"]) == ["company", "region", "project"]
    assert list(told["scope_id"].fillna("")) == ["", "华:东", "P1"]
    assert list(told["month"].fillna("")) == ["", "2026-01", ""]


def test_faults_of_targets() -> None:
    rows = pd.DataFrame(
        {
            "metric": ["csat", "csat", None],
            "place": ["company", "company", "project:P1"],
            "month": ["2026-1", "2026-1", None],
            "value": [85.0, None, 1.0],
        }
    )
    assert target_faults(rows) == [
        Fault(1, "month", "month"),
        Fault(2, "missing", "value"),
        Fault(2, "month", "month"),
        Fault(2, "twice"),
        Fault(3, "missing", "metric"),
    ]
