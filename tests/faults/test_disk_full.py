"""A disk that fills up during a load: a plain message, and the store as it was."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.settings import ROOT
from tests.ingest.loading import RECORD, contents, load, rows


@pytest.mark.parametrize("kilobytes", [100, 400, 700, 1200])
def test_nothing_changes_when_the_disk_is_full(tmp_path: Path, kilobytes: int) -> None:
    store, file = tmp_path / "store", tmp_path / "records.csv"
    load(store, f"{RECORD}\nR1,P1,repair,2024-01-05\n", "service_record")
    before = contents(store)
    lines = (f"X{n},P1,repair,2024-01-05,{n * 7919 % 100003}-{n}" for n in range(200_000))
    file.write_text("\n".join([f"{RECORD},detail", *lines]), encoding="utf-8")

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))

    command = [sys.executable, "-m", "dashboard", "load", str(file), "--store", str(store)]
    told = subprocess.run(
        [*command, "--table", "service_record"],
        cwd=ROOT,
        preexec_fn=small_disk,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    error = [line for line in told.stderr.splitlines() if not line.lstrip().split("%")[0].isdigit()]
    assert error[0].startswith("Error: "), told.stderr
    assert "Traceback" not in told.stderr
    assert contents(store) == before
    assert rows(store, "select record_id from service_record") == [("R1",)]
