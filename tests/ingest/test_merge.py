"""Loading again: what counts as inserted, updated, unchanged and refused, and what is stored."""

import random
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from dashboard.contract import TABLES
from dashboard.ingest import merge
from dashboard.ingest.result import LoadResult
from dashboard.ingest.schema import source_columns
from dashboard.ledger import LEDGER
from dashboard.published import current_version, private_file, store_file
from tests.ingest.loading import RECORD, contents, load, quarantine, rows

LINES = [f"R{n},P{n % 3},repair,2024-01-{n:02} 10:00:00" for n in range(1, 21)]
TWENTY = "\n".join([RECORD, *LINES])


def counts(result: LoadResult) -> tuple[int, int, int, int]:
    return result.inserted, result.updated, result.unchanged, result.refused


def test_loading_twice_changes_nothing(store: Path) -> None:
    assert counts(load(store, TWENTY, "service_record")) == (20, 0, 0, 0)
    before = rows(store, "from service_record")
    again = load(store, TWENTY, "service_record")
    assert counts(again) == (0, 0, 20, 0)
    assert again.version == 2
    assert rows(store, "from service_record") == before
    assert rows(store, "select inserted, unchanged from load_log order by loaded_at, inserted desc")


def test_a_different_row_replaces_the_stored_one(store: Path) -> None:
    load(store, TWENTY, "service_record")
    changed, new = "R5,P9,complaint,2024-03-01,leak", "R99,P1,visit,2024-01-01,"
    text = f"{RECORD},category\n{changed}\n{LINES[6]},\n{new}\n"
    assert counts(load(store, text, "service_record")) == (1, 1, 1, 0)
    found = rows(store, "from service_record where record_id = 'R5'")
    assert len(found) == 1
    assert found[0][1] == "P9"
    assert rows(store, "select count(*), count(distinct record_id) from service_record") == [
        (21, 21)
    ]


def test_facts_are_stored_in_order(store: Path) -> None:
    shuffled = LINES[:]
    random.Random(1).shuffle(shuffled)
    load(store, "\n".join([RECORD, *shuffled[:10]]), "service_record")
    load(store, "\n".join([RECORD, *shuffled[10:]]), "service_record")
    found = rows(store, "select project_id, created_at, record_id from service_record")
    assert found == sorted(found)
    assert len(found) == 20


def test_small_loads_go_to_the_end_of_a_large_table(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge, "SMALL", 50)
    lines = [f"R{n:03},P{n % 3},repair,2024-01-05" for n in range(100)]
    load(store, "\n".join([RECORD, *lines]), "service_record")
    some = [lines[0].replace("repair", "visit"), lines[1], "R999,P0,repair,2024-01-01"]
    assert counts(load(store, "\n".join([RECORD, *some]), "service_record")) == (1, 1, 1, 0)
    found = rows(store, "select record_id, kind from service_record")
    assert found[:99] == sorted(found[:99], key=lambda row: (int(row[0][1:]) % 3, row))
    assert found[99:] == [("R999", "repair"), ("R000", "visit")]
    assert rows(store, "select count(distinct record_id) from service_record") == [(101,)]
    # Not more than a tenth of the table stays out of order.
    more = [f"R2{n:02},P1,repair,2023-01-05" for n in range(10)]
    load(store, "\n".join([RECORD, *more]), "service_record")
    keys = rows(store, "select project_id, created_at, record_id from service_record")
    assert keys == sorted(keys)
    assert len(keys) == 111


def test_small_loads_replace_private_rows(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "SMALL", 2)
    header = "customer_id,customer_name,phone"
    lines = [f"C{n:02},N{n},1380000{n:04}" for n in range(60)]
    load(store, "\n".join([header, *lines]), "customer")
    changed = load(store, f"{header}\nC07,N7,1390000\nC99,N99,\n{lines[8]}\n", "customer")
    assert counts(changed) == (1, 1, 1, 0)
    found = rows(store, "from customer_private", private=True)
    assert sorted(found)[7] == ("C07", "N7", "1390000")
    assert (len(found), len({row[0] for row in found})) == (61, 61)


def test_same_key_twice_in_one_file(store: Path) -> None:
    lines = [LINES[0], LINES[1], LINES[0], "R2,P2,visit,2024-01-02", LINES[0], LINES[2]]
    text = "\n".join([RECORD, *lines])
    result = load(store, text, "service_record")
    assert counts(result) == (2, 0, 2, 2)
    assert rows(store, "select record_id from service_record order by 1") == [("R1",), ("R3",)]
    reason = "record_id: R2 stands 2 times in this file with different content"
    assert [(line, why) for line, _, why in quarantine(store)] == [(3, [reason]), (5, [reason])]
    assert result.refusals == {"record_id: duplicate_key": 2}


def test_a_key_of_several_columns_twice_in_one_file(store: Path) -> None:
    header = "metric,scope_type,scope_id,month,value"
    text = f"{header}\ncsat,company,,,4\ncsat,company,,,5\ncsat,project,P1,2024-01,4\n"
    assert counts(load(store, text, "target")) == (1, 0, 0, 2)
    reason = (
        "metric, scope_type, scope_id, month: csat / company / – / –"
        " stands 2 times in this file with different content"
    )
    assert [why for _, _, why in quarantine(store)] == [[reason], [reason]]


def test_a_refused_twin_refuses_both(store: Path) -> None:
    """Which of two different rows is meant is not for the loader to guess."""
    text = f"{RECORD}\n{LINES[0]}\nR1,P1,nonsense,2024-01-01 10:00:00\n"
    result = load(store, text, "service_record")
    assert counts(result) == (0, 0, 0, 2)


def test_null_is_a_value_of_its_own_in_a_key(store: Path) -> None:
    text = "metric,scope_type,scope_id,month,value\nnps,company,,,40\nnps,company,,2025-01,41\n"
    assert counts(load(store, text, "target")) == (2, 0, 0, 0)
    assert counts(load(store, text, "target")) == (0, 0, 2, 0)
    assert counts(load(store, text.replace("40", "45"), "target")) == (0, 1, 1, 0)
    assert rows(store, "select value from target order by month nulls first") == [(45,), (41,)]


def test_unknown_dimension_rows_get_placeholders(store: Path) -> None:
    text = (
        f"{RECORD},customer_id,staff_id\nR1,P1,repair,2024-01-05,C1,王五\nR2,,x,2024-01-05,C9,S9\n"
    )
    load(store, text, "service_record")
    assert rows(store, "select project_id, project_name, registered from project") == [
        ("P1", "P1", False)
    ]
    assert rows(store, "select staff_id, staff_name, registered from staff") == [
        ("王五", "王五", False)
    ]
    assert rows(store, "select customer_id, registered from customer") == [("C1", False)]
    assert rows(store, "from customer_private", private=True) == []


def test_the_real_row_of_a_placeholder_counts_as_inserted(store: Path) -> None:
    load(store, f"{RECORD}\n{LINES[0]}\n", "service_record")
    text = "project_id,project_name\nP1,P1\nP2,二\n"
    assert counts(load(store, text, "project")) == (2, 0, 0, 0)
    assert counts(load(store, text, "project")) == (0, 0, 2, 0)
    assert rows(store, "select project_id, registered from project order by 1") == [
        ("P1", True),
        ("P2", True),
    ]
    load(store, TWENTY, "service_record")
    assert rows(store, "select registered from project order by project_id") == [
        (False,),
        (True,),
        (True,),
    ]


@pytest.mark.parametrize("table", sorted(t for t in TABLES if t not in ("project", "staff")))
def test_every_table_that_names_a_dimension_makes_placeholders(store: Path, table: str) -> None:
    good = {
        "kind": "service" if table == "contract" else "repair",
        "reviewer": "peer",
        "scope_type": "company",
        "phase": "plan",
        "state": "active",
        "dimension": "empathy",
        "month": "2024-01",
        "status": "open",
    }
    named = ("project_id", "staff_id", "customer_id")
    columns = [c for c in source_columns(table) if c.required or c.name in named]
    samples = {"VARCHAR": "X", "DATE": "2024-01-01", "TIMESTAMP": "2024-01-01"}
    cells = [good.get(c.name, samples.get(c.kind, "1")) for c in columns]
    text = f"{','.join(c.name for c in columns)}\n{','.join(cells)}\n"
    assert counts(load(store, text, table)) == (1, 0, 0, 0)
    for column in columns:
        if column.name in named and column.name not in TABLES[table].key[:1]:
            dimension = column.name.removesuffix("_id")
            assert rows(store, f"select registered from {dimension}") == [(False,)]  # noqa: S608


PEOPLE = "customer_id,customer_name,phone,vip\nC1,张三,13812345678,是\nC2,李四,,0\nC3,,,\n"


def test_personal_data_stays_out_of_the_store_file(store: Path) -> None:
    load(store, PEOPLE, "customer")
    load(store, f"{RECORD},detail\nR1,P1,x,2024-01-05,张三的电话13812345678\n", "service_record")
    version = current_version(store)
    assert version is not None
    raw = store_file(store, version).read_bytes()
    for text in ("张三", "李四", "13812345678", "customer_name", "phone"):
        assert text.encode() not in raw or text == "phone"
    with duckdb.connect(str(store_file(store, version)), read_only=True) as connection:
        columns = {
            name
            for (name,) in connection.execute(
                "select column_name from duckdb_columns() where not internal"
            ).fetchall()
        }
        tables = [
            name
            for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()
        ]
        assert not columns & {"customer_name", "phone", "source_text"}
        for table in tables:
            shown = str(connection.table(table).fetchall())
            assert "张三" not in shown
            assert "13812345678" not in shown
    assert rows(store, "from customer_private order by 1", private=True) == [
        ("C1", "张三", "13812345678"),
        ("C2", "李四", None),
        ("C3", None, None),
    ]
    assert private_file(store, version).stat().st_mode & 0o077 == 0


def test_private_columns_count_as_content(store: Path) -> None:
    load(store, PEOPLE, "customer")
    assert counts(load(store, PEOPLE, "customer")) == (0, 0, 3, 0)
    assert counts(load(store, PEOPLE.replace("李四", "李思"), "customer")) == (0, 1, 2, 0)
    found = rows(
        store, "select customer_name from customer_private order by customer_id", private=True
    )
    assert found == [("张三",), ("李思",), (None,)]
    assert rows(store, "select vip from customer order by customer_id") == [
        (True,),
        (False,),
        (None,),
    ]


def test_as_of_is_the_latest_event(store: Path) -> None:
    load(store, "project_id,project_name\nP1,x\n", "project")
    assert rows(store, "select as_of from store_info") == [(None,)]
    text = f"{RECORD},due_at,fed_back_at\nR1,P1,repair,2024-01-05,2999-01-01,2024-02-05 11:00\n"
    load(store, text, "service_record")
    assert rows(store, "select as_of from store_info") == [(datetime(2024, 2, 5, 11),)]
    load(store, "survey_id,project_id,sent_at\nV1,P1,2024-03-01\n", "survey")
    assert rows(store, "select as_of from store_info") == [(datetime(2024, 3, 1),)]


def test_unknown_parents_are_accepted(store: Path) -> None:
    assert counts(load(store, "survey_id,record_id,project_id\nV1,R7,P1\n", "survey"))[0] == 1
    text = "survey_id,dimension,perception\nV9,empathy,4\n"
    assert counts(load(store, text, "survey_dimension"))[0] == 1


def test_the_log_says_who_what_and_how_many(store: Path) -> None:
    text = f"{TWENTY},extra\n".replace("created_at", "created_at,note", 1)
    result = load(store, text.replace("\nR", "\nR"), "service_record")
    logged = rows(
        store,
        "select load_id, loaded_by, file_name, table_name, mapping, read, inserted, refused,"
        " unmapped, length(sha256) from load_log",
    )
    assert logged == [
        (
            result.load_id,
            "tester",
            "service_record.csv",
            "service_record",
            "by name",
            20,
            1,
            19,
            ["note"],
            64,
        )
    ]
    assert result.unmapped == ("note",)


def test_versions_are_kept_and_leftovers_cleared(store: Path) -> None:
    for number in range(1, 8):
        load(store, f"project_id,project_name\nP{number},x\n", "project")
    (store / "store-99.duckdb").write_bytes(b"half")
    (store / "private-99.duckdb.tmp").write_bytes(b"half")
    (store / "store-7.duckdb.tmp.wal").write_bytes(b"half")
    (store / "CURRENT.tmp").write_bytes(b"9")
    (store / "staging.tmp").mkdir()
    (store / "mine.txt").write_text("kept")
    assert load(store, "project_id,project_name\nP8,x\n", "project").version == 100
    # the newest five, and the five that undoing again and again would bring back
    names = {f"{kind}-{n}.duckdb" for kind in ("store", "private") for n in (3, 4, 5, 6, 7, 100)}
    assert set(contents(store)) == {*names, "CURRENT", "ledger.jsonl", "mine.txt"}
    assert rows(store, "select count(*) from project") == [(8,)]


def test_a_store_of_an_older_contract_is_upgraded(store: Path) -> None:
    load(store, "project_id,project_name\nP1,x\n", "project")
    load(store, TWENTY, "service_record")
    load(store, PEOPLE, "customer")
    with duckdb.connect(str(store_file(store, 3))) as connection:
        connection.execute("drop table skill")
        connection.execute("alter table service_record drop column title")
        connection.execute("alter table service_record drop column reopen_count")
        connection.execute("alter table project drop column registered")
    (store / LEDGER).unlink()  # as of a store from before there was one
    text = "staff_id,skill,level,certified,assessed_on\nS1,pipes,3,yes,2024-02-01\n"
    assert counts(load(store, text, "skill")) == (1, 0, 0, 0)
    assert rows(store, "select count(*), count(title), sum(reopen_count) from service_record") == [
        (20, 0, 0)
    ]
    assert rows(store, "select bool_and(registered) from project where project_id = 'P1'") == [
        (True,)
    ]
    assert rows(store, "select count(*) from load_log") == [(4,)]
    assert rows(store, "select count(*) from customer_private", private=True) == [(3,)]


def test_files_open_with_the_older_format(store: Path) -> None:
    load(store, TWENTY, "service_record")
    version = current_version(store)
    assert version is not None
    for file in (store_file(store, version), private_file(store, version)):
        with duckdb.connect(str(file), read_only=True) as connection:
            (tags,) = connection.execute(
                "select tags from duckdb_databases() where not internal"
            ).fetchone() or ({},)
        assert "v1.5" in str(tags)
