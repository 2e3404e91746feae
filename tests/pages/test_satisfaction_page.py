"""The satisfaction page: signals, targets by month, drivers and comments are those of the data."""

import json
from base64 import b64decode
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import estimators, measures
from dashboard.access import EVERYTHING
from dashboard.codes import CODES
from dashboard.measures import TOTAL, control, measure
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.stats import Signal
from dashboard.store import Store
from tests import stores
from tests.edges import PLACES
from tests.pages.test_pages import assert_sound, texts

MONTHS = 24
EACH = 60
HOSTILE = "![x](http://x) <b>=1+1</b> 100% 满意_ok"
RINGS = {"outside": "diamond-open", "run": "square-open"}


def figures(app: AppTest) -> list[dict[str, Any]]:
    """The figures on the page, as plotly reads them."""
    return [_plain(json.loads(each.proto.spec)) for each in app.get("plotly_chart")]


def _plain(value: Any) -> Any:
    """Plotly's packed arrays as lists."""
    if isinstance(value, dict):
        if value.keys() >= {"dtype", "bdata"}:
            return np.frombuffer(b64decode(value["bdata"]), dtype=value["dtype"]).tolist()
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def traces(app: AppTest, name: str) -> list[dict[str, Any]]:
    """The traces of that name, of all figures."""
    return [each for figure in figures(app) for each in figure["data"] if each.get("name") == name]


def answers(satisfied: list[int]) -> pd.DataFrame:
    """EACH surveys a month from January 2024 on, of which so many are satisfied."""
    rows = [
        (f"V{month:02}-{number:02}", pd.Timestamp(2024 + month // 12, month % 12 + 1, 5), number)
        for month in range(len(satisfied))
        for number in range(EACH)
    ]
    frame = pd.DataFrame(rows, columns=["survey_id", "responded_at", "number"])
    happy = frame["number"] < frame["survey_id"].str[1:3].astype(int).map(
        dict(enumerate(satisfied))
    )
    return frame.assign(
        project_id="P1",
        sent_at=frame["responded_at"],
        csat=[5 if each else 2 for each in happy],
        nps=[10 if each else 3 for each in happy],
    ).drop(columns="number")


@pytest.fixture
def shifted(tmp_path: Path) -> Path:
    """A year at 80 %, one month of 20 %, then 95 % for good; targets that change."""
    satisfied = [48, 47, 49, 48, 47, 49, 48, 47, 49, 48, 47, 49, 12] + [57] * 11
    targets = pd.DataFrame(
        [
            ("csat", "company", None, None, 70.0),
            ("csat", "company", None, "2025-03", 90.0),
            ("csat", "project", "P1", "2025-06", 95.0),
        ],
        columns=["metric", "scope_type", "scope_id", "month", "value"],
    )
    portfolio = {**PLACES, "survey": answers(satisfied), "target": targets}
    stores.publish(tmp_path, portfolio)
    return tmp_path


@pytest.mark.parametrize("metric", ["csat", "nps"])
def test_signals_are_those_of_the_whole_series(serve: Any, shifted: Path, metric: str) -> None:
    store = Store(Settings(store=shifted))
    months = measure(
        store, EVERYTHING, Selection(date(2024, 1, 1), date(2025, 12, 31)), "month", (metric,)
    )
    keys = sorted(months)
    found = control(metric, [months[key][metric] for key in keys])
    app = serve(shifted, "satisfaction", "en", show_trend=metric)
    assert_sound(app)
    trend = figures(app)[0]
    shown = set(
        next(each for each in trend["data"] if each.get("mode") == "lines+markers")["customdata"]
    )
    assert "2025-03" in shown
    assert "2024-06" not in shown
    for kind, symbol in RINGS.items():
        marked = [
            key
            for each in trend["data"]
            if each.get("marker", {}).get("symbol") == symbol
            for key in each["customdata"]
        ]
        expected = [
            key
            for key, signal in zip(keys, found.signals, strict=True)
            if signal == Signal(kind) and key in shown
        ]
        assert marked == expected
        assert bool(expected)
    said = " ".join(texts(app))
    assert "The level shifted in Feb 25:" in said
    assert "Outside the control limits in Jan 25" in said


def test_targets_follow_the_months(serve: Any, shifted: Path) -> None:
    app = serve(shifted, "satisfaction", "en", project="P1")
    (line,) = [each for each in figures(app)[0]["data"] if each.get("name") == "Target"]
    wanted = dict(zip(line["x"], line["y"], strict=True))
    assert wanted == {
        **dict.fromkeys(wanted, 70.0),
        "Mar 25": 90.0,
        "Jun 25": 95.0,
    }
    assert len(wanted) == 12


def test_months_all_flagged_are_said_to_be_no_news(serve: Any, tmp_path: Path) -> None:
    satisfied = [57, 15] * 12
    stores.publish(tmp_path, {**PLACES, "survey": answers(satisfied)})
    app = serve(tmp_path, "satisfaction", "en")
    assert_sound(app)
    shown = texts(app)
    assert any("narrower than what months usually differ by" in text for text in shown)


def test_driver_map_is_the_catalogue(serve: Any, demo_store: Path) -> None:
    app = serve(demo_store, "satisfaction", "en", period="everything")
    store = Store(Settings(store=demo_store))
    everything = Selection(date(2020, 1, 1), date(2030, 1, 1))
    drivers = measure(store, EVERYTHING, everything, None, ("drivers",))[TOTAL]["drivers"]
    shares, found = measures.table(drivers), estimators.drivers(drivers.parts)
    (points,) = [
        each
        for figure in figures(app)
        for each in figure["data"]
        if each.get("mode") == "markers+text"
    ]
    assert points["customdata"] == list(CODES["dimension"])
    assert points["y"] == pytest.approx([shares[each] for each in CODES["dimension"]])
    assert points["x"] == pytest.approx(found.means.tolist())
    said = " ".join(texts(app))
    assert f"(n = {drivers.n:,})" in said
    assert f"{100 * shares['r2']:.1f} %" in said


def test_too_few_for_drivers(serve: Any, tmp_path: Path) -> None:
    survey = answers([48])
    rated = pd.DataFrame(
        [
            (key, dimension, 4, 3)
            for key in survey["survey_id"][:49]
            for dimension in CODES["dimension"]
        ],
        columns=["survey_id", "dimension", "expectation", "perception"],
    )
    stores.publish(tmp_path, {**PLACES, "survey": survey, "survey_dimension": rated})
    app = serve(tmp_path, "satisfaction", "en")
    assert_sound(app)
    assert any("here are 49" in text for text in texts(app))


class TestComments:
    @pytest.fixture
    def written(self, tmp_path: Path) -> Path:
        survey = answers([40]).assign(comment=None)
        survey.loc[survey.index[0], "comment"] = HOSTILE
        survey.loc[survey.index[1], "comment"] = "电梯 OK"
        survey.loc[survey.index[2], "comment"] = "  "
        survey.loc[survey.index[50], "comment"] = "Lift never OK"
        stores.publish(tmp_path, {**PLACES, "survey": survey})
        return tmp_path

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({}, [HOSTILE, "电梯 OK", "Lift never OK"]),
            ({"show_words": "ok"}, [HOSTILE, "电梯 OK", "Lift never OK"]),
            ({"show_words": "电梯"}, ["电梯 OK"]),
            ({"show_words": "100% "}, [HOSTILE]),
            ({"show_words": "_ok"}, [HOSTILE]),
            ({"show_words": "' or 1=1 --"}, []),
            ({"show_score": "2"}, ["Lift never OK"]),
            ({"show_score": "detractors", "show_words": "never"}, ["Lift never OK"]),
            ({"show_score": "passives"}, []),
            ({"show_score": "promoters", "show_words": "LIFT"}, []),
            ({"show_score": "nonsense"}, [HOSTILE, "电梯 OK", "Lift never OK"]),
        ],
    )
    def test_filtered_and_searched(
        self, serve: Any, written: Path, query: dict[str, str], found: list[str]
    ) -> None:
        app = serve(written, "satisfaction", "en", **query)
        assert_sound(app)
        listed = [each.value for each in app.dataframe if "comment" in each.value]
        assert [list(each["comment"]) for each in listed] == ([found] if found else [])
        assert not any(HOSTILE in each.value for each in app.markdown)

    @pytest.mark.parametrize("csat", [None, 1, 5])
    @pytest.mark.parametrize("letters", [0, 2])
    def test_all_of_them_by_hand(self, demo_store: Path, csat: int | None, letters: int) -> None:
        store = Store(Settings(store=demo_store))
        selection = Selection(date(2024, 1, 1), date(2025, 12, 31), regions=("华东", "华南"))
        listing: dict[str, Any] = {"part": "counted", "limit": None, "offset": None}
        scored = [
            store.run("survey_drill", EVERYTHING, selection, metric=metric, **listing)
            for metric in ("csat", "nps", "ces")
        ]
        known = pd.concat(scored).drop_duplicates("survey_id")
        known = known[known["comment"].fillna("").str.strip() != ""]
        wanted = known if csat is None else known[known["csat"] == csat]
        sought = wanted["comment"].iloc[0][:letters]
        wanted = wanted[wanted["comment"].str.contains(sought, regex=False)]
        asked = {"csat": csat, "answer": None, "sought": sought or None}
        rows = store.run("survey_comments", EVERYTHING, selection, limit=None, offset=None, **asked)
        assert set(rows["survey_id"]) == set(wanted["survey_id"])
        assert set(rows["found"]) == {len(wanted)}
        assert rows["responded_at"].is_monotonic_decreasing
        some = store.run("survey_comments", EVERYTHING, selection, limit=3, offset=1, **asked)
        assert list(some["survey_id"]) == list(rows["survey_id"][1:4])


def test_any_measure_by_any_group(serve: Any, demo_store: Path) -> None:
    app = serve(demo_store, "satisfaction", "en", show_measure="churn_rate", show_group="stage")
    assert_sound(app)
    assert any("Customer churn (%)" in json.dumps(each) for each in figures(app))
    shown = " ".join(texts(app))  # customers have no stage
    assert "Customer churn by Region" in shown or "Customer churn: " in shown


def test_a_month_cut_short_by_the_period_is_not_said_to_go_on(serve: Any, demo_store: Path) -> None:
    as_of = Store(Settings(store=demo_store)).info().as_of
    assert as_of is not None
    end = as_of.date() - timedelta(days=90)
    period = {"from": end.replace(day=1).isoformat(), "to": end.replace(day=10).isoformat()}
    app = serve(demo_store, "satisfaction", "en", **period)
    said = " ".join(texts(app))
    assert "Dotted: not a whole month." in said
    assert "has not ended" not in said


def test_a_link_that_names_a_default_stays_as_it_is(serve: Any, demo_store: Path) -> None:
    app = serve(demo_store, "satisfaction", "en", show_trend="csat")
    assert_sound(app)
    assert app.query_params["show_trend"] == "csat"  # to write it would take a step of "back"
    for chosen, told in (("nps", "nps"), ("csat", None)):
        app.selectbox(key="choice-satisfaction-trend").select(chosen).run()
        assert app.query_params.get("show_trend") == told
        assert app.selectbox(key="choice-satisfaction-trend").value == chosen
