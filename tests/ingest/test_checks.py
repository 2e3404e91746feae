"""Every invariant finds what it is there to find, and a build that breaks one is not published."""

from pathlib import Path

import pytest

from dashboard import sqlfile
from dashboard.codes import CODES
from dashboard.contract import TABLES
from dashboard.errors import StoreError
from dashboard.ingest.apply import wall_clock
from dashboard.ingest.build import Build, building
from dashboard.settings import Settings
from tests.ingest.loading import contents, load

ROW = "record_id, project_id, kind, created_at, status"

BREACHES = {
    "keys_unique": "insert into store.project (project_id, project_name)"
    " values ('P', 'a'), ('P', 'b')",
    "codes_known": f"insert into store.service_record ({ROW}) values"  # noqa: S608
    " ('R', 'P1', 'x', '2024-01-01', 'open')",
    "scores_in_range": "insert into store.survey (survey_id, project_id, responded_at, csat)"
    " values ('V', 'P1', '2024-01-01', 9)",
    "times_in_order": f"insert into store.service_record ({ROW}, closed_at) values"  # noqa: S608
    " ('R', 'P1', 'visit', '2024-01-02', 'closed', '2024-01-01')",
    "status_follows_times": f"insert into store.service_record ({ROW}) values"  # noqa: S608
    " ('R', 'P1', 'visit', '2024-01-02', 'closed')",
    "answers_have_a_time": "insert into store.survey (survey_id, project_id, csat)"
    " values ('V', 'P1', 3)",
    "dimensions_present": "insert into store.event values ('E', 'P77', 'x', '2024-01-01', 1, 1)",
    "private_belongs": "insert into private.customer_private values ('C', '张三', null)",
    "refused_rows_held": "insert into store.refused_row"
    " values ('L', 2, 'project', [], 'open', null, null, null, null)",
    "loads_add_up": "insert into store.load_log"
    " values ('L', now(), 'w', 'f', 's', 't', 'm', 3, 1, 1, 0, 0, 1.0, [], null)",
}


@pytest.mark.parametrize("name", sorted(BREACHES))
def test_a_breach_is_not_published(store: Path, name: str) -> None:
    load(store, "project_id,project_name\nP1,x\n", "project")
    before = contents(store)
    settings = Settings(store=store)

    def broken_build(build: Build) -> None:
        build.open_catalogues()
        build.connection.execute(BREACHES[name])
        build.finish(demo=False, published_at=wall_clock(settings))

    with building(store, settings) as build, pytest.raises(StoreError, match=f"check {name}:"):
        broken_build(build)
    assert contents(store) == before


def test_checks_cover_every_table_and_code() -> None:
    checks = sqlfile.folder("check")
    # finish writes the one description itself: no breach of it can be made
    assert set(checks) == {*BREACHES, "one_description"}
    for table in TABLES:
        assert f"from {table} " in checks["keys_unique"].text
    record = TABLES["service_record"]
    for code_set in {*record.codes.values(), "dimension"}:
        for code in CODES[code_set]:
            if code_set not in ("remedy", "handled_by"):
                assert f"'{code}'" in checks["codes_known"].text
    assert all(check.header.get("purpose") for check in checks.values())
