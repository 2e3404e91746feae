"""Starting commands, waiting for them, and finding them again."""

import fcntl
import logging
import os
import secrets
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dashboard.jobs.answer import parsed, settled, too_long
from dashboard.jobs.job import (
    ERR,
    FILES,
    LATE,
    OUT,
    PATIENCE,
    RUNNING,
    Job,
    end,
    keep,
    read,
)
from dashboard.jobs.upload import forget_all, written
from dashboard.published import make_folder, unwritable
from dashboard.settings import ROOT

log = logging.getLogger(__name__)

JOBS = "jobs"
KEPT = 5
"""Jobs of one kind that stay on disk when they have ended."""

_COMMAND = (sys.executable, "-X", "utf8", "-m", "dashboard")


def start(
    store: Path,
    kind: str,
    command: Callable[[Path], Sequence[str]],
    *,
    seconds: float,
    files: Mapping[str, Path | str] | None = None,
    about: Mapping[str, Any] | None = None,
    called: Mapping[str, str] | None = None,
) -> Job:
    """Start a command of ``python -m dashboard`` on the store.

    ``command`` gives its arguments from the folder in which its ``files`` are put: name → a file to
    link, or a text. They are removed when it ends. It is ended after so many ``seconds``. Raises
    StoreError where the store cannot be written.
    """
    clear(store, kind)
    try:
        folder = _made(store, files or {})
        arguments = [*command(folder / FILES), "--store", str(store), "--json"]
        process = _started(folder, arguments)
    except OSError as error:
        raise unwritable(store, error) from error
    job = Job(folder, kind, about or {}, datetime.now(UTC), process.pid, called or {})
    keep(job)
    threading.Thread(target=_watch, args=(job, process, seconds), daemon=True).start()
    return job


def ask(store: Path, *command: str, seconds: float = 120.0) -> Any:
    """The answer of a command that is over at once; raises CommandError as ``Job.outcome``."""
    arguments = [*_COMMAND, *command, "--store", str(store), "--json"]
    try:
        done = subprocess.run(  # noqa: S603 this program's own command line, no shell
            arguments, cwd=ROOT, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise too_long() from error
    answer = parsed(done.stdout)
    if answer is None:
        answer = parsed(done.stderr)
    if answer is None:
        log.error("%s failed: %s", command[0], done.stderr.decode(errors="replace"))
    return settled(answer)


def jobs(store: Path, kind: str) -> list[Job]:
    """The jobs of a kind that are known, the latest first."""
    folders = sorted((store / JOBS).glob("*"), reverse=True)
    known = (read(folder) for folder in folders)
    return [job for job in known if job and job.kind == kind]


def latest(store: Path, kind: str) -> Job | None:
    """The latest job of a kind."""
    return next(iter(jobs(store, kind)), None)


def clear(store: Path, kind: str | None = None, *, starting: bool = False) -> None:
    """Remove what is left of jobs that have ended: their files, and all but the last few of each
    kind; only those of one ``kind`` where it is given.

    With ``starting``, for a server that has no page yet, the uploads that a crash left as well.
    """
    if starting:
        forget_all(store)
    seen: dict[str, int] = {}
    for folder in sorted((store / JOBS).glob("*"), reverse=True):
        job = read(folder)
        if job is None:
            if _age(folder) > PATIENCE:
                shutil.rmtree(folder, ignore_errors=True)
        elif kind in (None, job.kind) and not job.running:
            shutil.rmtree(folder / FILES, ignore_errors=True)
            seen[job.kind] = seen.get(job.kind, 0) + 1
            if seen[job.kind] > (KEPT if kind is None else KEPT - 1):
                job.forget()


def _made(store: Path, files: Mapping[str, Path | str]) -> Path:
    """The folder of a new job, with its files; only its owner may look into it."""
    make_folder(store)
    folder = store / JOBS / f"{time.time_ns():020d}-{secrets.token_hex(4)}"
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700)
    (folder / FILES).mkdir(mode=0o700)
    for name, content in files.items():
        if isinstance(content, Path):
            os.link(content, folder / FILES / name)
        else:
            with written(folder / FILES / name) as file:
                file.write(content.encode())
    return folder


def _started(folder: Path, arguments: Sequence[str]) -> "subprocess.Popen[bytes]":
    """The process; it inherits the lock on ``running`` and holds it to its end."""
    with (
        written(folder / RUNNING) as running,
        written(folder / OUT) as out,
        written(folder / ERR) as err,
    ):
        fcntl.flock(running, fcntl.LOCK_EX)
        return subprocess.Popen(  # noqa: S603 this program's own command line, no shell
            [*_COMMAND, *arguments],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            pass_fds=(running.fileno(),),
            start_new_session=True,  # it is not ended with the server
        )


def _watch(job: Job, process: "subprocess.Popen[bytes]", seconds: float) -> None:
    """Wait for the end of a job, at most so long, and remove the files that it read."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        (job.folder / LATE).touch()
        end(job)
        process.wait()
    finally:
        shutil.rmtree(job.folder / FILES, ignore_errors=True)


def _age(folder: Path) -> float:
    """Seconds since something was made in the folder; none where it is gone."""
    try:
        return time.time() - folder.stat().st_mtime
    except OSError:
        return 0.0
