"""From what was found of a file, and a reader's choices, to a mapping that does just that."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard.ingest.inspect import inspect
from dashboard.ingest.load import load_file
from dashboard.ingest.mapping import load_mapping
from dashboard.ingest.mapping_text import save_mapping
from dashboard.ingest.result import LoadResult
from dashboard.settings import Settings
from dashboard.ui.mapping_draft import (
    AS_SAID,
    CONSTANT,
    NOTHING,
    Chosen,
    Proposed,
    from_column,
    joined,
    parted,
)

ORDERS = """工单号,项目,类型,来源,创建时间,完成时间,备注
1,翠湖,报修,电话,03/01/2025 10:00,03/01/2025 19:00,
2,翠湖,吵架,短信,04/01/2025 10:00,04/01/2025 19:00,急
3,锦绣,吵架,-,05/01/2025 10:00,,
4,锦绣,投诉,微信,06/01/2025 10:00,,
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=tmp_path / "store")


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS, encoding="utf-8")
    return file


@pytest.fixture
def proposed(orders: Path, settings: Settings) -> Proposed:
    return Proposed(look(orders, settings))


def look(file: Path, settings: Settings, mapping: str | None = None) -> dict[str, Any]:
    found = inspect(
        file, table=None, mapping=mapping, sheet=None, settings=settings, progress=lambda *_: None
    )
    told: dict[str, Any] = json.loads(json.dumps(found))
    return told


def chosen(proposed: Proposed, **changes: Chosen) -> dict[str, Chosen]:
    return {name: proposed.chosen(name) for name in proposed.fields} | changes


def tried(file: Path, content: dict[str, Any], settings: Settings) -> LoadResult:
    mapping = file.with_name("mine.json")
    mapping.write_text(json.dumps(content), encoding="utf-8")
    return load_file(
        file, table=None, mapping=str(mapping), settings=settings, who="tests", dry_run=True
    )


def rows(result: LoadResult, *columns: str) -> list[tuple[str | None, ...]]:
    assert result.trial
    places = [result.trial.columns.index(column) for column in columns]
    return [tuple(row[place] for place in places) for row in result.trial.rows]


def test_a_lacking_column_starts_with_the_one_that_bears_its_name(proposed: Proposed) -> None:
    assert proposed.found["lacking"] == ["kind"]
    assert proposed.origin("kind") == from_column("类型")
    assert proposed.origin("channel") == NOTHING  # it is not needed
    meant = proposed.meanings("kind", from_column("类型"))
    assert meant
    assert [(each.text, each.rows, each.code) for each in meant] == [
        ("吵架", 2, None),
        ("报修", 1, "repair"),
        ("投诉", 1, "complaint"),
    ]


def test_values_are_translated_one_by_one(
    orders: Path, settings: Settings, proposed: Proposed
) -> None:
    kind = proposed.chosen("kind")
    choices = chosen(
        proposed,
        kind=replace(kind, meanings={**kind.meanings, "吵架": "complaint"}),
        created_at=replace(proposed.chosen("created_at"), first="%d"),
        resolved_at=replace(proposed.chosen("resolved_at"), first="%d"),
    )
    assert proposed.not_understood(chosen(proposed)) == {"kind": 1}
    assert proposed.not_understood(choices) == {}
    result = tried(orders, proposed.content(choices), settings)
    assert result.refused == 0
    assert rows(result, "record_id", "kind", "created_at")[1:3] == [
        ("2", "complaint", "2025-01-04 10:00:00"),
        ("3", "complaint", "2025-01-05 10:00:00"),
    ]


def test_all_others_do_not_swallow_what_is_understood(
    orders: Path, settings: Settings, proposed: Proposed
) -> None:
    choices = chosen(
        proposed,
        kind=replace(proposed.chosen("kind"), rest="visit"),
        channel=Chosen(from_column("来源"), rest="other", blank="phone"),
    )
    result = tried(orders, proposed.content(choices), settings)
    assert [kind for (kind,) in rows(result, "kind")] == ["repair", "visit", "visit", "complaint"]
    assert [each for (each,) in rows(result, "channel")] == ["phone", "other", "phone", "wechat"]


def test_a_text_that_means_nothing_here_is_blank(proposed: Proposed) -> None:
    meant = proposed.meanings("channel", from_column("来源"))
    assert meant
    assert {each.text for each in meant if each.code is None} == {None, "短信"}


def test_the_order_of_day_and_month_must_be_said(
    orders: Path, settings: Settings, proposed: Proposed
) -> None:
    assert proposed.undecided(chosen(proposed)) == ["created_at", "resolved_at"]
    for first, month in (("%d", "01"), ("%m", "03")):
        times = {
            name: replace(proposed.chosen(name), first=first)
            for name in ("created_at", "resolved_at")
        }
        choices = chosen(proposed, **times, kind=Chosen(CONSTANT, constant="repair"))
        assert proposed.undecided(choices) == []
        result = tried(orders, proposed.content(choices), settings)
        assert rows(result, "created_at")[0][0].startswith(f"2025-{month}")  # type: ignore[union-attr]


def test_what_is_lacking_and_what_is_not_used(proposed: Proposed) -> None:
    choices = chosen(proposed, kind=Chosen(NOTHING), project_id=Chosen(CONSTANT, constant=" "))
    assert proposed.lacking(choices) == ["project_id", "kind"]
    content = proposed.content(chosen(proposed))
    assert proposed.unused(content) == ["来源", "备注"]


def test_a_known_mapping_that_is_left_alone_stays_itself(orders: Path, settings: Settings) -> None:
    content = {
        "table": "service_record",
        "columns": {
            "record_id": {"text": "{项目}-{工单号}"},
            "project_id": "项目",
            "kind": {"from": "类型", "values": {"报修": "repair"}, "else": "complaint"},
            "created_at": {"from": "创建时间", "formats": ["%m/%d/%Y %H:%M"]},
        },
    }
    mapping = orders.with_name("known.json")
    mapping.write_text(json.dumps(content), encoding="utf-8")
    save_mapping(load_mapping(str(mapping)), "known", settings.store)
    proposed = Proposed(look(orders, settings, "known"))
    assert proposed.found["known"] == "known"
    assert proposed.origin("record_id") == AS_SAID
    assert proposed.untouched(chosen(proposed), None)
    assert not proposed.untouched(chosen(proposed), "Asia/Tokyo")
    assert proposed.undecided(chosen(proposed)) == []
    assert proposed.unused(proposed.content(chosen(proposed))) == ["来源", "完成时间", "备注"]
    result = tried(orders, proposed.content(chosen(proposed)), settings)
    assert rows(result, "record_id", "kind")[0] == ("翠湖-1", "repair")
    assert rows(result, "kind")[3] == ("complaint",)
    changed = chosen(proposed, stage=Chosen(CONSTANT, constant="handover"))
    assert not proposed.untouched(changed, None)
    assert rows(tried(orders, proposed.content(changed), settings), "stage")[0] == ("handover",)


def test_formats_are_one_text_and_several() -> None:
    assert parted(joined(("%d/%m/%Y", "serial"))) == ("%d/%m/%Y", "serial")
    assert parted(" %d|%m | ") == ("%d", "%m")
