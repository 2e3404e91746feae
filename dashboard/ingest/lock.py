"""One writer at a time: the lock of a store, and who holds it.

The lock is the operating system's, so it ends with its process. Who holds it stands in a file
beside it, which is believed only while the lock is held and its process lives.
"""

import getpass
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from dashboard.errors import StoreError

LOCK = "load.lock"
OWNER = "load.lock.owner"

WAIT_SECONDS = 600.0
"""How long a writer waits for another one, unless it says otherwise."""

_TELLING_SECONDS = 0.5
"""A holder writes its name within this time after it has taken the lock."""


@dataclass(frozen=True)
class Holder:
    """Who holds the lock of a store: the account, its process, since when and for what."""

    who: str
    host: str
    pid: int
    since: datetime
    doing: str

    @property
    def age(self) -> timedelta:
        """How long the lock has been held."""
        return datetime.now(UTC) - self.since

    def __str__(self) -> str:
        since, age = self.since.astimezone(), timedelta(seconds=round(self.age.total_seconds()))
        place = f"process {self.pid} on {self.host}"
        return f"{self.who} ({self.doing}; {place}; since {since:%Y-%m-%d %H:%M:%S}, for {age})"


@dataclass(frozen=True)
class Claim:
    """Who wants to write to a store, for what, and how long they wait for another writer.

    ``waiting`` is called once when there is one: with its holder, ``None`` where it is unknown.
    """

    doing: str = "load"
    who: str = field(default_factory=getpass.getuser)
    wait: float = WAIT_SECONDS
    waiting: Callable[[Holder | None], None] | None = None


@contextmanager
def held(folder: Path, claim: Claim) -> Iterator[None]:
    """The lock of the store in ``folder``, which must exist.

    Raises StoreError, naming the holder, where another writer does not end in time.
    """
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        _wait(lock, folder, claim)
    owner = folder / OWNER
    try:
        me = Holder(claim.who, socket.gethostname(), os.getpid(), datetime.now(UTC), claim.doing)
        owner.write_text(json.dumps(asdict(me), default=datetime.isoformat), encoding="utf-8")
        yield
    finally:
        owner.unlink(missing_ok=True)
        lock.release()


def is_held(folder: Path) -> bool:
    """Whether somebody holds the lock; nothing is made or changed.

    Raises OSError where the lock may not be tried.
    """
    if not (folder / LOCK).exists():
        return False
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def holder(folder: Path) -> Holder | None:
    """Who says that they hold the lock, ``None`` where nobody does or their process has ended."""
    try:
        told = json.loads((folder / OWNER).read_text(encoding="utf-8"))
        found = Holder(**told | {"since": datetime.fromisoformat(told["since"])})
        return found if _lives(found) else None
    except (OSError, ValueError, TypeError, KeyError, OverflowError):
        return None


def _wait(lock: FileLock, folder: Path, claim: Claim) -> None:
    if claim.waiting and claim.wait:
        claim.waiting(_told(folder))
    try:
        lock.acquire(timeout=claim.wait)
    except Timeout as error:
        raise _taken(folder) from error


def _taken(folder: Path) -> StoreError:
    found = _told(folder)
    return StoreError(
        "{holder} is writing to the store in {folder}."
        if found
        else "Another process is writing to the store in {folder}.",
        "Wait for it to end and try again, or wait longer with --wait SECONDS.",
        holder=found,
        folder=folder,
    )


def _told(folder: Path) -> Holder | None:
    """The holder of a lock that is taken; it may be about to write its name."""
    end = time.monotonic() + _TELLING_SECONDS
    while not (found := holder(folder)) and time.monotonic() < end:
        time.sleep(_TELLING_SECONDS / 10)
    return found


def _lives(found: Holder) -> bool:
    """Whether the process still runs; that of another machine is believed to."""
    if found.host != socket.gethostname():
        return True
    try:
        os.kill(found.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # another user's
    return True
