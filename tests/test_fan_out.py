"""Rows of one table never multiply those of another.

A portfolio of five rows in each table, all of one project, customer, member of staff, record and
survey. Then one table gets three times the rows: whatever counts another table stays as it is.
"""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

import pandas as pd
import pytest

from dashboard.access import EVERYTHING
from dashboard.codes import CODES
from dashboard.measures import Groups, measure
from dashboard.metrics import METRICS, Population
from dashboard.people import people
from dashboard.selection import Selection
from dashboard.store import Store
from tests import stores
from tests.reconciliation import differing, rows_behind
from tests.tallies import with_tallies, write_tallies

MAY = Selection(date(2024, 5, 1), date(2024, 5, 31))

OWN = {
    "service_record": (Population.RECORD, Population.COMPLAINT),
    "survey": (Population.SURVEY, Population.SENT),
    "survey_dimension": (Population.GAP, Population.PERCEIVED),
    "customer": (Population.CUSTOMER,),
    "training": (Population.TRAINING, Population.TRAINEE),
    "inspection": (Population.INSPECTION,),
    "review": (),
}
"""What counts the rows of a table; reviews are in the 360° review alone."""

IN_PEOPLE = {
    "service_record": {"records", "card"},
    "survey": {"surveys", "card", "case_mix", "review"},
    "review": {"review"},
}
"""What is said of a person that rests on a table."""

PLACE = {"project_id": "P1", "staff_id": "S1"}
ROWS: dict[str, dict[str, Any]] = {
    "service_record": {
        **PLACE,
        "customer_id": "C1",
        "kind": "complaint",
        "category": "leak",
        "level": "L3",
        "channel": "phone",
        "tier_target": "basic",
        "tier_delivered": "exceeding",
        "created_at": "2024-05-06 10:00:00",
        "due_at": "2024-05-08 10:00:00",
        "first_response_at": "2024-05-06 11:00:00",
        "resolved_at": "2024-05-07 10:00:00",
        "status": "closed",
        "cost": 10,
    },
    "survey": {
        **PLACE,
        "record_id": "service_record1",
        "customer_id": "C1",
        "sent_at": "2024-05-08 10:00:00",
        "responded_at": "2024-05-09 10:00:00",
        "nps": 9,
        "csat": 5,
        "ces": 6,
        "ability": 4,
        "attitude": 5,
        "efficiency": 3,
    },
    "customer": {"project_id": "P1", "joined_on": "2024-01-01"},
    "training": {
        "staff_id": "S1",
        "course": "manners",
        "held_on": "2024-05-10",
        "required": True,
        "attended": True,
        "passed": True,
    },
    "inspection": {
        **PLACE,
        "inspected_on": "2024-05-11",
        "item": "records",
        "score": 80,
        "finding": "incomplete",
        "due_on": "2024-05-12",
        "rectified_on": "2024-05-12",
    },
    "review": {
        "staff_id": "S1",
        "reviewer": "peer",
        "reviewed_on": "2024-05-12",
        "ability": 4,
        "attitude": 5,
        "efficiency": 3,
    },
}
KEYS = {"service_record": "record_id"}


def portfolio(many: str) -> dict[str, pd.DataFrame]:
    """Five rows in every table, fifteen in one; one survey is asked for two dimensions, or five."""
    found = {
        table: pd.DataFrame(
            [
                {KEYS.get(table, f"{table}_id"): f"{table}{number}"} | row
                for number in range(15 if table == many else 5)
            ]
        )
        for table, row in ROWS.items()
    }
    dimensions = list(CODES["dimension"])[: 5 if many == "survey_dimension" else 2]
    asked = [("survey1", each, 4, 3) for each in dimensions]
    columns = ["survey_id", "dimension", "expectation", "perception"]
    customer = pd.DataFrame({"customer_id": ["C1"], "project_id": "P1"})
    return found | {
        "survey_dimension": pd.DataFrame(asked, columns=columns),
        "customer": pd.concat([customer, found["customer"]]),
        "project": pd.DataFrame([{"project_id": "P1", "project_name": "一", "households": 50}]),
        "staff": pd.DataFrame([{"staff_id": "S1", "staff_name": "甲", "project_id": "P1"}]),
    }


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    """By the table that has three times the rows ('' for none): a store."""
    folder = tmp_path_factory.mktemp("tiny")
    with with_tallies(folder / "queries") as queries:
        write_tallies(queries)
        yield {
            table: stores.publish(folder / f"store_{table}", portfolio(table))
            for table in ("", *OWN)
        }


@cache
def measured(store: Store, by: str | None = None) -> Groups:
    return measure(store, EVERYTHING, MAY, by)


@pytest.mark.parametrize("by", [None, "staff"])
@pytest.mark.parametrize("many", OWN)
def test_more_rows_of_one_table(served: dict[str, Store], many: str, by: str | None) -> None:
    few, more = (measured(served[table], by) for table in ("", many))
    for table in OWN.keys() - {many}:
        own = [each.id for each in METRICS.values() if each.population in OWN[table]]
        for key, group in few.items():
            kept = {metric: group[metric] for metric in own if metric in group}
            assert not differing(kept, more[key]), table


@pytest.mark.parametrize("many", ["", *OWN])
def test_each_row_is_listed_once(served: dict[str, Store], many: str) -> None:
    totals = measured(served[many])[""]
    for population in Population:
        asked = {
            (name, part): rows
            for name, each in totals.items()
            if METRICS[name].population is population
            for part, rows in rows_behind(each).items()
        }
        pairs = [{"metric": metric, "part": part} for metric, part in asked]
        rows = served[many].run(f"{population}_tally", EVERYTHING, MAY, asked=pairs)
        for metric, part, listed, keys in rows.itertuples(index=False):
            assert listed == keys == asked[metric, part]


@pytest.mark.parametrize("many", OWN)
def test_people_change_only_in_what_is_asked_of_that_table(
    served: dict[str, Store], many: str
) -> None:
    few, more = (people(served[table], EVERYTHING, MAY)["S1"] for table in ("", many))
    assert few.card.score is not None
    changed = {field.name for field in fields(few)} - {
        field.name for field in fields(few) if getattr(few, field.name) == getattr(more, field.name)
    }
    assert changed <= IN_PEOPLE.get(many, set())


def test_the_portfolio_has_what_can_be_multiplied(served: dict[str, Store]) -> None:
    few = measured(served[""])[""]
    counted = {name: each.n for name, each in few.items()}
    assert counted["record_count"] == counted["csat"] == counted["inspection_score"] == 5
    assert counted["churn_rate"] == 6
    for many, own in OWN.items():
        more = measured(served[many])[""]
        grown = {METRICS[name].population for name in few if more[name].n > few[name].n}
        assert grown <= set(own)
        assert bool(grown) == bool(own)
