"""One job on disk: what it is, how far it is, what came of it.

A job is a folder in ``jobs`` of the store, not something in the server's memory, so that a load
goes on and its result is found again after a rerun, in another tab, and by the next server. It runs
as long as its process holds the lock on ``running``, which it inherits: that is true whoever looks,
and no number of a process is ever mistaken for another's.
"""

import fcntl
import json
import logging
import os
import re
import shutil
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboard.i18n import N_
from dashboard.jobs.answer import CommandError, parsed, settled, too_long
from dashboard.jobs.upload import written

log = logging.getLogger(__name__)

_WAS_CANCELLED = N_("It was cancelled; nothing was changed.")
_FORGOTTEN = N_("Nothing is known of this any more.")

FILES, ABOUT, OUT, ERR, RUNNING = "files", "job.json", "out", "err", "running"
LATE = "late"
_CANCELLED = "cancelled"
_PROGRESS = re.compile(rb"(\d{1,3})%\s+(\w+)")
_TAIL = 500
PATIENCE = 3.0
"""Seconds that a process has to clear up after itself when it is ended."""


@dataclass(frozen=True)
class Progress:
    """How far a job is, 0 to 1, and what it is doing."""

    share: float
    doing: str


@dataclass(frozen=True)
class Job:
    """A command that was started.

    kind    what it does, by which it is found again
    about   what its page wants to know when it finds it again
    started_at with its offset
    called  name of one of its files → what a reader calls that file
    """

    folder: Path
    kind: str
    about: Mapping[str, Any]
    started_at: datetime
    process: int
    called: Mapping[str, str] = field(default_factory=dict)

    @property
    def running(self) -> bool:
        """Whether its process still runs."""
        try:
            with (self.folder / RUNNING).open() as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except FileNotFoundError:
            return False
        return False

    def progress(self) -> Progress:
        """The latest progress that it told."""
        told: list[tuple[bytes, bytes]] = []
        with suppress(FileNotFoundError), (self.folder / ERR).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
            told = _PROGRESS.findall(file.read())
        if not told:
            return Progress(0.0, "starting")
        share, doing = told[-1]
        return Progress(min(int(share), 100) / 100, doing.decode())

    def outcome(self) -> Any:
        """What it answered. Raises CommandError where it refused, was cancelled, took too long or
        failed; it must have ended."""
        try:
            told = (self.folder / ERR).read_bytes()
            answer = parsed((self.folder / OUT).read_bytes()) or parsed(told)
        except OSError as error:
            raise CommandError(_FORGOTTEN) from error
        if answer is None and (self.folder / LATE).exists():
            raise too_long()
        if answer is None and (self.folder / _CANCELLED).exists():
            raise CommandError(_WAS_CANCELLED)
        if answer is None:
            log.error("%s failed: %s", self.kind, told.decode(errors="replace"))
        return settled(answer, self._named)

    def cancel(self) -> None:
        """End it. A load that is not published leaves nothing behind."""
        with suppress(FileNotFoundError):
            (self.folder / _CANCELLED).touch()
        end(self)

    def forget(self) -> None:
        """Remove all that is on disk of it, once it has ended."""
        if not self.running:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _named(self, text: str) -> str:
        for alias, name in self.called.items():
            text = text.replace(str(self.folder / FILES / alias), name).replace(alias, name)
        return text


def keep(job: Job) -> None:
    """Write down what a job is; from then on it is found."""
    told = {
        "kind": job.kind,
        "about": job.about,
        "started_at": job.started_at.isoformat(),
        "process": job.process,
        "called": job.called,
    }
    draft = job.folder / f"{ABOUT}.tmp"
    with written(draft) as file:
        file.write(json.dumps(told, ensure_ascii=False).encode())
    draft.replace(job.folder / ABOUT)


def read(folder: Path) -> Job | None:
    """The job of a folder; None where it is not one (yet, or any more)."""
    try:
        told = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        moment = datetime.fromisoformat(told["started_at"])
        return Job(folder, told["kind"], told["about"], moment, told["process"], told["called"])
    except (OSError, ValueError, KeyError):
        return None


def end(job: Job) -> None:
    """End the process and all that it started: at first so that it can clear up."""
    for number, seconds in ((signal.SIGINT, PATIENCE), (signal.SIGKILL, PATIENCE)):
        until = time.monotonic() + seconds
        if job.running:
            with suppress(ProcessLookupError):
                os.killpg(job.process, number)
        while job.running and time.monotonic() < until:
            time.sleep(0.05)
