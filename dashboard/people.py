"""Members of staff as pages, exports and commands show them: scorecard, case mix and review.

Each query aggregates one table to the person before anything is joined, so that surveys, records
and reviews cannot multiply each other.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.access import Scope
from dashboard.scorecard import (
    NO_CASES,
    SHARES,
    Card,
    CaseMix,
    Costs,
    Rating,
    Review,
    Scheme,
    Share,
    Tallies,
    cards,
    case_mix,
    review,
    scheme,
)
from dashboard.selection import Selection
from dashboard.store import Store

_COSTS = ("n", "cost", "expected", "cost_squared", "cost_expected", "expected_squared")


@dataclass(frozen=True)
class Person:
    """One member of staff in a selection: how many records and surveys, and what they say."""

    staff_id: str
    records: int
    surveys: int
    card: Card
    case_mix: CaseMix
    review: Review


def people(
    store: Store, scope: Scope, selection: Selection, weighing: Scheme | None = None
) -> dict[str, Person]:
    """Staff id → person, ids ascending; nothing is suppressed.

    Everybody with a record or survey in the selection *without its staff filter* is compared with
    everybody else (shrinkage, expected values and ranks); the staff filter then limits who is
    returned. ``weighing`` is another scheme than that of ``data/scorecard.toml``. Raises
    SettingsError where that file cannot be used.
    """
    weighing = weighing or scheme()
    group = replace(selection, staff=())
    records = store.run("staff_records", scope, group).set_index("staff_id")
    surveys = store.run("staff_surveys", scope, group).set_index("staff_id")
    costs = store.run("staff_cost", scope, group).set_index("staff_id")
    ids = sorted({*records.index, *surveys.index})
    records, surveys, costs = (each.reindex(ids) for each in (records, surveys, costs))
    found = cards(weighing, ids, _tallies(records, surveys, costs)) if ids else {}
    mixes = case_mix(weighing, _with_parts(store.run("staff_casemix", scope, group), "csat"))
    ratings = _ratings(store.run("staff_review", scope, group), surveys)
    wanted = [each for each in ids if not selection.staff or each in selection.staff]
    counted = {
        each: (int(handled), int(asked))
        for each, handled, asked in zip(
            ids, records["records"].fillna(0), surveys["surveys"].fillna(0), strict=True
        )
    }
    return {
        each: Person(
            each,
            *counted[each],
            found[each],
            mixes.get(each, NO_CASES),
            review(weighing, ratings[each]),
        )
        for each in wanted
    }


def _tallies(records: pd.DataFrame, surveys: pd.DataFrame, costs: pd.DataFrame) -> Tallies:
    tables = {name: surveys if name == "csat" else records for name in SHARES}
    return Tallies(
        {name: _share(table, name) for name, table in tables.items()},
        Costs(*(costs[name].fillna(0).to_numpy(float) for name in _COSTS)),
        _share(records, "value_added"),
    )


def _share(table: pd.DataFrame, column: str) -> Share:
    parts = _with_parts(table, column)
    return Share(parts["x"].to_numpy(float), parts["n"].to_numpy(float))


def _with_parts(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """The table with x and n of a share in place of its column; 0 of 0 where it has none."""
    parts = [each if isinstance(each, Mapping) else {"x": 0, "n": 0} for each in table[column]]
    return table.drop(columns=column).assign(
        x=[each["x"] for each in parts], n=[each["n"] for each in parts]
    )


def _ratings(reviews: pd.DataFrame, surveys: pd.DataFrame) -> dict[str, dict[str, Rating]]:
    """Staff id → part of the review → its ratings, the customers' from the surveys."""
    found: defaultdict[str, dict[str, Rating]] = defaultdict(dict)
    for person, reviewer, rating in reviews.itertuples(index=False, name=None):
        found[person][reviewer] = Rating(rating["n"], rating["mean"])
    for person, rating in surveys["rating"].items():
        if isinstance(rating, Mapping) and rating["n"]:
            found[str(person)]["customer"] = Rating(rating["n"], rating["mean"])
    return found
