"""kill -9 at any moment of a load: the old store stays whole, and the next load works.

``DASHBOARD_TEST_KILLS`` sets the number of kills; 3 unless it is set.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb

from dashboard import ledger
from dashboard.published import current_version, private_file, store_file
from dashboard.settings import ROOT
from tests.ingest import safety

KILLS = int(os.environ.get("DASHBOARD_TEST_KILLS", "3"))
ROWS = 20_000


def source(file: Path, round_: int) -> Path:
    """Records of which every round changes each one, so that a mixture would show."""
    lines = (f"R{n},P{n % 40},repair,2024-01-05,{round_},bad" for n in range(ROWS))
    header = "record_id,project_id,kind,created_at,cost,escalated"
    text = "\n".join([header, *lines]).replace(",bad", ",no")
    file.write_text(f"{text}\nX{round_},P1,nonsense,2024-01-05,1,no\n", encoding="utf-8")
    return file


def start(file: Path, store: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "dashboard", "load", str(file), "--json"]
    options = ["--table", "service_record", "--store", str(store)]
    return subprocess.Popen(
        [*command, *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def load(file: Path, store: Path) -> dict[str, int]:
    process = start(file, store)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    result: dict[str, int] = json.loads(out)
    return result


def served_round(store: Path) -> int:
    """The round that the current version holds, whole in both of its files."""
    version = current_version(store)
    assert version is not None
    with duckdb.connect(str(store_file(store, version)), read_only=True) as connection:
        found = connection.execute(
            "select cost, count(*) from service_record group by 1"
        ).fetchall()
        refused = connection.execute("select sum(refused) from load_log").fetchone()
        ledger = connection.execute(
            "select count(*), count(*) filter (state <> 'superseded') from refused_row"
        ).fetchone()
        projects = connection.execute("select count(*) from project").fetchone()
    with duckdb.connect(str(private_file(store, version)), read_only=True) as connection:
        held = connection.execute("select count(*) from quarantine").fetchone()
    assert len(found) == 1
    assert found[0][1] == ROWS
    assert projects == (40,)
    assert ledger is not None
    assert (refused, held) == (ledger[:1], ledger[1:])
    return int(found[0][0])


def test_kill_at_random_moments(tmp_path: Path) -> None:
    store, file = tmp_path / "store", tmp_path / "records.csv"
    started = time.monotonic()
    load(source(file, 0), store)
    seconds = time.monotonic() - started
    moments = random.Random(7)
    current, killed = 0, 0
    for round_ in range(1, KILLS + 1):
        process = start(source(file, round_), store)
        time.sleep(moments.uniform(0.2, 1.05) * seconds)
        os.killpg(process.pid, signal.SIGKILL)
        killed += process.wait(timeout=30) == -signal.SIGKILL
        process.communicate()
        served = served_round(store)
        assert served in (current, round_)
        again = load(source(file, round_), store)
        changed = 0 if served == round_ else ROWS
        assert (again["updated"], again["unchanged"]) == (changed, ROWS - changed)
        current = served_round(store)
        assert current == round_
        told = ledger.read(store).entry(current_version(store))
        assert told is not None
        assert [each.load_id for each in told.loads] == [again["load_id"]]
        assert safety.grades(store) == {}
        leftovers = [f.name for f in store.iterdir() if f.name.endswith((".tmp", ".wal"))]
        assert leftovers == []
    assert killed > 0
    print(f"{killed} of {KILLS} loads were killed before they ended")
