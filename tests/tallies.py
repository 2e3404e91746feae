"""Drill queries that count what they list, for all their metrics and parts at once.

Planning a query takes far longer than running it on a small portfolio. So each drill file gets a
query beside it in a copy of ``queries``: the drill itself, joined with a list of metrics and parts.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dashboard import sqlfile
from dashboard.metrics import Population
from dashboard.settings import QUERIES

KEYS = {
    Population.RECORD: "record_id",
    Population.COMPLAINT: "record_id",
    Population.SURVEY: "survey_id",
    Population.SENT: "survey_id",
    Population.GAP: "survey_id",
    Population.PERCEIVED: "survey_id",
    Population.CUSTOMER: "customer_id",
    Population.TRAINING: "training_id",
    Population.TRAINEE: "staff_id",
    Population.INSPECTION: "inspection_id",
}
"""What a listed row is one of."""


@contextmanager
def with_tallies(folder: Path) -> Iterator[Path]:
    """Serve a copy of ``queries`` in ``folder`` that has a tally query beside each drill query."""
    shutil.copytree(QUERIES, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlfile, "QUERIES", folder)
        yield folder
    sqlfile.folder.cache_clear()


def write_tallies(folder: Path) -> None:
    """Make the tally queries of the drill queries as they are in ``folder`` now."""
    for population, key in KEYS.items():
        drill = (folder / "page" / f"{population}_drill.sql").read_text(encoding="utf-8")
        listing, paging = re.split(r"(?=^limit \$limit$)", drill, flags=re.MULTILINE)
        assert paging.split() == ["limit", "$limit", "offset", "$offset"]
        listing = listing.replace("$metric", "asked.pair.metric")
        listing = listing.replace("$part", "asked.pair.part")
        (folder / "page" / f"{population}_tally.sql").write_text(
            "select asked.pair.metric as metric, asked.pair.part as part, count(*) as listed,\n"
            f"count(distinct listing.{key}) as distinct_keys\n"
            "from (select unnest($asked) as pair) as asked\n"
            f"cross join lateral (\n{listing}) as listing\n"
            "group by all\n",
            encoding="utf-8",
        )
    sqlfile.folder.cache_clear()
