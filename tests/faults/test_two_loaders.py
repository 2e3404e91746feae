"""Two loads at once: one waits for the other, and both are there afterwards.

``DASHBOARD_TEST_PAIRS`` sets the number of pairs; 2 unless it is set.
"""

import random
import time
from pathlib import Path

from tests.faults.harness import Load, acknowledged, intact, reader, rounds, served, source

PAIRS = rounds("PAIRS", 2)


def test_two_loads_at_once(tmp_path: Path) -> None:
    store, overlaps, killed = tmp_path / "store", random.Random(17), 0
    files = {stream: tmp_path / f"{stream}.csv" for stream in "AB"}
    for stream, file in files.items():
        started = time.monotonic()
        acknowledged(source(file, stream, 0), store)
        seconds = time.monotonic() - started
    with reader(store):
        for round_ in range(1, PAIRS + 1):
            one, other = overlaps.sample(sorted(files), 2)
            first = Load(source(files[one], one, round_), store)
            time.sleep(overlaps.uniform(0, seconds))
            second = Load(source(files[other], other, round_), store)
            if overlaps.random() < 0.3:
                time.sleep(overlaps.uniform(0.2, 1.2) * seconds)
                first.kill()
            ended = first.wait()
            killed += ended.code < 0
            assert ended.result is not None or ended.code < 0, ended
            assert (told := second.wait()).result is not None, told
            held = served(store)
            assert held[other] == round_
            assert held[one] == round_ or (ended.result is None and held[one] == round_ - 1)
            if ended.result is None:
                acknowledged(files[one], store)
            assert served(store) == {one: round_, other: round_}
            assert intact(store)
    print(f"{killed} of {PAIRS} first loads were killed")
