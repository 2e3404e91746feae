"""The URL holds the filters: a link reproduces the view, and no link breaks a page."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.codes import CODES
from dashboard.selection import Comparison, Selection
from dashboard.ui.state import (
    DRILL_NAMES,
    LIST_FILTERS,
    FilterState,
    Period,
    filter_names,
    from_query,
    narrowed,
)

FIRST, LAST = date(2024, 3, 15), date(2025, 5, 20)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
LISTS = {
    name: st.lists(st.sampled_from(list(CODES[code_set])) if code_set else st.text(), max_size=3)
    for name, (_, code_set) in LIST_FILTERS.items()
}
ANY_LINK = st.dictionaries(
    st.sampled_from(sorted(filter_names() | DRILL_NAMES)), st.lists(st.text(), max_size=3)
)


@given(
    st.sampled_from([period for period in Period if period is not Period.CUSTOM]),
    st.sampled_from(Comparison),
    st.fixed_dictionaries(LISTS),
)
def test_a_link_reproduces_the_state(
    period: Period, comparison: Comparison, lists: dict[str, list[str]]
) -> None:
    filters = {name: tuple(values) for name, values in lists.items()}
    state = FilterState(period=period, comparison=comparison, **filters)
    assert from_query(state.as_query()) == state


@given(DAYS, DAYS)
def test_a_link_reproduces_custom_dates(start: date, end: date) -> None:
    state = FilterState(period=Period.CUSTOM, date_from=start, date_to=end)
    assert from_query(state.as_query()) == state
    assert state.selection(LAST, FIRST).date_from == min(start, end)


@given(ANY_LINK)
def test_no_link_breaks_a_page(query: dict[str, list[str]]) -> None:
    state = from_query(query)
    selection = narrowed(state.selection(LAST, FIRST), query)
    selection.compared(state.comparison)
    assert all(1 <= day <= 7 for day in selection.weekdays)
    assert all(0 <= hour <= 23 for hour in selection.hours)


@pytest.mark.parametrize(
    "query",
    [
        {"from": ["0001-01-01"], "to": ["0001-01-02"]},
        {"from": ["9999-12-01"], "to": ["9999-12-31"]},
        {"in_hour": ["²"]},
        {"in_hour": ["99999999999999999999"]},
        {"in_weekday": ["0", "8", "-1"]},
    ],
)
def test_dates_and_numbers_at_the_edge(query: dict[str, list[str]]) -> None:
    state = from_query(query)
    for comparison in Comparison:
        state.selection(LAST, FIRST).compared(comparison)
    selection = narrowed(state.selection(LAST, FIRST), query)
    assert (selection.weekdays, selection.hours) == ((), ())


def test_unknown_codes_are_dropped_and_ids_pass() -> None:
    state = from_query({"kind": ["complaint", "nonsense", ""], "project": ["P1", "nonsense"]})
    assert state.kind == ("complaint", "")
    assert state.project == ("P1", "nonsense")


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (Period.THIS_MONTH, date(2025, 5, 1), LAST),
        (Period.LAST_MONTH, date(2025, 4, 1), date(2025, 4, 30)),
        (Period.THIS_QUARTER, date(2025, 4, 1), LAST),
        (Period.YEAR_TO_DATE, date(2025, 1, 1), LAST),
        (Period.LAST_12_MONTHS, date(2024, 6, 1), LAST),
        (Period.EVERYTHING, FIRST, LAST),
    ],
)
def test_periods_end_with_the_data(period: Period, start: date, end: date) -> None:
    selection = FilterState(period=period).selection(LAST, FIRST)
    assert (selection.date_from, selection.date_to) == (start, end)


def test_a_drill_through_narrows() -> None:
    page = Selection(date(2025, 1, 1), date(2025, 5, 20), regions=("east",))
    query = {
        "in_project": ["P1"],
        "in_weekday": ["1"],
        "in_hour": ["0", "23"],
        "in_from": ["2025-02-01"],
        "in_to": ["2025-02-28"],
    }
    assert narrowed(page, query) == Selection(
        date(2025, 2, 1),
        date(2025, 2, 28),
        projects=("P1",),
        regions=("east",),
        weekdays=(1,),
        hours=(0, 23),
    )
