"""Every page, in both languages: on demo data, on a store without rows, and without a store."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from dashboard.settings import LANGUAGES
from dashboard.ui.frame import PAGES
from tests import catalogue

SCRIPTS = [entry.script for entries in PAGES.values() for entry in entries]
SENTENCE = {"zh_CN": 16, "en": 8}  # letters from which a text is none of the data


def assert_sound(app: AppTest) -> None:
    assert not app.exception
    assert not app.error, [error.value for error in app.error]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("script", SCRIPTS)
class TestEveryPage:
    def test_demo(self, serve: Any, demo_store: Path, script: str, language: str) -> None:
        app = serve(demo_store, script, language)
        assert_sound(app)
        assert foreign_texts(app, language) == set()

    def test_without_rows(self, serve: Any, empty_store: Path, script: str, language: str) -> None:
        app = serve(empty_store, script, language)
        assert_sound(app)
        assert foreign_texts(app, language) == set()
        assert "nan" not in " ".join(texts(app)).lower().split()

    def test_without_a_store(self, serve: Any, tmp_path: Path, script: str, language: str) -> None:
        app = serve(tmp_path, script, language)
        assert_sound(app)
        assert app.info
        assert "python -m dashboard demo" in app.code[0].value
        assert foreign_texts(app, language) == set()


def test_a_link_sets_the_filters(serve: Any, demo_store: Path) -> None:
    link = {"kind": "complaint", "from": "2025-02-01", "to": "2025-02-28"}
    app = serve(demo_store, "complaints", "en", **link)
    assert_sound(app)
    said = " ".join(texts(app))
    assert "Kind: Complaint" in said
    assert "Feb 1, 2025 to Feb 28, 2025" in said


@pytest.mark.parametrize(
    "query",
    [
        {"lang": "xx", "period": "never", "compare": "nothing"},
        {"from": "0001-01-01", "to": "9999-12-31"},
        {"from": "2999-01-01", "to": "2999-01-02"},
        {"project": "' or 1=1 --", "kind": "nonsense"},
        {"metric": "nonsense", "part": "'; drop table service_record; --"},
        {"metric": "nps", "part": "nonsense", "in_month": "2025-13"},
        {"metric": "complaint_count", "in_hour": "25", "in_weekday": "²", "in_from": "soon"},
    ],
)
@pytest.mark.parametrize("script", ["overview", "complaints", "records"])
def test_no_link_breaks_a_page(
    serve: Any, demo_store: Path, script: str, query: dict[str, str]
) -> None:
    assert_sound(serve(demo_store, script, "en", **query))


def test_a_foreign_text_is_found() -> None:
    def script() -> None:
        import streamlit as st  # noqa: PLC0415 - AppTest takes the function's body as a script

        st.title("Complaints")
        st.dataframe({"a": [1]}, column_config={"a": "Survey response rate"})
        st.markdown("前 The selection holds more rows than a page can show. Narrow the filters.")

    found = foreign_texts(AppTest.from_function(script).run(), "zh_CN")
    assert {"Complaints", "Survey response rate"} < found
    assert len(found) == 3


def foreign_texts(app: AppTest, language: str) -> set[str]:
    """Texts on the page that belong to the other language."""
    alone, within = foreign_to(language)
    return {
        text for text in texts(app) if text in alone or any(sentence in text for sentence in within)
    }


@cache
def foreign_to(language: str) -> tuple[set[str], set[str]]:
    """Texts of the other language: those foreign where they stand alone, and those foreign within
    another text, too. Data may hold a word of the other language, but no sentence of a page."""
    english = {text.text for text in catalogue.wanted(catalogue.sources()).values()}
    chinese = {
        translation
        for message in catalogue.messages("zh_CN").values()
        for translation in catalogue.translations(message)
    }
    foreign = english - chinese if language == "zh_CN" else chinese - english
    pieces = {piece.strip() for text in foreign for piece in catalogue.literals(text)}
    shortest = SENTENCE[language]
    return foreign, {piece for piece in pieces if len(piece) >= shortest}


def texts(app: AppTest) -> Iterator[str]:
    """Everything that the page would show: texts of all elements, also within JSON.

    Blanks at which no line ends are blanks.
    """
    for block in (app.main, app.sidebar):
        for element in block:
            if isinstance(proto := getattr(element, "proto", None), Message):
                for text in strings(proto):
                    yield from (each.replace("\u00a0", " ") for each in leaves(text))


def strings(message: Message) -> Iterator[str]:
    """All text fields of a message and of the messages within it."""
    for field, value in message.ListFields():
        values = value if field.is_repeated else [value]
        if field.type == FieldDescriptor.TYPE_MESSAGE:
            if not field.message_type.GetOptions().map_entry:
                for each in values:
                    yield from strings(each)
        elif field.type == FieldDescriptor.TYPE_STRING:
            yield from values


def leaves(text: str) -> Iterator[str]:
    """The text, or the texts within it where it is JSON."""
    if re.match(r"[\[{]", text):
        try:
            yield from _leaves_of(json.loads(text))
        except json.JSONDecodeError:
            yield text
    else:
        yield text


def _leaves_of(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for each in value:
                yield from _leaves_of(each)
        case dict():
            for each in value.values():
                yield from _leaves_of(each)
