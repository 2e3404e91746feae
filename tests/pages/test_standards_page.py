"""The standards page: what is due adds up, lives are drawn, nothing in a name does anything."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.access import EVERYTHING
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests import stores
from tests.edges import records
from tests.pages.test_pages import assert_sound, texts
from tests.pages.test_staff_page import HOSTILE, MARCH, table

YEAR = {"from": "2025-01-01", "to": "2025-12-31"}
SELECTION = Selection(date(2025, 1, 1), date(2025, 12, 31))


def test_what_is_due_and_what_is_not_adds_up(serve: Any, demo_store: Path) -> None:
    app = serve(demo_store, "standards", "en", **YEAR)
    assert_sound(app)
    shown = table(app, "All records")
    parts = shown[["Met", "Missed", "Overdue", "Pending"]]
    assert (parts.sum(axis=1) == shown["All records"]).all()
    due = shown["All records"] - shown["Pending"]
    assert list(shown["Attainment (%)"]) == pytest.approx(list(100 * shown["Met"] / due))
    found = Store(Settings(store=demo_store)).run("standard_outcomes", EVERYTHING, SELECTION)
    assert shown["All records"].sum() == found["records"].sum()


def test_every_version_is_listed_and_the_unmeasured_say_so(serve: Any, demo_store: Path) -> None:
    app = serve(demo_store, "standards", "en", **YEAR)
    versions = Store(Settings(store=demo_store)).run("standard_versions", EVERYTHING)
    shown = table(app, "Measured by")
    assert list(shown["Version"]) == list(versions["version"])
    unmeasured = shown[shown["Measured by"] == "Not measured here"]
    assert 0 < len(unmeasured) < len(shown)
    assert unmeasured["Attainment (%)"].isna().all()
    active = shown[(shown["State"] == "Active") & (shown["Measured by"] != "Not measured here")]
    assert active["Attainment (%)"].notna().all()


def test_the_new_standard_is_marked_and_judged(serve: Any, demo_store: Path) -> None:
    app = serve(demo_store, "standards", "en", **YEAR)
    said = " ".join(texts(app))
    assert re.search(r"In force since .*before \(n = .*since then \(n = .*chance\.", said)


def test_a_standard_older_than_the_records_is_not_judged(serve: Any, tmp_path: Path) -> None:
    standard = {
        **{"standard_id": "A", "version": "1", "name": "A", "scope": "L1", "state": "active"},
        **{"measure": "first_response", "threshold": 2, "unit": "h"},
        "effective_from": date(2024, 1, 1),
    }
    stores.publish(
        tmp_path,
        {
            "project": pd.DataFrame([{"project_id": "P1", "project_name": "A"}]),
            "service_record": records(40, level="L1"),
            "standard": pd.DataFrame([standard]),
        },
    )
    said = " ".join(texts(serve(tmp_path, "standards", "en", **MARCH)))
    assert "In force since Jan 1, 2024: no cases before or none since then" in said
    assert "chance" not in said


def test_without_standards(serve: Any, tmp_path: Path) -> None:
    stores.publish(
        tmp_path,
        {
            "project": pd.DataFrame([{"project_id": "P1", "project_name": HOSTILE}]),
            "service_record": records(40, level="L1"),
        },
    )
    app = serve(tmp_path, "standards", "en", **MARCH)
    assert_sound(app)
    assert any("No standard is loaded" in each.value for each in app.info)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Standards and projects of hostile names, one measured, dates left out or reversed."""
    base = {"name": HOSTILE, "measure": "first_response", "threshold": 2, "unit": "h"}
    versions = [
        {"standard_id": "A", "version": "1", "scope": "L1", "state": "active"},
        {"standard_id": "B", "version": HOSTILE, "scope": HOSTILE, "state": "draft"},
        {
            **{"standard_id": "C", "version": "1", "state": "retired", "unit": HOSTILE},
            **{"effective_from": date(2024, 3, 5), "effective_to": date(2024, 2, 1)},
        },
        {
            **{"standard_id": "D", "version": "1", "scope": "L1", "state": "active"},
            "effective_from": date(2024, 3, 5),
        },
    ]
    stores.publish(
        tmp_path,
        {
            "project": pd.DataFrame([{"project_id": "P1", "project_name": HOSTILE}]),
            "service_record": records(40, level="L1"),
            "standard": pd.DataFrame([base | each for each in versions]),
            "inspection": pd.DataFrame(
                [
                    {
                        **{"inspection_id": "I1", "project_id": "P1", "item": HOSTILE},
                        **{"inspected_on": date(2024, 3, 4), "finding": HOSTILE},
                        "due_on": date(2024, 3, 4),
                    }
                ]
            ),
        },
    )
    return tmp_path


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_names_are_inert(serve: Any, hostile: Path, language: str) -> None:
    app = serve(hostile, "standards", language, **MARCH)
    assert_sound(app)
    drawn = " ".join(each.proto.spec for each in app.get("plotly_chart"))
    assert "<b>" not in drawn
    assert json.dumps("&lt;b&gt;")[1:-1] in drawn
    listed = [each for each in app.dataframe if (each.value.astype(str) == HOSTILE).any(axis=None)]
    assert len(listed) >= 3  # standards, what is due, and findings overdue


def test_the_versions_are_explained_by_what_measures_them(serve: Any, demo_store: Path) -> None:
    app = serve(demo_store, "standards", "en")
    assert_sound(app)
    (told,) = [each for each in app.subheader if each.value == "Every standard and its versions"]
    assert "on site" in told.proto.help


def test_each_project_is_judged_by_its_own_target(serve: Any, tmp_path: Path) -> None:
    cases = [
        records(40, level="L1").assign(
            record_id=lambda rows, project=project: project + rows["record_id"],
            project_id=project,
            first_response_at=lambda rows: rows["created_at"].where(rows.index.str[-1] < "5"),
        )
        for project in ("P1", "P2")
    ]
    modest = {"metric": "response_l1_rate", "scope_type": "project", "scope_id": "P2", "value": 20}
    stores.publish(
        tmp_path,
        {
            "project": pd.DataFrame({"project_id": ["P1", "P2"], "project_name": ["One", "Two"]}),
            "service_record": pd.concat(cases),
            "target": pd.DataFrame([modest]),
        },
    )
    app = serve(tmp_path, "standards", "en", **MARCH)
    assert_sound(app)
    judged = {
        trace["name"]: {row for row, _ in trace["customdata"]}
        for chart in app.get("plotly_chart")
        for trace in json.loads(chart.proto.spec)["data"]
        if trace.get("name") in ("On target", "Target missed")
    }
    assert judged == {"On target": {"P2"}, "Target missed": {"P1"}}
