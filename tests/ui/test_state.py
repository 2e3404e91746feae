"""The filter state and its form in the URL: what a link may hold, and what it may not do."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.codes import CODES
from dashboard.selection import Comparison, Selection
from dashboard.ui.state import (
    DRILL_NAMES,
    GROUP_FIELDS,
    LIST_FILTERS,
    FilterState,
    Period,
    filter_names,
    from_query,
    narrowed,
)

FIRST, LAST = date(2024, 3, 10), date(2026, 11, 21)
IDS = st.lists(st.text(min_size=1, max_size=12), max_size=3, unique=True).map(tuple)


def codes(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    known = sorted(CODES[LIST_FILTERS[name][1] or ""])
    return st.lists(st.sampled_from(known), max_size=3, unique=True).map(tuple)


STATES = st.builds(
    FilterState,
    period=st.sampled_from([each for each in Period if each is not Period.CUSTOM]),
    comparison=st.sampled_from(list(Comparison)),
    region=IDS,
    project=IDS,
    category=IDS,
    **{name: codes(name) for name, (_, code_set) in LIST_FILTERS.items() if code_set},
)


@given(STATES)
def test_a_link_reproduces_the_state(state: FilterState) -> None:
    assert from_query(state.as_query()) == state


@given(STATES)
def test_a_link_names_only_the_filters(state: FilterState) -> None:
    assert state.as_query().keys() <= filter_names()
    assert not state.as_query().keys() & DRILL_NAMES


def test_custom_dates_are_in_the_link() -> None:
    state = FilterState(Period.CUSTOM, date(2025, 1, 1), date(2025, 3, 31))
    assert state.as_query() == {"from": ["2025-01-01"], "to": ["2025-03-31"]}
    assert from_query(state.as_query()) == state


def test_the_default_has_an_empty_link() -> None:
    assert FilterState().as_query() == {}


@pytest.mark.parametrize(
    "query",
    [
        {"period": ["yesterday"]},
        {"compare": ["'; drop table"]},
        {"from": ["2025-13-01"], "to": ["2025-03-31"]},
        {"from": ["2025-01-01"]},
        {"kind": ["nonsense"]},
        {"tier": ["<b>"]},
        {},
    ],
)
def test_what_is_not_understood_is_left_at_its_default(query: dict[str, list[str]]) -> None:
    assert from_query(query) == FilterState()


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.THIS_MONTH, date(2026, 11, 1), LAST),
        (Period.LAST_MONTH, date(2026, 10, 1), date(2026, 10, 31)),
        (Period.THIS_QUARTER, date(2026, 10, 1), LAST),
        (Period.YEAR_TO_DATE, date(2026, 1, 1), LAST),
        (Period.LAST_12_MONTHS, date(2025, 12, 1), LAST),
        (Period.EVERYTHING, FIRST, LAST),
    ],
)
def test_periods(period: Period, first: date, last: date) -> None:
    selection = FilterState(period).selection(LAST, FIRST)
    assert (selection.date_from, selection.date_to) == (first, last)


def test_last_12_months_in_december() -> None:
    selection = FilterState().selection(date(2026, 12, 31), FIRST)
    assert selection.date_from == date(2026, 1, 1)


def test_last_month_in_january_is_december() -> None:
    selection = FilterState(Period.LAST_MONTH).selection(date(2026, 1, 15), FIRST)
    assert (selection.date_from, selection.date_to) == (date(2025, 12, 1), date(2025, 12, 31))


def test_exchanged_dates_are_put_in_order() -> None:
    state = FilterState(Period.CUSTOM, date(2025, 3, 31), date(2025, 1, 1))
    assert state.selection(LAST, FIRST).date_from == date(2025, 1, 1)


SELECTION = Selection(date(2026, 1, 1), date(2026, 6, 30), projects=("P1", "P2"))


def test_a_cell_narrows_the_selection() -> None:
    query = {
        "in_category": ["leak"],
        "in_weekday": ["1"],
        "in_hour": ["10"],
        "in_from": ["2026-03-01"],
        "in_to": ["2026-03-31"],
    }
    assert narrowed(SELECTION, query) == replace(
        SELECTION,
        categories=("leak",),
        weekdays=(1,),
        hours=(10,),
        date_from=date(2026, 3, 1),
        date_to=date(2026, 3, 31),
    )


def test_rows_without_a_key_can_be_opened() -> None:
    assert narrowed(SELECTION, {"in_category": [""]}).categories == ("",)


@pytest.mark.parametrize(
    "query",
    [
        {"in_weekday": ["Monday"]},
        {"in_hour": ["-1"]},
        {"in_from": ["2026-05-01"], "in_to": ["2026-04-01"]},
        {"in_nothing": ["x"]},
    ],
)
def test_a_garbled_cell_narrows_nothing(query: dict[str, list[str]]) -> None:
    assert narrowed(SELECTION, query) == SELECTION


def test_every_group_can_be_opened() -> None:
    assert {f"in_{group}" for group in GROUP_FIELDS} < DRILL_NAMES
