"""The drawer with the timeline of one record, opened by a link."""

from pathlib import Path
from typing import Any

import pytest

from dashboard.ui import plain
from tests import stores
from tests.test_timeline import portfolio


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return stores.publish(tmp_path, portfolio()).folder


def drawn(serve: Any, folder: Path, language: str, **query: str) -> str:
    app = serve(folder, "worklist", language, **query)
    assert not app.exception
    assert not app.error
    blocks = app._tree.children.values()
    return "\n".join(str(getattr(element, "value", "")) for block in blocks for element in block)


def test_a_link_opens_it(serve: Any, folder: Path) -> None:
    shown = drawn(serve, folder, "en", show_record="R")
    for said in (
        r"**First response given** :red-badge[1\.0 h beyond the standard]",
        r"**Record resolved** :red-badge[2\.0 h after the promised time]",
        r"**Step\: 受理** :red-badge[1\.0 h after the promised time]",
        "not accepted",
        "satisfaction 1 of 5",
        r"90\.0 d before",
    ):
        assert said in shown


def test_what_is_still_wanted(serve: Any, folder: Path) -> None:
    shown = drawn(serve, folder, "en", show_record="open")
    assert r":red-badge[7\.0 d beyond the standard]" in shown
    assert r":blue-badge[60\.0 h to the promised time]" in shown


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_texts_of_the_data_are_inert(serve: Any, folder: Path, language: str) -> None:
    shown = drawn(serve, folder, language, show_record="R")
    assert plain("<b>x</b> ![x](http://x) =1+1 😀") in shown
    assert "![x]" not in shown
    assert "<b>" not in shown


def test_what_is_not_there(serve: Any, folder: Path) -> None:
    shown = drawn(serve, folder, "en", show_record="![x](http://x)")
    assert "there is no such record" in shown
    assert "![x]" not in shown
