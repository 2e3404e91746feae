"""What a table needs so that nothing in it is cut, and what stays on one line."""

import pandas as pd
import pytest

from dashboard.ui import tables
from dashboard.ui.words import together


class TestWidths:
    def test_a_text_below_the_first_rows_makes_its_column_wider(self) -> None:
        shown = pd.DataFrame({"name": ["short"] * 20 + ["凤凰湾一期及其他"], "n": range(21)})
        found = tables.fitted(shown, {})
        assert set(found) == {"name"}
        assert found["name"]["width"] >= 16 * 6

    def test_what_the_browser_sees_is_left_to_it(self) -> None:
        shown = pd.DataFrame({"name": ["the longest of all", *["short"] * 20]})
        assert tables.fitted(shown, {}) == {}

    def test_a_novel_does_not_make_its_column_endless(self) -> None:
        shown = pd.DataFrame({"name": ["short"] * 20 + ["x" * 5000]})
        assert tables.fitted(shown, {})["name"]["width"] < 500

    def test_titles_and_forms_are_kept(self) -> None:
        shown = pd.DataFrame({"a": ["s"] * 20 + ["long"], "b": ["s"] * 20 + ["long"], "c": None})
        found = tables.fitted(shown, {"a": "Title", "b": tables.decimal(1), "c": "Nothing"})
        assert found["a"]["label"] == "Title"
        assert found["b"]["type_config"] == tables.decimal(1)["type_config"]
        assert found["c"] == "Nothing"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a, n = 1,201 then", ["a,", "n = 1,201", "then"]),
        ("from 5.0 % to 6.0 ‰", ["from", "5.0 %", "to", "6.0 ‰"]),
        ("（n = 5）", ["（n = 5）"]),
        ("Bonn = a town of 100", ["Bonn", "=", "a", "town", "of", "100"]),
        ("100 % of 5", ["100 %", "of", "5"]),
    ],
)
def test_a_number_stays_with_its_sign(text: str, lines: list[str]) -> None:
    broken = [each.replace("\u00a0", " ") for each in together(text).split(" ")]
    assert broken == lines
