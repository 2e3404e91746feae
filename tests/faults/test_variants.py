"""Whatever is done to a file: its rows are accounted for, or it is refused with cause and mend.

``DASHBOARD_TEST_VARIANTS`` sets the number of broken files; 57 unless it is set.
"""

from collections import Counter
from pathlib import Path

import pytest

from dashboard.contract import TABLES
from tests.faults.harness import rounds
from tests.faults.trial import Ground
from tests.faults.variants import variant

VARIANTS = rounds("VARIANTS", 57)


@pytest.mark.parametrize("turn", range(len(TABLES)), ids=list(TABLES))
def test_nothing_is_lost_of_a_broken_file(tmp_path: Path, turn: int) -> None:
    ground, kinds, failed = Ground(tmp_path), Counter[str](), dict[int, list[str]]()
    for seed in range(turn, VARIANTS, len(TABLES)):
        outcome = ground.outcome(variant(seed))
        kinds[f"{outcome.kind}, {outcome.closely}".strip(", ")] += 1
        if outcome.findings:
            failed[seed] = outcome.findings
    print(dict(kinds))
    assert failed == {}
