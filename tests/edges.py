"""Tiny portfolios at the edges: where months end, where there is too little, or all the same."""

from collections.abc import Callable

import pandas as pd

from dashboard.codes import CODES
from tests.stores import Portfolio

PLACES = {
    "project": pd.DataFrame([{"project_id": "P1", "project_name": "一", "households": 50}]),
    "customer": pd.DataFrame([{"customer_id": "C1", "project_id": "P1"}]),
    "staff": pd.DataFrame(
        [("S4", "四", "P1"), ("S5", "五", "P1")], columns=["staff_id", "staff_name", "project_id"]
    ),
}


def records(count: int, start: str = "2024-03-04 08:00:00", **columns: object) -> pd.DataFrame:
    """Complaints, one an hour, open unless told otherwise."""
    created = pd.date_range(start, periods=count, freq="h")
    given = {"project_id": "P1", "kind": "complaint", "category": "leak", "status": "open"}
    ids = [f"R{number}" for number in range(count)]
    return pd.DataFrame({"record_id": ids, "created_at": created} | given | columns, index=ids)


def resolved(rows: pd.DataFrame, hours: int) -> pd.DataFrame:
    """The records, each resolved so many hours after its creation."""
    return rows.assign(
        status="resolved", resolved_at=rows["created_at"] + pd.Timedelta(hours=hours)
    )


def surveys(count: int, start: str = "2024-03-05 08:00:00", **columns: object) -> pd.DataFrame:
    """Answers to surveys, one an hour, best of all unless told otherwise."""
    answered = pd.date_range(start, periods=count, freq="h")
    given = {"project_id": "P1", "nps": 10, "csat": 5, "ces": 7}
    ids = [f"V{number}" for number in range(count)]
    return pd.DataFrame({"survey_id": ids, "responded_at": answered} | given | columns, index=ids)


def around_month_ends() -> Portfolio:
    """The first and the last moment of months around a leap day."""
    moments = [
        "2024-01-31 00:00:00",
        "2024-01-31 23:59:59.999999",
        "2024-02-01 00:00:00",
        "2024-02-28 23:59:59",
        "2024-02-29 00:00:00",
        "2024-02-29 23:59:59.999999",
        "2024-03-01 00:00:00",
    ]
    created = pd.to_datetime(moments, format="ISO8601")
    given = {"score": range(7), "item": "records", "project_id": "P1"}
    inspections = {"inspection_id": [f"I{each}" for each in range(7)], "inspected_on": created.date}
    return PLACES | {
        "service_record": records(7).assign(created_at=created),
        "survey": surveys(7).assign(responded_at=created, sent_at=created),
        "inspection": pd.DataFrame(inspections | given),
    }


def one_record() -> Portfolio:
    """One complaint, resolved after a day and asked about."""
    record = resolved(records(1, level="L3", customer_id="C1", staff_id="S4", cost=80), 24)
    record["first_response_at"] = record["created_at"] + pd.Timedelta(hours=2)
    return PLACES | {"service_record": record, "survey": surveys(1, record_id="R0")}


def four_and_five_cases() -> Portfolio:
    """One person with four cases and answers, one with five."""
    staff = ["S4"] * 4 + ["S5"] * 5
    cases = resolved(records(9, staff_id=staff, level="L3", cost=10), 24)
    return PLACES | {"service_record": cases, "survey": surveys(9, staff_id=staff)}


def all_the_same() -> Portfolio:
    """Sixty records resolved in the same time, and sixty answers that are all the same."""
    answers = surveys(60, record_id=[f"R{number}" for number in range(60)])
    asked = [(survey, name, 5, 4) for survey in answers["survey_id"] for name in CODES["dimension"]]
    columns = ["survey_id", "dimension", "expectation", "perception"]
    return PLACES | {
        "service_record": resolved(records(60, staff_id="S5", level="L3", cost=10), 24),
        "survey": answers,
        "survey_dimension": pd.DataFrame(asked, columns=columns),
    }


def all_open() -> Portfolio:
    """Forty complaints, none resolved, at the time of the last one."""
    return PLACES | {"service_record": records(40, staff_id="S5", level="L3")}


EDGES: dict[str, Callable[[], Portfolio]] = {
    each.__name__: each
    for each in (around_month_ends, one_record, four_and_five_cases, all_the_same, all_open)
}
