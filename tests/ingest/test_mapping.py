"""Mappings: what they can say, and how a wrong one is refused."""

from pathlib import Path

import pytest

from dashboard.errors import LoadError, MappingError
from dashboard.ingest.mapping import load_mapping
from dashboard.settings import MAPPINGS
from tests.ingest.loading import load, rows

GOOD = """
title = "A help desk"
table = "service_record"
null = ["N/A", "-"]

[columns]
record_id = "Ticket No"
project_id = { from = "site", blank = "unknown" }
staff_id = "owner"
category = "owner"
kind = { from = "subject", values = { "Angry Mail" = "complaint", "?" = "" }, else = "repair" }
created_at = { from = "opened", formats = ["%d.%m.%Y %H:%M", "%d.%m.%Y"] }
stage = { constant = "after_sales" }
channel = { from = "subject", values = { "angry mail" = "E-mail" } , else = "other", blank = "web" }
"""

SOURCE = """Ticket No ,SITE,owner,Subject,opened,left over
1,North,ann,Angry mail,13.02.2024 09:05,x
2,n/a,-,Lamp,1.2.2024,x
3, ,bob,?,1.2.2024,x
4,N,bob,Lamp,2024-02-01,x
"""


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    file = tmp_path / "desk.toml"
    file.write_text(GOOD, encoding="utf-8")
    return file


def test_mapping_applies(store: Path, mapping: Path) -> None:
    result = load(store, SOURCE, "service_record", mapping=str(mapping))
    assert (result.inserted, result.refused, result.unmapped) == (2, 2, ("left over",))
    assert result.refusals == {"kind: missing": 1, "created_at: unreadable": 1}
    columns = "record_id, project_id, staff_id, category, kind, channel, stage, created_at::varchar"
    assert rows(store, f"select {columns} from service_record order by 1") == [  # noqa: S608
        ("1", "North", "ann", "ann", "complaint", "email", "after_sales", "2024-02-13 09:05:00"),
        ("2", "unknown", None, None, "repair", "other", "after_sales", "2024-02-01 00:00:00"),
    ]
    assert rows(store, "select mapping from load_log") == [("desk",)]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('table = "service_record"', 'table = "records"', "table"),
        ('table = "service_record"', "", "table"),
        ('null = ["N/A", "-"]', 'null = "N/A"', "null"),
        ('null = ["N/A", "-"]', 'nil = ["N/A"]', "nil"),
        ('title = "A help desk"', "title = 3", "title"),
        ('staff_id = "owner"', 'staff = "owner"', "columns.staff"),
        ('staff_id = "owner"', "staff_id = 3", "columns.staff_id"),
        ('staff_id = "owner"', 'staff_id = " "', "columns.staff_id"),
        ('{ constant = "after_sales" }', '{ constant = "x", from = "y" }', "columns.stage"),
        ('{ constant = "after_sales" }', "{ constant = 1 }", "columns.stage.constant"),
        ('{ constant = "after_sales" }', "{ }", "columns.stage"),
        ('blank = "unknown"', 'empty = "unknown"', "columns.project_id.empty"),
        ('blank = "unknown"', 'else = "unknown"', "columns.project_id.else"),
        ('blank = "unknown"', 'formats = ["%Y"]', "columns.project_id.formats"),
        ('"%d.%m.%Y"]', '"%d.%m.%Y %z"]', "columns.created_at.formats"),
        ('"?" = ""', '"?" = 1', "columns.kind.values.?"),
        ('values = { "angry mail" = "E-mail" }', 'values = ["x"]', "columns.channel.values"),
        ("[columns]", "[cells]", "cells"),
    ],
)
def test_a_wrong_mapping_names_file_and_key(mapping: Path, old: str, new: str, key: str) -> None:
    assert old in GOOD
    mapping.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(MappingError) as raised:
        load_mapping(str(mapping))
    assert raised.value.message.startswith(f"Mapping desk.toml, {key}: ")
    assert raised.value.hint


def test_broken_and_missing_mappings(mapping: Path) -> None:
    mapping.write_text("table = ", encoding="utf-8")
    with pytest.raises(MappingError, match=r"desk\.toml cannot be read: Invalid value"):
        load_mapping(str(mapping))
    with pytest.raises(MappingError, match=r"no mapping 'nowhere'.*boston_311"):
        load_mapping("nowhere")


def test_a_source_without_a_mapped_column_is_refused(store: Path, mapping: Path) -> None:
    with pytest.raises(MappingError, match=r"columns\.project_id: the file has no column 'site'"):
        load(store, SOURCE.replace("SITE", "place"), "service_record", mapping=str(mapping))
    with pytest.raises(LoadError, match="is for the table service_record, not survey"):
        load(store, SOURCE, "survey", mapping=str(mapping))


def test_every_mapping_of_the_project_is_valid() -> None:
    names = [file.stem for file in MAPPINGS.glob("*.toml")]
    assert "boston_311" in names
    for name in names:
        assert load_mapping(name).columns


def test_names_match_in_any_case(store: Path) -> None:
    text = " Record_ID,PROJECT_id,Kind,created_AT ,registered\nR1,P1,repair,2024-01-05,1\n"
    result = load(store, text, "service_record")
    assert (result.inserted, result.unmapped) == (1, ("registered",))


def test_the_refusal_without_a_key_names_the_whole_header(store: Path) -> None:
    with pytest.raises(LoadError, match="no column is mapped to record_id") as raised:
        load(store, "ticket,project_id,Kind\n1,P1,repair\n", "service_record")
    assert raised.value.hint.startswith("Columns of the file: ticket, project_id, Kind. Rename ")
