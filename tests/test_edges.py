"""Exact figures at the edges of the calendar and of what can be measured."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.access import EVERYTHING, Scope
from dashboard.measures import TOTAL, Measure, measure, suppressed, table
from dashboard.people import people
from dashboard.selection import Comparison, Selection
from dashboard.store import Store
from tests import edges, stores
from tests.stores import Portfolio

YEAR = Selection(date(2024, 1, 1), date(2024, 12, 31))
Z = 1.959963984540054

Publish = Callable[[Portfolio], Store]


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    return lambda portfolio: stores.publish(tmp_path, portfolio)


def figures(found: dict[str, Measure], *names: str) -> dict[str, Any]:
    return {name: (found[name].value, found[name].n) for name in names}


def days(first: tuple[int, int, int], last: tuple[int, int, int]) -> Selection:
    return Selection(date(*first), date(*last))


class TestCalendar:
    @pytest.mark.parametrize(
        ("selection", "n"),
        [
            (days((2024, 1, 31), (2024, 1, 31)), 2),  # one day, to its last microsecond
            (days((2024, 2, 1), (2024, 2, 1)), 1),
            (days((2024, 2, 1), (2024, 2, 28)), 2),
            (days((2024, 2, 29), (2024, 2, 29)), 2),
            (days((2024, 2, 1), (2024, 2, 29)), 4),
            (days((2024, 2, 29), (2024, 3, 1)), 3),
            (days((2024, 2, 2), (2024, 2, 27)), 0),
        ],
    )
    def test_both_ends_of_a_period_count(
        self, publish: Publish, selection: Selection, n: int
    ) -> None:
        asked = ("record_count", "csat", "response_rate", "inspection_score")
        store = publish(edges.around_month_ends())
        found = measure(store, EVERYTHING, selection, metrics=asked)[TOTAL]
        assert {name: found[name].n for name in asked} == dict.fromkeys(asked, n)

    def test_month_keys(self, publish: Publish) -> None:
        asked = ("record_count", "csat", "response_rate", "inspection_score")
        store = publish(edges.around_month_ends())
        found = measure(store, EVERYTHING, YEAR, "month", asked)
        months = {key: {each.n for each in group.values()} for key, group in found.items()}
        assert months == {"2024-01": {2}, "2024-02": {4}, "2024-03": {1}}

    def test_a_leap_month_has_29_days(self, publish: Publish) -> None:
        metric = "complaints_per_100_households"
        store = publish(edges.around_month_ends())
        february = days((2024, 2, 1), (2024, 2, 29))
        found = measure(store, EVERYTHING, february, metrics=[metric])[TOTAL][metric]
        assert found.value == pytest.approx(100 * 4 / 50 / (29 / 30.4375))

    @pytest.mark.parametrize(
        ("selection", "previous", "year"),
        [
            (
                days((2024, 2, 29), (2024, 2, 29)),
                days((2024, 2, 28), (2024, 2, 28)),
                days((2023, 2, 28), (2023, 2, 28)),
            ),
            (
                days((2024, 3, 1), (2024, 3, 1)),
                days((2024, 2, 29), (2024, 2, 29)),
                days((2023, 3, 1), (2023, 3, 1)),
            ),
            (
                days((2024, 2, 1), (2024, 2, 29)),
                days((2024, 1, 1), (2024, 1, 31)),
                days((2023, 2, 1), (2023, 2, 28)),
            ),
            (
                days((2025, 2, 1), (2025, 2, 28)),
                days((2025, 1, 1), (2025, 1, 31)),
                days((2024, 2, 1), (2024, 2, 28)),  # the same dates: the leap day is outside
            ),
            (
                days((2024, 2, 1), (2024, 2, 28)),  # not a whole month
                days((2024, 1, 4), (2024, 1, 31)),
                days((2023, 2, 1), (2023, 2, 28)),
            ),
        ],
    )
    def test_compared_with(
        self, selection: Selection, previous: Selection, year: Selection
    ) -> None:
        assert selection.compared(Comparison.PREVIOUS) == previous
        assert selection.compared(Comparison.YEAR) == year


class TestTooLittle:
    def test_one_record(self, publish: Publish) -> None:
        store = publish(edges.one_record())
        found = measure(store, EVERYTHING, YEAR)[TOTAL]
        names = ("record_count", "complaint_rate", "open_count", "first_response_p90")
        assert figures(found, *names) == {
            "record_count": (1, 1),
            "complaint_rate": (1000, 1),
            "open_count": (0, 0),
            "first_response_p90": (2, 1),
        }
        medians = ("resolution_mean", "resolution_median", "cost_per_record", "nps", "csat_mean")
        assert figures(found, *medians) == {
            "resolution_mean": (24, 1),
            "resolution_median": (24, 1),
            "cost_per_record": (80, 1),
            "nps": (100, 1),
            "csat_mean": (5, 1),
        }
        assert (found["csat_mean"].low, found["cost_per_record"].high) == (None, None)
        assert found["csat"].low == pytest.approx(100 / (1 + Z**2))  # Wilson at 1 of 1
        assert found["csat"].high == pytest.approx(100)
        assert table(found["drivers"]) == {"n": 0}

    def test_four_cases_are_suppressed_and_five_are_not(self, publish: Publish) -> None:
        store = publish(edges.four_and_five_cases())
        asked = ("csat", "standard_rate", "cost_per_record", "nps", "record_count")
        found = measure(store, EVERYTHING, YEAR, "staff", asked)
        hidden = {
            key: {m for m, each in by.items() if suppressed(each)} for key, by in found.items()
        }
        assert hidden == {"S4": set(asked) - {"record_count"}, "S5": set()}
        assert found["S4"]["record_count"].value == 4

    def test_a_scorecard_needs_five_cases(self, publish: Publish) -> None:
        found = people(publish(edges.four_and_five_cases()), EVERYTHING, YEAR)
        four, five = found["S4"].card, found["S5"].card
        assert (four.score, four.rank, four.perspectives) == (None, None, {})
        assert len(four.missing) == len(four.indicators)
        assert five.missing == ()
        assert five.rank is not None
        assert (five.rank.best, five.rank.worst, five.rank.of) == (1, 1, 1)


class TestNothingVaries:
    def test_all_scores_equal(self, publish: Publish) -> None:
        found = measure(publish(edges.all_the_same()), EVERYTHING, YEAR)[TOTAL]
        for name, value in {
            "csat_mean": 5,
            "ces": 7,
            "gap_empathy": -1,
            "tier_index": None,
        }.items():
            each = found[name]
            assert (each.value, each.low, each.high) == (value, value, value)
        assert figures(found, "nps", "csat", "ces_easy", "gap_index") == {
            "nps": (100, 60),
            "csat": (100, 60),
            "ces_easy": (100, 60),
            "gap_index": (-1, 60),
        }
        drivers = table(found["drivers"])
        assert drivers.pop("n") == 60
        assert set(drivers.values()) == {None}

    def test_all_resolved_after_the_same_time(self, publish: Publish) -> None:
        found = measure(publish(edges.all_the_same()), EVERYTHING, YEAR)[TOTAL]
        for name in ("resolution_mean", "resolution_median"):
            each = found[name]
            assert (each.value, each.low, each.high, each.n) == (24, 24, 24, 60)

    def test_all_open(self, publish: Publish) -> None:
        found = measure(publish(edges.all_open()), EVERYTHING, YEAR)[TOTAL]
        names = ("open_count", "open_over_30d", "resolved_within_30d", "complete_l3_rate")
        assert figures(found, *names) == {
            "open_count": (40, 40),
            "open_over_30d": (0, 40),
            "resolved_within_30d": (0, 40),
            "complete_l3_rate": (None, 0),  # none of the 72 h have passed
        }
        for name in ("resolution_mean", "resolution_median", "reopen_rate", "repeat_rate", "nps"):
            each = found[name]
            assert (each.value, each.low, each.high) == (None, None, None)


def test_a_survey_of_a_record_out_of_sight_does_not_count(publish: Publish) -> None:
    """Else it would pass for a survey without a record, and who sees less would count more."""
    places = edges.PLACES["project"]
    answers = pd.concat(
        [edges.surveys(1, record_id="R0", project_id="P2"), edges.surveys(1).assign(survey_id="V")]
    )
    store = publish(
        {
            "project": pd.concat([places, places.assign(project_id="P2")]),
            "service_record": edges.records(1),
            "survey": answers,
        }
    )
    for kinds, expected in (((), (2, 1, 0)), (("complaint",), (1, 0, 0)), (("",), (1, 1, 0))):
        asked = Selection(YEAR.date_from, YEAR.date_to, kinds=kinds)
        scopes = (EVERYTHING, Scope(frozenset({"P1"})), Scope(frozenset({"P2"})))
        counts = [measure(store, each, asked, None, ["csat"])[TOTAL]["csat"].n for each in scopes]
        assert tuple(counts) == expected
