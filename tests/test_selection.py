"""What a period is compared with, and what a filter means for each table."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.access import EVERYTHING
from dashboard.errors import SelectionError
from dashboard.measures import TOTAL, measure
from dashboard.selection import Comparison, Selection
from dashboard.store import Store
from tests import stores

MAY = {"date_from": date(2024, 5, 1), "date_to": date(2024, 5, 31)}


class TestComparison:
    @pytest.mark.parametrize(
        ("first", "last", "before"),
        [
            ((2024, 3, 1), (2024, 3, 31), ((2024, 2, 1), (2024, 2, 29))),  # whole months
            ((2024, 1, 1), (2024, 6, 30), ((2023, 7, 1), (2023, 12, 31))),
            ((2024, 3, 2), (2024, 3, 31), ((2024, 2, 1), (2024, 3, 1))),  # as many days
            ((2024, 3, 5), (2024, 3, 5), ((2024, 3, 4), (2024, 3, 4))),
        ],
    )
    def test_previous(self, first: Any, last: Any, before: Any) -> None:
        found = Selection(date(*first), date(*last)).compared(Comparison.PREVIOUS)
        assert found == Selection(date(*before[0]), date(*before[1]))

    def test_year_before_a_leap_day(self) -> None:
        found = Selection(date(2024, 2, 1), date(2024, 2, 29)).compared(Comparison.YEAR)
        assert found == Selection(date(2023, 2, 1), date(2023, 2, 28))

    def test_none(self) -> None:
        assert Selection(**MAY).compared(Comparison.NONE) is None

    def test_filters_are_kept(self) -> None:
        found = Selection(**MAY, kinds=("complaint",)).compared(Comparison.PREVIOUS)
        assert found is not None
        assert found.kinds == ("complaint",)

    def test_period_that_ends_before_it_starts(self) -> None:
        with pytest.raises(SelectionError, match="ends"):
            Selection(date(2024, 5, 2), date(2024, 5, 1))

    def test_can_be_a_cache_key(self) -> None:
        assert len({Selection(**MAY), Selection(**MAY), Selection(**MAY, hours=(3,))}) == 2


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two projects with a record and surveys of every relation to it."""
    records = [
        ("R1", "P1", "C1", "S1", "complaint", "leak", "phone", "2024-05-01 00:00:00", "closed"),
        ("R2", "P1", None, None, "repair", None, None, "2024-05-31 23:59:59", "open"),
        ("R3", "P2", "C2", "S2", "complaint", "leak", "app", "2024-05-15 12:00:00", "cancelled"),
        ("R4", "P2", "C2", "S2", "complaint", "leak", "app", "2024-06-01 00:00:00", "open"),
    ]
    names = "record_id project_id customer_id staff_id kind category channel created_at status"
    surveys = [
        ("V1", "R1", "P1", "C1", "S2", "2024-05-03", "2024-05-20", "wechat", 5),
        ("V2", None, "P1", None, "S1", "2024-04-30", "2024-05-31 23:59:59", "app", 4),
        ("V3", "gone", "P2", "C2", None, "2024-05-03", None, "app", None),
        ("V4", "R2", "P1", None, None, "2024-05-03", "2024-06-01", "app", 1),
    ]
    asked = "survey_id record_id project_id customer_id staff_id sent_at responded_at channel csat"
    customers = [
        ("C1", "P1", "potential", None, "2024-05-31"),
        ("C2", "P2", None, "2024-05-01", "2024-06-01"),
        ("C3", None, None, None, None),
        ("C4", "P1", None, None, "2024-04-30"),
        ("C5", "P1", None, "2024-05-02", None),
    ]
    portfolio = {
        "project": pd.DataFrame(
            [("P1", "一", "华东", 100), ("P2", "二", None, None)],
            columns=["project_id", "project_name", "region", "households"],
        ),
        "customer": pd.DataFrame(
            customers, columns=["customer_id", "project_id", "segment", "joined_on", "left_on"]
        ),
        "service_record": pd.DataFrame(records, columns=names.split()),
        "survey": pd.DataFrame(surveys, columns=asked.split()),
    }
    return stores.publish(tmp_path_factory.mktemp("relations"), portfolio)


@pytest.mark.parametrize(
    ("filters", "metric", "n"),
    [
        ({}, "record_count", 2),  # the last second of the last day; cancelled and later ones not
        ({}, "csat", 2),  # by the answer's date
        ({}, "response_rate", 2),  # by the date sent; not of a record that has not arrived
        ({"kinds": ("complaint",)}, "record_count", 1),
        ({"kinds": ("complaint",)}, "csat", 1),  # through the record: one without is outside
        ({"kinds": ("complaint",)}, "churn_rate", 3),  # customers have no kind
        ({"kinds": ("complaint",)}, "complaints_per_100_households", 100),
        ({"kinds": ("",)}, "csat", 1),  # none: the survey without a record
        ({"kinds": ("complaint", "")}, "csat", 2),
        ({"categories": ("",)}, "record_count", 1),
        ({"channels": ("phone",)}, "csat", 1),  # the record's channel, not the survey's
        ({"channels": ("app", "wechat")}, "csat", 0),
        ({"staff": ("S2",)}, "csat", 1),  # the survey's own staff
        ({"staff": ("S2",)}, "record_count", 0),
        ({"staff": ("",)}, "record_count", 1),
        ({"segments": ("potential",)}, "record_count", 1),
        ({"segments": ("potential",)}, "csat", 1),
        ({"segments": ("potential",)}, "churn_rate", 1),
        ({"regions": ("华东",)}, "record_count", 2),
        ({"regions": ("华东",)}, "churn_rate", 1),  # a customer without a project is outside
        ({"projects": ("P1", "P2")}, "churn_rate", 2),
        ({"projects": ("P2",)}, "complaints_per_100_households", 0),
        ({"projects": ("no such",)}, "record_count", 0),
        ({"weekdays": (3,)}, "record_count", 1),  # 1 May 2024 was a Wednesday
        ({"hours": (0, 23)}, "record_count", 2),
    ],
)
def test_filter(store: Store, filters: dict[str, Any], metric: str, n: int) -> None:
    found = measure(store, EVERYTHING, Selection(**MAY, **filters), metrics=[metric])
    assert found[TOTAL][metric].n == n


def test_churn_is_of_those_active_at_the_start(store: Store) -> None:
    found = measure(store, EVERYTHING, Selection(**MAY), metrics=["churn_rate"])[TOTAL][
        "churn_rate"
    ]
    assert found.parts == {"x": 1, "n": 3}


def test_cancelled_records_are_listed_by_status_only(store: Store) -> None:
    rows = store.run("record_status", EVERYTHING, Selection(**MAY))
    assert dict(zip(rows["status"], rows["count"], strict=True)) == {
        "cancelled": 1,
        "closed": 1,
        "open": 1,
    }
