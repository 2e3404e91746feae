"""Targets: the narrowest scope and then the exact month win, else the default of the registry."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.access import EVERYTHING, NOTHING, Scope
from dashboard.measures import Measure, Status, status
from dashboard.metrics import METRICS
from dashboard.selection import Selection
from dashboard.store import Store
from dashboard.targets import Origin, Target, Targets, by_project, from_rows, targets
from tests import stores

PROJECTS = [("P1", "华东"), ("P2", "华东"), ("P3", "华北"), ("P4", None), ("P5", None)]
TARGETS: list[tuple[str, str, str | None, str | None, float]] = [
    ("csat", "company", None, None, 80),
    ("csat", "company", None, "2025-03", 81),
    ("csat", "region", "华东", None, 82),
    ("csat", "region", "华东", "2025-03", 83),
    ("csat", "project", "P1", None, 84),
    ("csat", "project", "P1", "2025-03", 86),
    ("csat", "project", "P3", "2025-03", 87),
    ("nps", "company", None, "2025-03", 40),
    ("nps", "project", "P3", None, 45),
    ("ces", "project", "P2", None, 6),
    ("ces", "project", "P2", "2025-03", float("-inf")),
    ("ces", "company", None, None, float("inf")),
    ("churn_rate", "company", None, None, 10),
    ("happiness", "company", None, None, 1),
    ("reopen_rate", "region", "no such", None, 1),
    ("reopen_rate", "project", "no such", None, 1),
    ("record_count", "company", None, None, -5),
]
MARCH = (date(2025, 3, 1), date(2025, 3, 31))
QUARTER = (date(2025, 1, 1), date(2025, 3, 31))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    columns = ["metric", "scope_type", "scope_id", "month", "value"]
    projects = pd.DataFrame(PROJECTS, columns=["project_id", "region"])
    portfolio = {
        "project": projects.assign(project_name=projects["project_id"]),
        "target": pd.DataFrame(TARGETS, columns=columns),
    }
    return stores.publish(tmp_path_factory.mktemp("targets"), portfolio)


def csat(store: Store, period: tuple[date, date], **filters: Any) -> Target:
    return targets(store, EVERYTHING, Selection(*period, **filters))["csat"]


@pytest.mark.parametrize(
    ("period", "filters", "expected"),
    [
        (QUARTER, {}, Target(80, Origin.COMPANY)),
        (MARCH, {}, Target(81, Origin.COMPANY, None, "2025-03")),
        (QUARTER, {"regions": ("华东",)}, Target(82, Origin.REGION, "华东")),
        (MARCH, {"regions": ("华东",)}, Target(83, Origin.REGION, "华东", "2025-03")),
        (QUARTER, {"projects": ("P1",)}, Target(84, Origin.PROJECT, "P1")),
        (MARCH, {"projects": ("P1",)}, Target(86, Origin.PROJECT, "P1", "2025-03")),
        # a project without a target of its own has its region's, else the company's
        (MARCH, {"projects": ("P2",)}, Target(83, Origin.REGION, "华东", "2025-03")),
        (QUARTER, {"projects": ("P3",)}, Target(80, Origin.COMPANY)),
        (MARCH, {"projects": ("P3",)}, Target(87, Origin.PROJECT, "P3", "2025-03")),
        (MARCH, {"projects": ("P4",)}, Target(81, Origin.COMPANY, None, "2025-03")),
        # several projects: the region that all lie in
        (QUARTER, {"projects": ("P1", "P2")}, Target(82, Origin.REGION, "华东")),
        (QUARTER, {"projects": ("P1", "P3")}, Target(80, Origin.COMPANY)),
        (QUARTER, {"projects": ("P1", "P4")}, Target(80, Origin.COMPANY)),
        (QUARTER, {"projects": ("P4", "P5")}, Target(80, Origin.COMPANY)),
        (QUARTER, {"regions": ("华东", "华北")}, Target(80, Origin.COMPANY)),
        (QUARTER, {"regions": ("no such",)}, Target(80, Origin.COMPANY)),
        # a region that is one project, and a project that is named twice over
        (QUARTER, {"projects": ("P1",), "regions": ("华东",)}, Target(84, Origin.PROJECT, "P1")),
        (MARCH, {"regions": ("华北",)}, Target(87, Origin.PROJECT, "P3", "2025-03")),
    ],
)
def test_precedence(
    store: Store, period: tuple[date, date], filters: dict[str, Any], expected: Target
) -> None:
    assert csat(store, period, **filters) == expected


@pytest.mark.parametrize("period", [QUARTER, MARCH])
@pytest.mark.parametrize("scope", [EVERYTHING, Scope(frozenset({"P1", "P4"})), NOTHING])
def test_every_project_at_once_as_each_alone(
    store: Store, period: tuple[date, date], scope: Scope
) -> None:
    found = by_project(store, scope)
    assert found.keys() == {key for key, _ in PROJECTS if scope.everything or key in scope.projects}
    for project, known in found.items():
        alone = targets(store, scope, Selection(*period, projects=(project,)))
        assert {each: known.of(each, *period) for each in alone} == alone


@pytest.mark.parametrize(
    ("first", "last", "value"),
    [
        (date(2025, 3, 5), date(2025, 3, 5), 81),
        (date(2025, 3, 31), date(2025, 4, 1), 80),
        (date(2024, 3, 1), date(2024, 3, 31), 80),
        (date(2024, 3, 1), date(2025, 3, 31), 80),
    ],
)
def test_a_month_is_for_periods_inside_it(
    store: Store, first: date, last: date, value: float
) -> None:
    assert csat(store, (first, last)).value == value


def test_scope_goes_before_month(store: Store) -> None:
    found = targets(store, EVERYTHING, Selection(*MARCH, projects=("P3",)))
    assert found["nps"] == Target(45, Origin.PROJECT, "P3")


def test_kinds_and_staff_change_no_target(store: Store) -> None:
    assert csat(store, QUARTER, kinds=("repair",), staff=("S1",)).value == 80


def test_defaults_where_the_table_says_nothing(store: Store) -> None:
    found = targets(store, EVERYTHING, Selection(*QUARTER))
    assert found["nps"] == Target(50, Origin.DEFAULT)
    assert found["ces"] == Target(5.5, Origin.DEFAULT)  # what is no number is no target
    assert found["reopen_rate"] == Target(5, Origin.DEFAULT)
    assert "complaint_rate" not in found
    assert list(found) == [metric for metric in METRICS if metric in found]


def test_a_value_that_is_no_number_hides_none(store: Store) -> None:
    found = targets(store, EVERYTHING, Selection(*MARCH, projects=("P2",)))
    assert found["ces"] == Target(6, Origin.PROJECT, "P2")


def test_yearly_targets_follow_the_period(store: Store) -> None:
    found = targets(store, EVERYTHING, Selection(*MARCH))
    assert found["churn_rate"].value == pytest.approx(10 * 31 / 365.25)
    default = from_rows(
        pd.DataFrame(columns=["metric", "scope_type", "scope_id", "month", "value"])
    )
    assert default.of("churn_rate", *MARCH) == Target(5 * 31 / 365.25, Origin.DEFAULT)


def test_what_makes_no_sense_does_no_harm(store: Store) -> None:
    found = targets(store, EVERYTHING, Selection(*QUARTER))
    assert "happiness" not in found
    judged = status(Measure("record_count", 7, 7), found["record_count"].value)
    assert judged is Status.UNKNOWN


def test_targets_of_others_are_not_seen(store: Store) -> None:
    selection = Selection(*QUARTER)
    assert targets(store, Scope(frozenset({"P3"})), selection)["csat"].value == 80
    rows = store.run("targets", Scope(frozenset({"P3", "P4"})), selection)
    assert set(rows["scope_type"]) == {"company"}
    assert store.run("targets", NOTHING, selection).empty
    assert targets(store, NOTHING, selection)["csat"] == Target(85, Origin.DEFAULT)


def test_one_project_in_the_scope_is_one_selected(store: Store) -> None:
    found = targets(store, Scope(frozenset({"P1"})), Selection(*QUARTER))
    assert found["csat"] == Target(84, Origin.PROJECT, "P1")


def test_months_of_a_series(store: Store) -> None:
    known: Targets = from_rows(store.run("targets", EVERYTHING, Selection(*QUARTER)))
    february = known.of("nps", date(2025, 2, 1), date(2025, 2, 28))
    march = known.of("nps", *MARCH)
    assert (february, march) == (
        Target(50, Origin.DEFAULT),
        Target(40, Origin.COMPANY, None, "2025-03"),
    )
    assert known.of("record_count", *MARCH) == Target(-5, Origin.COMPANY)
    assert known.of("complaint_rate", *MARCH) is None
