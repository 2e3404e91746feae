"""Every page query: what it says of itself, what it may read, and that it runs for everybody."""

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard import sqlfile
from dashboard.access import EVERYTHING, NOTHING, Scope
from dashboard.selection import Selection
from dashboard.settings import ROOT, Settings
from dashboard.sqlfile import SqlFile
from dashboard.store import Store

PAGES = sqlfile.folder("page")
SCOPE_MACRO = re.compile(r"create or replace macro (\w+)\([^)]*\)\s+as table", re.IGNORECASE)
MACROS = {
    name for file in sqlfile.folder("scope").values() for name in SCOPE_MACRO.findall(file.text)
}
PERIODS = [
    Selection(date(2024, 1, 1), date(2025, 6, 30)),
    Selection(date(2024, 2, 29), date(2024, 2, 29), kinds=("complaint",), regions=("华东",)),
]
SCOPES = [EVERYTHING, Scope(frozenset({"P001", "'; drop", "*", "%"})), NOTHING]
VALUES: dict[str, Any] = {
    "by": "month",
    "metric": "csat",
    "part": "counted",
    "limit": 3,
    "unit": "week",
}
SUMMARIES = [name for name, file in PAGES.items() if file.header.get("grain") == "one row"]
"""Queries that count or date nothing where there is nothing."""


def declared(file: SqlFile) -> set[str]:
    return {part.strip().rstrip("?") for part in file.header["parameters"].split(",")} - {"none"}


def run(store: Store, name: str, scope: Scope, selection: Selection) -> Any:
    file = PAGES[name]
    own = {each: VALUES.get(each) for each in file.parameters - {"scope", "selection"}}
    return store.run(name, scope, selection if "selection" in file.parameters else None, **own)


def forbidden_sources(sql: str) -> list[str]:
    """What a query reads besides scope macros, its own CTEs and lists unnested."""
    with duckdb.connect() as connection:
        found = connection.execute("select json_serialize_sql($sql::varchar)", {"sql": sql})
        tree = json.loads(found.fetchone()[0])  # type: ignore[index]
    if tree["error"]:
        return [tree["error_message"]]
    nodes = list(_nodes(tree))
    own = {entry["key"] for node in nodes for entry in node.get("cte_map", {}).get("map", [])}
    tables = [
        ".".join(filter(None, (node["catalog_name"], node["schema_name"], node["table_name"])))
        for node in nodes
        if node.get("type") == "BASE_TABLE"
    ]
    functions = [
        node["function"]["function_name"] for node in nodes if node.get("type") == "TABLE_FUNCTION"
    ]
    return [name for name in tables if name not in own] + [
        name for name in functions if name not in MACROS | {"unnest"}
    ]


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
        tree = list(tree.values())
    if isinstance(tree, list):
        for each in tree:
            yield from _nodes(each)


def assembled_sql(source: str) -> list[int]:
    """Lines on which a module puts together a text that reads like SQL, or executes one."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        executes = (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("execute", "executemany", "sql", "query")
            and node.args
            and not isinstance(node.args[0], ast.Constant | ast.Attribute | ast.Name)
        )
        if executes or (_is_assembled(node) and _reads_like_sql(node)):
            lines.append(node.lineno)  # type: ignore[attr-defined]
    return lines


def _is_assembled(node: ast.AST) -> bool:
    formats = (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("format", "join", "replace")
    )
    sums = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod)
    return formats or sums or isinstance(node, ast.JoinedStr)


def _reads_like_sql(node: ast.AST) -> bool:
    texts = " ".join(
        each.value
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    )
    return bool(
        re.search(r"\b(select\b.*\bfrom|insert into|where \w+ =|from store\.)", texts, re.I)
    )


@pytest.mark.parametrize("name", PAGES)
class TestEveryQuery:
    def test_header_is_complete(self, name: str) -> None:
        file = PAGES[name]
        assert all(file.header.get(key) for key in ("purpose", "grain", "parameters", "columns"))
        assert declared(file) == file.parameters

    def test_reads_only_what_a_scope_gives(self, name: str) -> None:
        assert forbidden_sources(PAGES[name].text) == []
        assert "scope" in PAGES[name].parameters

    @pytest.mark.parametrize("selection", PERIODS)
    def test_runs_on_an_empty_store(
        self, empty_store: Path, name: str, selection: Selection
    ) -> None:
        store = Store(Settings(store=empty_store))
        for scope in SCOPES:
            rows = run(store, name, scope, selection)
            assert tuple(rows.columns) == PAGES[name].columns
            assert len(rows) == 0 or name in SUMMARIES

    @pytest.mark.parametrize("selection", PERIODS)
    def test_runs_for_every_scope(
        self, golden_store: Path, name: str, selection: Selection
    ) -> None:
        store = Store(Settings(store=golden_store))
        for scope in SCOPES:
            rows = run(store, name, scope, selection)
            assert tuple(rows.columns) == PAGES[name].columns
            if "project_id" in rows and not scope.everything:
                assert set(rows["project_id"]) <= scope.projects

    def test_nobody_sees_a_row(self, golden_store: Path, name: str) -> None:
        rows = run(Store(Settings(store=golden_store)), name, NOTHING, PERIODS[0])
        if name in SUMMARIES:
            assert (rows.isna() | rows.eq(0)).all(axis=None)
        else:
            assert rows.empty


class TestLintOfSources:
    @pytest.mark.parametrize(
        ("sql", "found"),
        [
            ("select * from store.service_record", ["store.service_record"]),
            ("select * from service_record", ["service_record"]),
            ("select * from read_csv('/etc/passwd')", ["read_csv"]),
            ("select * from '/etc/passwd'", ["/etc/passwd"]),
            ("select (select count(*) from store.survey) as n", ["store.survey"]),
            (
                "with r as (select * from store.survey) select * from r "
                "join project_in($scope) as p on p.project_id = r.project_id",
                ["store.survey"],
            ),
            (
                "select * from project_in($scope) where project_id in (from store.customer)",
                ["store.customer"],
            ),
            ("select * from duckdb_settings()", ["duckdb_settings"]),
            ("with r as (select * from project_in($scope)) select * from r", []),
        ],
    )
    def test_planted_source_is_found(self, sql: str, found: list[str]) -> None:
        assert forbidden_sources(sql) == found

    def test_anything_but_a_select_is_refused(self) -> None:
        assert forbidden_sources("drop table x") != []
        assert forbidden_sources("select 1; copy x to 'y'") != []


class TestNoSqlIsAssembled:
    @pytest.mark.parametrize(
        "path",
        [
            path
            for path in sorted((ROOT / "dashboard").rglob("*.py"))
            if "ingest" not in path.parts  # builds its own file, away from readers
        ],
        ids=lambda path: str(path.relative_to(ROOT)),
    )
    def test_module(self, path: Path) -> None:
        assert assembled_sql(path.read_text(encoding="utf-8")) == []

    @pytest.mark.parametrize(
        "source",
        [
            "connection.execute(f'select {x}')",
            "connection.execute('select ' + x)",
            "connection.sql(build(x))",
            "text = f'select * from {table}'",
            "text = 'select * from ' + table",
            "text = 'select * from {}'.format(table)",
            "text = 'select * from %s' % table",
        ],
    )
    def test_planted_assembly_is_found(self, source: str) -> None:
        assert assembled_sql(source)

    def test_bound_text_passes(self) -> None:
        assert assembled_sql("cursor.execute(file.text, bound)\nx = f'from {a} to {b}'") == []
