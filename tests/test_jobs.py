"""Commands that a page starts: real processes, found again, ended, and nothing left of files."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard import jobs
from dashboard.errors import StoreError
from dashboard.i18n import translator
from dashboard.jobs import CommandError, Job, Upload, run
from dashboard.published import current_version
from dashboard.settings import ROOT

ROWS = "record_id,project_id,kind,created_at\n1,A,repair,2025-01-01\n2,A,吵架,2025-01-01\n"
LONG = "record_id,project_id,kind,created_at\n" + "".join(
    f"R{n},P{n % 9},repair,2025-01-01 10:00\n" for n in range(150_000)
)


def upload(store: Path, text: str = ROWS, name: str = "三月.csv") -> Upload:
    return Upload(store, name, io.BytesIO(text.encode()))


def load(store: Path, file: Upload, *options: str, seconds: float = 60) -> Job:
    return jobs.start(
        store,
        "load",
        lambda folder: ["load", str(folder / file.path.name), f"--name={file.name}", *options],
        seconds=seconds,
        files={file.path.name: file.path},
        called={file.path.name: file.name},
        about={"file": file.name},
    )


def until(true: Callable[[], Any], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def ended(job: Job) -> Job:
    until(lambda: not job.running)
    return job


def modes(folder: Path) -> set[int]:
    return {file.stat().st_mode & 0o077 for file in folder.rglob("*")}


def test_a_load_goes_on_and_is_found_again_by_another_process(tmp_path: Path) -> None:
    file = upload(tmp_path)
    job = load(tmp_path, file, "--table", "service_record")
    file.discard()  # the page has gone
    ask = f"""
from pathlib import Path
from dashboard import jobs
job = jobs.latest(Path({str(tmp_path)!r}), "load")
while job.running: pass
print(job.outcome()["inserted"], job.about["file"])
"""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    told = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    assert told.stdout.decode().split() == ["1", "三月.csv"]
    assert current_version(tmp_path) == 1
    assert ended(job).outcome()["file"] == "三月.csv"


def test_a_refusal_names_the_file_as_the_reader_does(tmp_path: Path) -> None:
    job = load(tmp_path, upload(tmp_path, "<html>\n"))
    with pytest.raises(CommandError) as raised:
        ended(job).outcome()
    message, hint = translator("en").told(raised.value)
    assert message.startswith("三月.csv is a page or document of tags")
    assert hint


def test_progress_is_told_and_a_load_can_be_cancelled(tmp_path: Path) -> None:
    job = load(tmp_path, upload(tmp_path, LONG))
    until((tmp_path / "staging.tmp").exists)
    assert job.running
    job.cancel()
    assert not job.running
    with pytest.raises(CommandError, match="cancelled"):
        job.outcome()
    assert current_version(tmp_path) is None
    assert not (tmp_path / "staging.tmp").exists()
    until(lambda: not (job.folder / "files").exists())


def test_a_job_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    job = load(tmp_path, upload(tmp_path, LONG), seconds=0.2)
    with pytest.raises(CommandError, match="took too long"):
        ended(job).outcome()


def test_a_process_that_dies_is_told_from_one_that_refuses(tmp_path: Path) -> None:
    job = load(tmp_path, upload(tmp_path, LONG))
    os.killpg(job.process, signal.SIGKILL)
    with pytest.raises(CommandError, match="failed"):
        ended(job).outcome()


def test_files_are_private_and_go_with_the_page_or_the_job(tmp_path: Path) -> None:
    file = upload(tmp_path, name="../../etc/passwd\n.csv")
    assert file.name == "passwd.csv"
    assert file.path.parent == tmp_path / "uploads"
    job = load(tmp_path, file, "--table", "service_record")
    assert modes(tmp_path / "uploads") == modes(tmp_path / "jobs") == {0}
    path = file.path
    del file
    assert not path.exists()
    assert ended(job).outcome()["inserted"] == 1
    until(lambda: not (job.folder / "files").exists())


def test_what_a_crash_left_is_cleared_and_what_runs_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running, dead = load(tmp_path, upload(tmp_path, LONG)), tmp_path / "jobs" / "0-dead"
    (dead / "files").mkdir(parents=True)
    os.utime(dead, (0, 0))
    left = upload(tmp_path)
    jobs.clear(tmp_path, starting=True)
    assert running.running
    assert (running.folder / "files").exists()
    assert not dead.exists()
    assert not left.path.exists()
    running.cancel()
    monkeypatch.setattr(run, "KEPT", 1)
    last = ended(load(tmp_path, upload(tmp_path, "x")))
    assert jobs.jobs(tmp_path, "load") == [last]


def test_a_question_is_answered_at_once(golden_store: Path) -> None:
    rows = jobs.ask(golden_store, "query", "store_period")
    assert rows == [{"first_day": "2024-01-01", "last_day": "2025-06-30"}]
    with pytest.raises(CommandError, match="There is no query 'nonsense'"):
        jobs.ask(golden_store, "query", "nonsense")
    with pytest.raises(CommandError, match="took too long"):
        jobs.ask(golden_store, "query", "nonsense", seconds=0.01)


def test_a_store_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "jobs").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be written"):
        load(tmp_path, upload(tmp_path))


def test_a_store_that_begins_with_an_upload_is_nobody_elses(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        upload(tmp_path / "store")
    finally:
        os.umask(before)
    assert (tmp_path / "store").stat().st_mode & 0o777 == 0o700


def test_a_file_that_the_store_does_not_take_is_an_error_that_can_be_mended(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StoreError, match="cannot be written"):
        upload(tmp_path / "file" / "store")
