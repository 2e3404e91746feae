"""The complaints page narrowed to a cell: heatmaps show all, every other card the cell alone."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.panels import complaint_focus
from dashboard.selection import Selection
from dashboard.ui import data
from dashboard.ui.frame import OWN_PARAMETERS
from tests.pages.test_pages import assert_sound, texts

HEATMAPS = 4


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Selection]]:
    """Every query of a page with its selection, in the order asked."""
    found: list[tuple[str, Selection]] = []
    rows = data.rows

    def noted(version: int, query: str, scope: Any, selection: Any, parameters: Any) -> Any:
        found.append((query, selection))
        return rows(version, query, scope, selection, parameters)

    monkeypatch.setattr(data, "rows", noted)
    return found


def said(app: AppTest) -> str:
    return " ".join(texts(app))


def test_the_heatmaps_go_on_showing_all(
    serve: Any, demo_store: Path, asked: list[tuple[str, Selection]]
) -> None:
    app = serve(demo_store, "complaints", "en", in_category="leak", in_weekday="2")
    assert_sound(app)
    cells = {selection for query, selection in asked[-200:] if query == "complaint_cells"}
    assert all(not each.categories and not each.weekdays for each in cells)
    flows = [selection for query, selection in asked if query == "complaint_flow"]
    assert flows[-1].categories == ("leak",)
    assert flows[-1].weekdays == (2,)
    assert "This page shows only" in said(app).replace("\\", "")
    assert "Clear" in said(app)


def test_without_a_cell_there_is_no_banner(serve: Any, demo_store: Path) -> None:
    app = serve(demo_store, "complaints", "en")
    assert_sound(app)
    assert "This page shows only" not in said(app)


def test_a_cell_that_a_filter_leaves_out_is_none(serve: Any, demo_store: Path) -> None:
    app = serve(demo_store, "complaints", "en", in_project="P001", project="P002")
    assert_sound(app)
    assert "This page shows only" not in said(app)


def test_the_frame_keeps_what_narrows_the_page() -> None:
    assert set(complaint_focus.NAMES) <= OWN_PARAMETERS["complaints"]


def test_none_at_all_may_be_fewer_than_expected(serve: Any, demo_store: Path) -> None:
    """Where residuals are shown, a cell without a complaint has one; elsewhere it is blank."""
    counts = _first_heatmap(serve(demo_store, "complaints", "en"))
    residuals = _first_heatmap(serve(demo_store, "complaints", "en", show_place_shows="residual"))
    assert residuals > counts


def _first_heatmap(app: AppTest) -> int:
    """The number of cells that can be pointed at in the first chart of the page."""
    figure = json.loads(app.get("plotly_chart")[0].proto.spec)
    return len(figure["data"][1]["hovertext"])
