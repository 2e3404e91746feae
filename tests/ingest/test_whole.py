"""A file in place of a whole table: what it does not have is removed, and nothing goes half-way."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.contract import TABLES
from dashboard.errors import LoadError
from dashboard.ingest.load import load_file
from dashboard.ingest.result import LoadResult
from dashboard.settings import ROOT, Settings
from tests.ingest.loading import contents, load, rows

TARGETS = "metric,scope_type,scope_id,month,value\n"
THREE = f"{TARGETS}csat,company,,,4\nnps,company,,,40\nnps,project,P1,2025-01,45\n"
EDITED = f"{TARGETS}csat,company,,,4\nnps,company,,,50\nces,company,,,5.5\n"


def replaced(store: Path, text: str, table: str, *, dry_run: bool = False) -> LoadResult:
    file = store.parent / f"{table}.csv"
    file.write_text(text, encoding="utf-8")
    result = load_file(
        file,
        table=table,
        mapping=None,
        settings=Settings(store=store),
        who="tester",
        whole=True,
        dry_run=dry_run,
    )
    assert result.read == result.inserted + result.updated + result.unchanged + result.refused
    return result


def counts(result: LoadResult) -> tuple[int, int, int, int]:
    return result.inserted, result.updated, result.unchanged, result.removed


def test_rows_that_the_file_does_not_have_are_removed(store: Path) -> None:
    load(store, THREE, "target")
    assert counts(replaced(store, EDITED, "target", dry_run=True)) == (1, 1, 1, 1)
    assert rows(store, "select count(*) from target where metric = 'ces'") == [(0,)]
    assert counts(replaced(store, EDITED, "target")) == (1, 1, 1, 1)
    found = rows(store, "select metric, scope_type, value from target order by 1")
    assert found == [("ces", "company", 5.5), ("csat", "company", 4), ("nps", "company", 50)]
    assert counts(replaced(store, EDITED, "target")) == (0, 0, 3, 0)
    logged = rows(store, 'select "read", removed from load_log')
    assert sorted(logged, key=str) == [(3, 0), (3, 0), (3, 1)]


def test_only_removing_and_removing_all(store: Path) -> None:
    load(store, THREE, "target")
    two = THREE.replace("nps,company,,,40\n", "")
    assert counts(replaced(store, two, "target")) == (0, 0, 2, 1)
    assert rows(store, "select count(*) from target") == [(2,)]
    assert counts(replaced(store, TARGETS, "target")) == (0, 0, 0, 2)
    assert rows(store, "select count(*) from target") == [(0,)]
    assert counts(replaced(store, THREE, "target")) == (3, 0, 0, 0)


def test_without_the_option_nothing_is_removed(store: Path) -> None:
    load(store, THREE, "target")
    result = load(store, EDITED, "target")
    assert counts(result) == (1, 1, 1, 0)
    assert rows(store, "select count(*) from target") == [(4,)]


def test_a_row_that_is_refused_refuses_all(store: Path) -> None:
    load(store, THREE, "target")
    before = contents(store)
    wrong = f"{EDITED}nps,galaxy,,,1\nnps,company,,2025-13,1\n"
    for dry_run in (True, False):
        with pytest.raises(LoadError) as raised:
            replaced(store, wrong, "target", dry_run=dry_run)
        told = raised.value.message
        assert "target.csv does not replace target: 2 of its rows are refused (line 5: " in told
        assert "scope_type: 'galaxy' is not one of company, region, project; line 6: month" in told
        assert raised.value.values["refused"] == 2
    assert contents(store) == before


def test_tables_that_other_rows_need_are_not_replaced(store: Path) -> None:
    by_hand = {name for name, contract in TABLES.items() if contract.by_hand}
    assert by_hand == {"target", "standard", "category", "action"}
    assert not any(TABLES[name].private for name in by_hand)
    with pytest.raises(LoadError, match="cannot replace the whole table project") as raised:
        replaced(store, "project_id,project_name\nP1,x\n", "project")
    assert "category, standard, target, action" in raised.value.hint
    assert not store.exists()


@pytest.mark.parametrize(
    ("table", "header", "kept", "gone"),
    [
        ("category", "category,label_zh", "leak,漏水", "noise,噪音"),
        (
            "standard",
            "standard_id,version,name,measure,threshold,unit,state",
            "S1,2,a,response,2,h,active",
            "S1,1,a,response,4,h,retired",
        ),
        (
            "action",
            "action_id,metric,title,phase,opened_on",
            "A1,csat,x,plan,2025-01-01",
            "A2,csat,y,do,2025-01-01",
        ),
    ],
)
def test_every_table_kept_by_hand(
    store: Path, table: str, header: str, kept: str, gone: str
) -> None:
    load(store, f"{header}\n{kept}\n{gone}\n", table)
    assert counts(replaced(store, f"{header}\n{kept}\n", table)) == (0, 0, 1, 1)
    assert rows(store, f"select count(*) from {table}") == [(1,)]  # noqa: S608


def test_command_line(store: Path, tmp_path: Path) -> None:
    load(store, THREE, "target")
    file = tmp_path / "edited.csv"
    file.write_text(EDITED, encoding="utf-8")
    command = [sys.executable, "-m", "dashboard", "load", str(file), "--replace"]
    options = ["--table", "target", "--store", str(store)]
    shown = subprocess.run(
        [*command, *options, "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "removed, as the file does not have them: 1" in shown.stdout
    told = subprocess.run(
        [*command, *options, "--json"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(told.stdout)["removed"] == 1
