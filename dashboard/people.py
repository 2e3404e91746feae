"""Members of staff as pages, exports and commands show them: scorecard, case mix and review.

Each query aggregates one table to the person before anything is joined, so that surveys, records
and reviews cannot multiply each other.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace

import numpy as np
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
    in_force,
    review,
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
    returned. ``weighing`` is the scheme, that in force for the store where none is given. Raises
    SettingsError where that one cannot be used.
    """
    weighing = weighing or in_force(store.folder)
    group = replace(selection, staff=())
    ids, records, surveys, costs = _handling(store, scope, group)
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


@dataclass(frozen=True)
class Pool:
    """Several members of staff as one: how many people, records and surveys, and their card."""

    staff: int
    records: int
    surveys: int
    card: Card


def pooled(
    store: Store,
    scope: Scope,
    selection: Selection,
    groups: Mapping[str, str],
    weighing: Scheme | None = None,
) -> dict[str, Pool]:
    """Group → the scorecard of all cases of its people, as if they were one person's.

    ``groups`` is staff id → group; everybody with a record or survey in the selection without its
    staff filter counts, those it does not name under ''. Nothing is averaged: the cases are added
    up, and the formulas are those of a person. Groups are ranked among each other.
    """
    weighing = weighing or in_force(store.folder)
    ids, records, surveys, costs = _handling(store, scope, replace(selection, staff=()))
    if not ids:
        return {}
    names, place = np.unique([groups.get(each, "") for each in ids], return_inverse=True)
    keys = [str(name) for name in names]
    found = cards(weighing, keys, _summed(_tallies(records, surveys, costs), place))
    staff, handled, asked = (
        np.bincount(place, each).astype(int)
        for each in (np.ones(len(ids)), records["records"].fillna(0), surveys["surveys"].fillna(0))
    )
    return {
        key: Pool(int(staff[row]), int(handled[row]), int(asked[row]), found[key])
        for row, key in enumerate(keys)
    }


def _handling(
    store: Store, scope: Scope, selection: Selection
) -> tuple[list[str], pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Everybody with a record or survey, ids ascending, and their records, surveys and costs."""
    records, surveys, costs = (
        store.run(query, scope, selection).set_index("staff_id")
        for query in ("staff_records", "staff_surveys", "staff_cost")
    )
    ids = sorted({*records.index, *surveys.index})
    return ids, records.reindex(ids), surveys.reindex(ids), costs.reindex(ids)


def _summed(tallies: Tallies, place: np.ndarray) -> Tallies:
    """The tallies of people added up to those of the groups that they are in, by ``place``."""

    def added(each: Share) -> Share:
        return Share(np.bincount(place, each.x), np.bincount(place, each.n))

    return Tallies(
        {name: added(each) for name, each in tallies.shares.items()},
        Costs(*(np.bincount(place, each) for each in astuple(tallies.costs))),
        added(tallies.value_added),
    )


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
