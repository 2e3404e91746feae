"""Data quality: every check counts what it says, and has words."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard import quality
from dashboard.access import EVERYTHING, NOTHING, Scope
from dashboard.contract import TABLES
from dashboard.ingest.load import load_file
from dashboard.selection import Selection
from dashboard.settings import ROOT, Settings
from dashboard.sqlfile import folder
from dashboard.store import Store

REFUSED = [order for table in TABLES.values() for order in table.refused]
WARNED = [order for table in TABLES.values() for order in table.warned]
ORDERS = {
    "f'before_{order.earlier}'": {
        f"before_{order.earlier}"
        for order in (*REFUSED, *(each for each in WARNED if each.later != "closed_at"))
    },
    "f'after_{order.later}'": {"after_closed_at"},
}
"""How the loader names the rules of the contract's orders → the names that come of it."""

YEAR = Selection(date(2025, 1, 1), date(2025, 12, 31))
RECORDS = """\
record_id,project_id,customer_id,staff_id,kind,category,level,created_at,due_at,first_response_at,\
resolved_at,fed_back_at,closed_at
R1,P1,C1,S1,complaint,leak,L1,2025-01-01,,2025-01-01 11:00,2025-01-01 12:00,2025-01-02,2025-01-03
R2,P1,,S1,complaint,,L2,2025-02-01 10:00,2025-01-31 10:00,,2025-02-01 10:00,,
R3,P2,C1,,repair,leak,,2025-03-01 10:00,,,2025-03-03 10:00,,2025-03-02 10:00
R4,P2,C1,,repair,leak,,2024-03-01 10:00,,,,,
"""
SURVEYS = """\
survey_id,record_id,project_id,sent_at,responded_at,csat
V1,R1,P1,2025-01-05,2025-01-06,5
V2,R2,P1,2025-02-05,,
V3,not there,P1,2025-02-05,,
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("quality")
    settings = Settings(store=folder / "store")
    for table, text in (("service_record", RECORDS), ("survey", SURVEYS)):
        path: Path = folder / f"{table}.csv"
        path.write_text(text, encoding="utf-8")
        load_file(path, table=table, mapping=None, settings=settings, who="tests")
    return Store(settings)


def checks(store: Store, scope: Scope) -> dict[tuple[str, str], tuple[int, int | None]]:
    found = store.run("data_quality", scope, YEAR)
    return {
        (row["table_name"], row["check"]): (row["rows"], None if pd.isna(row["of"]) else row["of"])
        for row in found.to_dict("records")
    }


def test_every_check_counts_what_it_says(store: Store) -> None:
    assert checks(store, EVERYTHING) == {
        ("service_record", "no_staff"): (1, 3),
        ("service_record", "no_customer"): (1, 3),
        ("service_record", "no_category"): (1, 3),
        ("service_record", "no_level"): (1, 3),
        ("service_record", "no_response"): (2, 3),
        ("service_record", "no_resolution"): (0, 3),
        ("service_record", "zero_duration"): (1, 3),
        ("service_record", "contradictory"): (2, 3),
        ("service_record", "same_time"): (0, 3),
        ("service_record", "no_feedback"): (1, 2),
        ("survey", "unanswered"): (1, 2),
        ("survey", "unmatched"): (1, None),
        ("project", "unregistered"): (2, 2),
        ("staff", "unregistered"): (1, 1),
        ("customer", "unregistered"): (1, 1),
    }


def test_times_that_many_records_share(tmp_path: Path) -> None:
    """31 of 1,000 records at 19:00:00, 30 at 20:00:00, all others at times of their own."""
    times = ["19:00:00"] * 31 + ["20:00:00"] * 30
    times += [f"{n // 60:02}:{n % 60:02}:07" for n in range(939)]
    lines = [f"R{n},P1,repair,2025-01-{n % 28 + 1:02} {at}" for n, at in enumerate(times)]
    file = tmp_path / "batch.csv"
    file.write_text("\n".join(["record_id,project_id,kind,created_at", *lines]), encoding="utf-8")
    settings = Settings(store=tmp_path / "store")
    load_file(file, table="service_record", mapping=None, settings=settings, who="tests")
    found = checks(Store(settings), EVERYTHING)
    assert found["service_record", "same_time"] == (31, 1000)


def test_no_scope_finds_nothing(store: Store) -> None:
    assert checks(store, NOTHING) == {}
    assert store.run("load_problems", NOTHING).empty
    assert store.run("load_history", Scope(frozenset({"P1"}))).empty
    assert store.run("unregistered", NOTHING, table=None, limit=None).empty


def test_every_check_has_words(store: Store) -> None:
    found = checks(store, EVERYTHING)
    assert {check for _, check in found} == quality.CHECKS.keys()
    assert {table for table, _ in found} == quality.TABLES.keys() - {"survey_dimension"}


def test_loads_tell_what_they_lack(store: Store) -> None:
    problems = store.run("load_problems", EVERYTHING)
    lacking = problems[problems["severity"] == "lacking"]
    assert set(problems["severity"]) <= quality.SEVERITIES.keys()
    assert {
        (row["column_name"], row["rule"]): (row["rows"], row["of"])
        for row in lacking.to_dict("records")
    } == {
        ("staff_id", "missing"): (2, 4),
        ("customer_id", "missing"): (1, 4),
        ("category", "missing"): (1, 4),
        ("level", "missing"): (2, 4),
        ("first_response_at", "missing"): (3, 4),
        ("resolved_at", "missing"): (1, 4),
        ("created_at", "zero_duration"): (1, 4),
        ("responded_at", "unanswered"): (2, 3),
    }


def test_every_rule_of_a_load_has_words() -> None:
    assert rules_of_the_loader() == set(quality.RULES)


def test_a_rule_without_words_is_found() -> None:
    planted = 'Rule(column, "invented", broken, says)\nfn("list_value", "row", lit("made"), why)'
    assert set(rules_in(planted)) == {"invented", "made"}


def rules_of_the_loader() -> set[str]:
    """Names of rules that a load can find broken: in its code, and in what it counts as lacking."""
    code = (ROOT / "dashboard" / "ingest").rglob("*.py")
    found = {rule for path in code for rule in rules_in(path.read_text(encoding="utf-8"))}
    lacking = (file.text for name, file in folder("load").items() if name.startswith("lacking_"))
    counted = r"'lacking', '(\w+)'|then '(\w+)'|else '(\w+)'"
    names = (name for text in lacking for groups in re.findall(counted, text) for name in groups)
    return found | set(filter(None, names))


def rules_in(source: str) -> Iterator[str]:
    """The names in ``Rule(column, name, …)`` and in problems ``[column, name, sentence]``."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id="Rule"), args=[_, name, *_]):
                yield from rule_names(name)
            case ast.Call(
                func=ast.Name(id="fn"), args=[ast.Constant(value="list_value"), _, name, _, *_]
            ):
                yield from rule_names(name)


def rule_names(name: ast.expr) -> set[str]:
    """What a name may be; those of orders of events are the orders' of the contract."""
    match name:
        case ast.Constant(value=str(rule)) | ast.Call(args=[ast.Constant(value=str(rule))]):
            return {rule}
        case ast.JoinedStr():
            return ORDERS[ast.unparse(name)]
    return set()  # of a Rule that was found elsewhere
