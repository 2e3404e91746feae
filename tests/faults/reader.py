"""Reads a published store over and over as the pages do: ``python -m tests.faults.reader STORE``.

Ends when a line comes in, and prints how often it read, the versions it saw and what it must not
have seen. Two threads share one store, as sessions do; a store that is opened anew stands for a
server that starts.
"""

import json
import select
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dashboard.access import EVERYTHING
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests.faults.harness import whole

_PAUSE = 0.01
_ANEW = 20
_YEAR = Selection(date(2024, 1, 1), date(2024, 12, 31))


@dataclass
class Seen:
    """What one thread saw: how often it read, the versions in turn, and the problems."""

    rows: int
    polls: int = 0
    versions: list[int] = field(default_factory=list)
    rounds: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def look(self, store: Store) -> None:
        """Read once."""
        before = store.info().version
        found = store.run("findings_cells", EVERYTHING, _YEAR)
        held = whole(dict(found.groupby("category")["count"].sum()), self.rows)
        if self.versions and before < self.versions[-1]:
            self.problems.append(f"version {before} after {self.versions[-1]}")
        for stream, round_ in self.rounds.items():
            if held.get(stream, -1) < round_:
                self.problems.append(f"{stream} is of {held.get(stream)} after {round_}")
        if [before] != self.versions[-1:]:
            self.versions.append(before)
        self.rounds = held
        self.polls += 1


def watch(seen: Seen, folder: Path, shared: Store, ended: threading.Event) -> None:
    """Read until the end."""
    while not ended.is_set():
        anew = seen.polls % _ANEW == 0
        try:
            seen.look(Store(Settings(store=folder, threads=1)) if anew else shared)
        except Exception as error:  # noqa: BLE001 - no read may fail in any way
            seen.problems.append(repr(error))
        time.sleep(_PAUSE)


def main() -> None:
    """Read the store until a line comes in."""
    folder, rows = Path(sys.argv[1]), int(sys.argv[2])
    shared, ended = Store(Settings(store=folder, threads=1)), threading.Event()
    seen = [Seen(rows), Seen(rows)]
    threads = [threading.Thread(target=watch, args=(s, folder, shared, ended)) for s in seen]
    for thread in threads:
        thread.start()
    select.select([sys.stdin], [], [])
    ended.set()
    for thread in threads:
        thread.join()
    told = {
        "polls": sum(each.polls for each in seen),
        "versions": len(set().union(*(each.versions for each in seen))),
        "problems": [problem for each in seen for problem in each.problems][:20],
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
