"""kill -9 at any moment of a load: the old store stays whole, and the next load works.

``DASHBOARD_TEST_KILLS`` sets the number of kills; 2 unless it is set.
"""

import random
import time
from pathlib import Path

from tests.faults.harness import (
    ROWS,
    Load,
    acknowledged,
    intact,
    reader,
    rounds,
    served,
    source,
)

KILLS = rounds("KILLS", 2)


def test_kill_at_random_moments(tmp_path: Path) -> None:
    store, file = tmp_path / "store", tmp_path / "records.csv"
    acknowledged(source(file, "A", 0), store)
    moments = random.Random(7)
    current, killed, told, seconds = 0, 0, 0, 0.0
    with reader(store):
        for round_ in range(1, KILLS + 1):
            started = time.monotonic()
            acknowledged(source(file, "A", 2 * round_ - 1), store)
            seconds, current = time.monotonic() - started, 2 * round_ - 1
            load = Load(source(file, "A", 2 * round_), store)
            time.sleep(moments.uniform(0.2, 1.05) * seconds)
            load.kill()
            ended = load.wait()
            killed += ended.code < 0
            told += ended.result is not None
            held = served(store)["A"]
            assert held in (current, 2 * round_)
            assert held == 2 * round_ or ended.result is None, "an acknowledged load is lost"
            if moments.random() < 0.5:
                again = acknowledged(file, store)
                changed = 0 if held == 2 * round_ else ROWS
                assert (again["updated"], again["unchanged"]) == (changed, ROWS - changed)
                assert served(store) == {"A": 2 * round_}
                assert intact(store)
    print(f"{killed} of {KILLS} loads were killed before they ended, {told} had been acknowledged")
