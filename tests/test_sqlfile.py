"""Headers of SQL files, their parameters and columns."""

from pathlib import Path

import pytest

from dashboard import sqlfile
from dashboard.errors import QueryError


def write(folder: Path, text: str) -> sqlfile.SqlFile:
    path = folder / "example.sql"
    path.write_text(text, encoding="utf-8")
    return sqlfile.read(path)


def test_header_parameters_and_columns(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "-- purpose: a text that\n"
        "--   goes on\n"
        "-- grain: one row\n"
        "-- columns: month, n (cases),\n"
        "--   value\n"
        "select $a, $b_2 -- not $c\n"
        "-- purpose: of no header\n",
    )
    assert file.name == "example"
    assert file.header["purpose"] == "a text that goes on"
    assert file.header["grain"] == "one row"
    assert file.columns == ("month", "n", "value")
    assert file.parameters == {"a", "b_2"}


def test_without_a_header(tmp_path: Path) -> None:
    file = write(tmp_path, "select 1\n-- columns: a\n")
    assert file.header == {}
    assert file.columns == ()
    assert file.parameters == frozenset()


def test_text_is_passed_on_as_it_stands(tmp_path: Path) -> None:
    text = "-- purpose: x\nselect '中文'  \n;\n"
    assert write(tmp_path, text).text == text


def test_a_folder_is_read_in_order_of_name() -> None:
    names = list(sqlfile.folder("page"))
    assert names == sorted(names)
    assert "selection_summary" in names


def test_unknown_query_names_those_that_exist() -> None:
    with pytest.raises(QueryError, match="no_such_query") as caught:
        sqlfile.query("no_such_query")
    assert "selection_summary" in caught.value.hint


@pytest.mark.parametrize("name", ["../schema/project", "selection_summary.sql", "", "/etc/passwd"])
def test_a_name_is_not_a_path(name: str) -> None:
    with pytest.raises(QueryError):
        sqlfile.query(name)
