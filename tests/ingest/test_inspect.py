"""What is said of a file before it is loaded, and that the load then does just that."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dashboard.cli import commands
from dashboard.ingest import distinct
from tests.ingest.loading import contents, rows

ORDERS = """客服工单
工单号,项目,类型,来源,创建时间,完成时间,备注
1,翠湖,报修,电话,03/01/2025 10:00,03/01/2025 19:00,
2,翠湖,吵架,短信,04/01/2025 10:00,04/01/2025 19:00,急
3,锦绣,吵架,,05/01/2025 10:00,,
4,锦绣,投诉,微信,06/01/2025 10:00,,
"""
MOSTLY_KNOWN = ORDERS + "".join(f"{n},翠湖,报修,电话,03/01/2025 10:00,,\n" for n in range(5, 20))


def ask(command: str, file: Path, store: Path, *options: str) -> dict[str, Any]:
    arguments = [command, str(file), "--json", "--store", str(store), *options]
    done = CliRunner().invoke(commands, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    file = tmp_path / "orders.csv"
    file.write_bytes(ORDERS.encode("gb18030"))
    return file


def field(found: dict[str, Any], column: str) -> dict[str, Any]:
    (only,) = (each for each in found["fields"] if each["column"] == column)
    return dict(only)


class TestInspect:
    def test_how_it_is_written_and_what_it_says(self, orders: Path, store: Path) -> None:
        found = ask("inspect", orders, store)
        assert found["form"]["encoding"] == "GB18030"
        assert (found["form"]["delimiter"], found["form"]["above"]) == (",", 1)
        assert found["rows"][1] == ORDERS.splitlines()[3].split(",")
        assert (found["table"], found["known"]) == ("service_record", None)
        assert (found["lacking"], found["unmapped"]) == (["kind"], ["类型", "来源", "备注"])
        assert not store.exists()

    def test_what_a_column_is_taken_from(self, orders: Path, store: Path) -> None:
        found = ask("inspect", orders, store)
        project = field(found, "project_id")
        assert (project["source"], project["required"], project["key"]) == ("项目", True, False)
        assert project["confidence"] > 0.9
        assert project["samples"][0] == "翠湖"
        assert field(found, "record_id")["key"]
        assert field(found, "status")["required"] is False  # it is derived
        assert field(found, "cost")["source"] is None

    def test_codes_that_are_not_understood_come_first(self, orders: Path, store: Path) -> None:
        found = ask("inspect", orders, store, "--table", "service_record")
        assert field(found, "kind")["suggested"] == "类型"
        mapped = {"table": "service_record", "columns": found["mapping"]["columns"]}
        channel = {"from": "来源", "values": {"电话": "phone", "微信": "wechat"}, "else": "other"}
        mapped["columns"] |= {"kind": "类型", "channel": channel}
        mapping = orders.with_name("mine.json")
        mapping.write_text(json.dumps(mapped), encoding="utf-8")
        found = ask("inspect", orders, store, "--mapping", str(mapping))
        values = [
            (each["text"], each["rows"], each["code"]) for each in field(found, "kind")["values"]
        ]
        assert values == [("吵架", 2, None), ("投诉", 1, "complaint"), ("报修", 1, "repair")]
        codes = {each["text"]: each["code"] for each in field(found, "channel")["values"]}
        assert codes == {None: None, "电话": "phone", "短信": "other", "微信": "wechat"}
        assert found["words"]["kind"]["投诉建议"] == "complaint"

    def test_day_and_month_that_could_change_places(self, orders: Path, store: Path) -> None:
        found = ask("inspect", orders, store)
        times = {each["name"]: each["times"] for each in found["columns"]}
        assert times["创建时间"]["ambiguous"]
        assert times["创建时间"]["day_first"] == ["%d/%m/%Y %H:%M"]
        assert times["创建时间"]["month_first"] == ["%m/%d/%Y %H:%M"]
        assert times["工单号"] is None
        assert not found["confident"]

    def test_values_of_every_column_where_they_are_few(self, orders: Path, store: Path) -> None:
        columns = {each["name"]: each for each in ask("inspect", orders, store)["columns"]}
        assert columns["类型"]["values"][0] == {"text": "吵架", "rows": 2, "code": None}
        assert columns["备注"]["samples"] == ["急"]

    def test_a_long_file_is_counted_in_part(
        self, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(distinct, "COUNTED_ROWS", 5_000)
        file = tmp_path / "long.csv"
        lines = (f"{n},P{n % 3},repair,2025-01-01" for n in range(12_000))
        file.write_text("\n".join(["record_id,project_id,kind,created_at", *lines]))
        found = ask("inspect", file, store)
        assert found["counted"] == {"rows": 5_000, "all": False}
        by_name = {each["name"]: each["values"] for each in found["columns"]}
        assert by_name["record_id"] is None
        assert len(by_name["project_id"]) == 3

    def test_saved_and_shipped_mappings_are_listed(self, orders: Path, store: Path) -> None:
        orders.write_text(MOSTLY_KNOWN, encoding="utf-8")
        mapping = ask("inspect", orders, store)["mapping"]
        chosen = orders.with_name("chosen.json")
        chosen.write_text(json.dumps(mapping), encoding="utf-8")
        ask("load", orders, store, "--mapping", str(chosen), "--save", "客服")
        found = ask("inspect", orders, store)
        assert found["known"] == "客服"
        listed = {each["name"]: each for each in found["mappings"]}
        assert listed["客服"]["saved"]
        assert not listed["chinese_work_orders"]["saved"]
        assert listed["chinese_work_orders"]["title"].startswith("工单导出")

    def test_for_people(self, orders: Path, store: Path) -> None:
        command = ["inspect", str(orders), "--store", str(store), "--table", "service_record"]
        told = CliRunner().invoke(commands, command, catch_exceptions=False).output
        assert "GB18030" in told
        assert "project_id <- 项目 (95%): 翠湖" in told
        assert "columns not mapped: 类型, 来源, 备注" in told


class TestTrial:
    def test_a_dry_run_shows_what_a_load_stores(self, orders: Path, store: Path) -> None:
        mapping = orders.with_name("mine.json")
        columns = {
            **{"record_id": "工单号", "project_id": "项目"},
            "kind": {"from": "类型", "values": {"吵架": "complaint"}},
            "created_at": {"from": "创建时间", "formats": ["%d/%m/%Y %H:%M"]},
            "resolved_at": {"from": "完成时间", "formats": ["%m/%d/%Y %H:%M"]},
        }
        text = json.dumps({"table": "service_record", "columns": columns})
        mapping.write_text(text, encoding="utf-8")
        options = ["--mapping", str(mapping), "--name", "三月.csv"]
        tried = ask("load", orders, store, "--dry-run", *options)
        assert (tried["inserted"], tried["refused"], tried["file"]) == (4, 0, "三月.csv")
        assert not contents(store)
        done = ask("load", orders, store, *options)
        assert done["trial"] is None
        names = ", ".join(f"{each}::varchar" for each in tried["trial"]["columns"])
        stored = rows(store, f"select {names} from service_record order by record_id")  # noqa: S608
        shown = [
            tuple(json.dumps(each) if isinstance(each, bool) else each for each in row)
            for row in tried["trial"]["rows"]
        ]
        assert shown == stored
        assert rows(store, "select file_name from load_log") == [("三月.csv",)]

    def test_refused_rows_are_shown_by_column_and_rule(self, tmp_path: Path, store: Path) -> None:
        file = tmp_path / "bad.csv"
        file.write_text(
            "record_id,project_id,kind,created_at\n"
            "1,A,吵架,2025-01-01\n2,A,repair,昨天\n3,A,吵架,2025-01-01\n4,A,吵架,2025-01-01\n"
            "5,A,吵架,2025-01-01\n6,A,repair,\n7,A,repair\n",
            encoding="utf-8",
        )
        tried = ask("load", file, store, "--table", "service_record", "--dry-run")
        examples = tried["trial"]["examples"]
        assert examples.keys() == tried["refusals"].keys()
        assert [each["line"] for each in examples["kind: unknown_code"]] == [2, 4, 5]
        assert examples["kind: unknown_code"][0]["value"] == "吵架"
        assert examples["kind: unknown_code"][0]["text"] == "1,A,吵架,2025-01-01"
        assert examples["created_at: missing"][0]["value"] is None
        assert examples["row: unreadable"][0]["line"] == 8
