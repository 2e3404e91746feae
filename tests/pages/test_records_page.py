"""The records page: searched, columns chosen, page by page, and all of it taken away."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui import export
from tests import stores
from tests.conftest import DEMO_RECORDS
from tests.edges import EDGES
from tests.pages.test_pages import assert_sound, texts

HOSTILE = "![x](http://x) <b>=1+1</b> 😀" + "长" * 60
YEARS = {"from": "2020-01-01", "to": "2026-12-31"}


@pytest.fixture
def exported(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the card gives to take away: its rows, columns and note."""
    taken: dict[str, Any] = {}

    def menu(
        page: Any,
        title: str,
        data: pd.DataFrame,
        columns: dict[str, str],
        metrics: Any,
        *,
        whole: Callable[[], pd.DataFrame] | None = None,
        note: str = "",
        **_: Any,
    ) -> None:
        taken.update(rows=whole() if whole else data, columns=columns, note=note, metrics=metrics)

    monkeypatch.setattr(export, "menu", menu)
    return taken


def said(app: AppTest) -> str:
    assert_sound(app)
    return " ".join(texts(app))


def test_a_page_of_the_list_and_all_of_it(
    serve: Any, demo_store: Path, exported: dict[str, Any]
) -> None:
    app = serve(demo_store, "records", "en", metric="record_count", **YEARS)
    shown = said(app)
    (listed,) = app.dataframe
    assert len(listed.value) == 200
    whole = exported["rows"]
    assert f"**{len(whole):,}** rows counted" in shown
    assert 200 < len(whole) <= DEMO_RECORDS
    assert not whole["record_id"].duplicated().any()
    assert set(exported["columns"]) <= set(whole.columns)
    assert list(whole["record_id"][:200]) == list(listed.value["record_id"])


def test_pages_follow_each_other(serve: Any, demo_store: Path, exported: dict[str, Any]) -> None:
    app = serve(demo_store, "records", "en", metric="record_count", show_page="2", **YEARS)
    assert_sound(app)
    (listed,) = app.dataframe
    assert list(listed.value["record_id"]) == list(exported["rows"]["record_id"][200:400])


@pytest.mark.parametrize(
    ("metric", "sought"),
    [
        ("record_count", "漏水"),
        ("csat", "满意"),
        ("repeat_rate", "r00012"),
        ("rectified_on_time", "整改"),
        ("churn_rate", "c00001"),
        ("training_coverage", "s000"),
    ],
)
def test_a_search_narrows(
    serve: Any, demo_store: Path, exported: dict[str, Any], metric: str, sought: str
) -> None:
    app = serve(demo_store, "records", "en", metric=metric, **YEARS)
    assert_sound(app)
    whole = exported["rows"]
    app.text_input(key="records-sought").set_value(sought).run()
    shown = said(app)
    found = exported["rows"]
    assert 0 < len(found) < len(whole)
    assert f"**{len(found):,}** row" in shown
    assert f"of the {len(whole):,} counted" in shown
    assert app.query_params["show_sought"] == sought


def test_names_of_staff_and_categories_are_found(
    serve: Any, demo_store: Path, exported: dict[str, Any]
) -> None:
    app = serve(demo_store, "records", "en", metric="record_count", **YEARS)
    whole = exported["rows"]
    name = whole["staff_id"].dropna().iloc[0]
    app.text_input(key="records-sought").set_value(name).run()
    assert set(exported["rows"]["staff_id"]) == {name}
    app.text_input(key="records-sought").set_value("DECORATION delay").run()
    assert set(exported["rows"]["category"]) == {"Decoration delay"}


def test_nothing_found(serve: Any, demo_store: Path) -> None:
    app = serve(demo_store, "records", "en", show_sought=HOSTILE, **YEARS)
    assert "No row holds this text." in said(app)
    assert not app.dataframe


def test_columns_are_those_chosen(serve: Any, demo_store: Path, exported: dict[str, Any]) -> None:
    link = {"show_columns": "title,nonsense,cost", **YEARS}
    app = serve(demo_store, "records", "en", metric="record_count", **link)
    assert_sound(app)
    (listed,) = app.dataframe
    assert list(listed.value.columns) == ["record_id", "title", "cost"]
    assert list(exported["columns"].values()) == ["Record", "Title", "Cost (yuan)"]
    app.multiselect(key="records-columns-record_drill").set_value([]).run()
    (listed,) = app.dataframe
    assert "created_at" in listed.value.columns


def test_leaving_the_figure(serve: Any, demo_store: Path, exported: dict[str, Any]) -> None:
    app = serve(demo_store, "records", "en", metric="open_over_30d", part="met", **YEARS)
    few = len(exported["rows"])
    (button,) = [each for each in app.button if each.label == "All records of the selection"]
    button.click().run()
    assert_sound(app)
    assert len(exported["rows"]) > few
    assert "metric" not in app.query_params


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("script", ["records", "worklist"])
def test_names_are_inert(serve: Any, tmp_path: Path, script: str, language: str) -> None:
    portfolio = EDGES["all_open"]()
    records = portfolio["service_record"].assign(
        title=HOSTILE, customer_id=HOSTILE, due_at="2024-03-01 01:00:00"
    )
    projects = portfolio["project"].assign(project_name=HOSTILE)
    stores.publish(tmp_path, {**portfolio, "service_record": records, "project": projects})
    app = serve(tmp_path, script, language, show_sought="=1+1", **YEARS)
    assert_sound(app)
    (listed,) = app.dataframe
    assert set(listed.value["title"]) == {HOSTILE}
    assert not [each.value for each in (*app.markdown, *app.caption) if "![x]" in each.value]


@pytest.mark.parametrize(
    ("queue", "metrics", "told"),
    [
        ("", {"on_time_rate", "csat", "repeat_rate"}, ["Overdue: ", "Rectification due: "]),
        ("repeat", {"repeat_rate"}, ["Complained about again: "]),
    ],
)
def test_a_worklist_taken_away_says_what_its_queues_are(
    serve: Any, demo_store: Path, exported: dict[str, Any], queue: str, metrics: set[str], told: Any
) -> None:
    app = serve(demo_store, "worklist", "en", show_queue=queue, **YEARS)
    assert_sound(app)
    assert metrics <= set(exported["metrics"])
    assert all(each in exported["note"] for each in told)
