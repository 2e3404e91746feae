"""Charts show texts of the data as they are, mark what is uncertain, and keep their drill keys."""

from itertools import combinations
from typing import Any

import pandas as pd
import pytest

from dashboard import charts
from dashboard.charts import drivers
from dashboard.charts.base import ink, unique_labels

HOSTILE = '<a href="https://elsewhere.example">P</a>'
NAMES = dict.fromkeys(("value", "interval", "target", "whole", "most", "rest"), "name")
FIELDS = dict.fromkeys(("act", "keep", "low", "over"), HOSTILE)
PARTS = {part: part for part in charts.TIER_COLOURS}


def points(**columns: list[Any]) -> pd.DataFrame:
    rows = {
        "label": [HOSTILE, "B", "C"],
        "key": ["a", "b", "c"],
        "value": [50.0, 60.0, 70.0],
        "low": [40.0, 50.0, None],
        "high": [60.0, 70.0, None],
        "n": [100, 29, 3],
        "hover": [HOSTILE, "b", "c"],
        "count": [3, 2, 1],
        "text": [HOSTILE, "2 · 83", "1 · 100"],
        "most": [True, True, False],
        "gap": ["−1.00", HOSTILE, "0"],
        "performance": [3.0, 4.0, 4.5],
        "importance": [50.0, 30.0, 20.0],
        "expectation": [5.0, 4.0, 3.0],
        "perception": [4.0, 4.5, 3.0],
    }
    return pd.DataFrame(rows | columns)


def heatmap() -> Any:
    cells = pd.DataFrame(
        {"row": ["r1", "r2"], "column": ["c1", "c1"], "count": [3, 4], "hover": [HOSTILE, "x"]}
    )
    return charts.heatmap(
        cells,
        rows=[("r1", HOSTILE), ("r2", "R")],
        columns=[("c1", HOSTILE), ("c2", "C")],
        colour_title="n",
        axes=("x", "y"),
    )


def shares(horizontal: bool, incomplete: bool = False) -> Any:
    data = pd.DataFrame(
        {
            "label": [HOSTILE, HOSTILE, "B"],
            "key": ["a", "a", "b"],
            "part": ["below", "basic", "basic"],
            "share": [40.0, 60.0, 100.0],
            "hover": [HOSTILE, "x", "y"],
        }
    )
    return charts.shares_over(
        data,
        colours=charts.TIER_COLOURS,
        names=PARTS,
        axis="%",
        horizontal=horizontal,
        incomplete=incomplete,
    )


CHARTS = {
    "trend": lambda: charts.trend(points(), axis="x", texts=NAMES, target=55, incomplete=True),
    "intervals": lambda: charts.intervals(points(), axis="x", texts=NAMES, reference=45, target=55),
    "pareto": lambda: charts.pareto(points(), axis="x", texts=NAMES),
    "bars": lambda: charts.bars(points(), axis="x"),
    "gaps": lambda: charts.gaps(points(), axis="x", texts={"expectation": "e", "perception": "p"}),
    "drivers": lambda: charts.driver_map(points(), axes=("x", "y"), fields=FIELDS),
    "heatmap": heatmap,
    "shares": lambda: shares(horizontal=False),
    "shares, horizontal": lambda: shares(horizontal=True),
}


@pytest.mark.parametrize("name", CHARTS)
def test_markup_in_data_is_text(name: str) -> None:
    drawn = CHARTS[name]().to_json()
    assert "<a " not in drawn.replace("\\u003c", "<")
    assert "&lt;a" in drawn.replace("\\u0026", "&")


@pytest.mark.parametrize("name", CHARTS)
def test_no_theme_of_its_own(name: str) -> None:
    layout = CHARTS[name]().layout
    assert layout.font.family is None
    assert layout.paper_bgcolor is None


def test_equal_labels_stay_apart() -> None:
    labels = unique_labels(
        ["A", "A", "a very long name indeed, one", "a very long name indeed, two"]
    )
    assert len(set(labels)) == 4


def test_small_samples_are_hollow_and_the_unfinished_month_is_dotted() -> None:
    figure = charts.trend(points(), axis="x", texts=NAMES, incomplete=True)
    finished, unfinished = figure.data[1:3]
    assert list(finished.marker.symbol) == ["circle", "circle-open"]
    assert list(finished.customdata) == ["a", "b"]
    assert unfinished.line.dash == "dot"
    assert list(unfinished.customdata) == ["b", "c"]


def test_a_month_that_is_alone_and_goes_on_is_drawn() -> None:
    figure = charts.trend(points()[:1], axis="x", texts=NAMES, incomplete=True)
    (drawn,) = [trace for trace in figure.data if trace.customdata is not None and len(trace.y)]
    assert list(drawn.y) == list(points()["value"][:1])
    assert max(drawn.marker.size) > 0


@pytest.mark.parametrize(
    ("higher_is_better", "colours"),
    [
        (True, [charts.NEUTRAL, charts.GOOD, charts.NEUTRAL]),
        (False, [charts.NEUTRAL, charts.BAD, charts.NEUTRAL]),
    ],
)
def test_colour_only_where_the_interval_excludes_the_whole(
    higher_is_better: bool, colours: list[str]
) -> None:
    figure = charts.intervals(
        points(), axis="x", texts=NAMES, reference=45, higher_is_better=higher_is_better
    )
    assert list(figure.data[0].marker.color) == colours


def test_heatmap_cells_know_what_they_count() -> None:
    cells, markers = heatmap().data
    assert [list(row) for row in cells.z] == [[4, 0], [9, 0]]
    assert list(markers.text) == ["3", "4"]
    assert [list(key) for key in markers.customdata] == [["r1", "c1"], ["r2", "c1"]]


def test_the_few_of_a_pareto_chart_are_set_off_from_the_rest() -> None:
    few, rest, texts = charts.pareto(points(), axis="x", texts=NAMES).data
    assert (list(few.x), list(rest.x)) == ([3, 2], [1])
    assert few.marker.color != rest.marker.color
    assert list(texts.x) == [3, 2, 1]


def test_the_texts_of_a_pareto_chart_stand_beyond_its_marks() -> None:
    *_, marks, texts = charts.pareto(
        points(before=[4, 1, 1]), axis="x", texts=NAMES | {"before": "b"}
    ).data
    assert list(marks.x) == [4, 1, 1]
    assert list(texts.x) == [4, 2, 1]


def test_the_cells_of_a_chart_are_known_by_what_they_say() -> None:
    assert charts.cells(heatmap()) == {HOSTILE: ["r1", "c1"], "x": ["r2", "c1"]}
    assert charts.cells(charts.bars(points(), axis="x")) == {}
    assert len(charts.cells(shares(horizontal=True))) > 0


def test_a_line_is_interrupted_where_a_month_has_no_value() -> None:
    data = points(value=[50.0, float("nan"), 70.0], low=[40.0, None, 60.0], high=[60.0, None, 80.0])
    first, second, line = charts.trend(data, axis="x", texts=NAMES).data
    assert (len(first.x), len(second.x)) == (2, 2)
    assert (first.showlegend, second.showlegend) == (True, False)
    assert pd.isna(line.y[1])
    assert not line.connectgaps


def test_places_of_an_axis_are_named_upright_and_inert() -> None:
    axis = charts.ticked(shares(horizontal=False), {0: "Jan\n2026", 2: HOSTILE}).layout.xaxis
    assert axis.tickvals == (0, 2)
    assert axis.ticktext[0] == "Jan<br>2026"
    assert "<a" not in axis.ticktext[1]
    assert axis.tickangle == 0


@pytest.mark.parametrize("name", CHARTS)
def test_no_number_has_its_sign_from_the_chart(name: str) -> None:
    """How a per cent sign is written is a matter of the language."""
    assert " %" not in CHARTS[name]().to_json()


def test_shares_stack_in_the_order_of_the_tiers() -> None:
    assert [trace.name for trace in shares(horizontal=False).data] == list(charts.TIER_COLOURS)


def test_a_line_of_equal_values_is_drawn() -> None:
    assert charts.spark([5, 5, 5]).count(",") == 3


def test_signals_are_rings_of_their_own_shape() -> None:
    control = pd.DataFrame(
        {
            "centre": [55.0, 55.0, None],
            "lower": [50.0, 52.0, None],
            "upper": [60.0, 58.0, None],
            "signal": ["outside", "run", ""],
        }
    )
    names = NAMES | {"limits": "limits", "outside": "outside", "run": "run"}
    figure = charts.trend(
        points(), axis="x", texts=names, target=[50, float("nan"), 60], control=control
    )
    rings = {each.name: each for each in figure.data if each.name in ("outside", "run")}
    assert {name: list(each.customdata) for name, each in rings.items()} == {
        "outside": ["a"],
        "run": ["b"],
    }
    assert rings["outside"].marker.symbol != rings["run"].marker.symbol
    (target,) = [each for each in figure.data if each.line.dash == "dash"]
    assert list(target.x) == ['&lt;a href="https://elsewhere.example"&gt;P&lt;/a&gt;', "B", "C"]
    assert target.y[0] == 50
    assert target.y[2] == 60
    limits = [each for each in figure.data if each.legendgroup == "limits"]
    assert len(limits) == 3
    assert sum(each.showlegend is not False for each in limits) == 1


def test_bars_of_the_same_name_stay_apart() -> None:
    data = pd.DataFrame(
        {
            "label": ["same", "same"],
            "key": ["a", "b"],
            "part": ["basic", "basic"],
            "share": [40.0, 60.0],
            "hover": ["x", "y"],
        }
    )
    figure = charts.shares_over(
        data, colours=charts.TIER_COLOURS, names=PARTS, axis="%", horizontal=True
    )
    bars = next(each for each in figure.data if len(each.y))
    assert len(set(bars.y)) == 2


@pytest.mark.parametrize(
    "places",
    [
        [(0.5, 0.5), (0.52, 0.53), (0.48, 0.47), (0.9, 0.5), (0.1, 0.5)],
        [(0.5, 0.5)] * 2,
        [(0.0, 0.5), (1.0, 0.5)],
    ],
)
def test_labels_of_the_driver_map_keep_apart(places: list[tuple[float, float]]) -> None:
    labels = ["Reliability", "可靠性", "Empathy", "Tangibles", "Assurance"][: len(places)]
    chosen = drivers.label_places(labels, places)
    boxes = [
        drivers._box(label, place, drivers._PLACES[way])
        for label, place, way in zip(labels, places, chosen, strict=True)
    ]
    for one, other in combinations(boxes, 2):
        assert drivers._overlap(one, other) == 0


@pytest.mark.parametrize(
    ("colour", "text"), [("#FFFFFF", "#000000"), ("#000000", "#FFFFFF"), ("#9AA7B2", "#000000")]
)
def test_text_on_a_colour_can_be_read(colour: str, text: str) -> None:
    assert ink(colour) == text


def flow_rows() -> pd.DataFrame:
    rows = {"label": [HOSTILE, "B"], "key": ["2025-01-01/2025-01-31", "k"]}
    numbers = {name: [3, 4] for name in ("created", "resolved", *charts.AGE_COLOURS)}
    hovers = {f"hover_{name}": [HOSTILE, "x"] for name in ("created", "resolved", "open")}
    return pd.DataFrame(rows | numbers | hovers | {"whole": [True, False]})


def test_only_what_was_raised_can_be_opened_by_its_date() -> None:
    texts = dict.fromkeys(("created", "resolved", *charts.AGE_COLOURS), "name")
    drawn = charts.flow(flow_rows(), axes=("x", "y"), texts=texts)
    keys = [trace.customdata for trace in drawn.data]
    assert [list(each) for each in keys[0]] == [
        ["created", "2025-01-01/2025-01-31"],
        ["created", "k"],
    ]
    assert keys[1:] == [None] * 5
    assert "<a " not in drawn.to_json().replace("\\u003c", "<")


def test_bars_of_a_period_that_is_not_whole_are_pale() -> None:
    texts = dict.fromkeys(("created", "resolved", *charts.AGE_COLOURS), "name")
    raised, resolved, *waiting = charts.flow(flow_rows(), axes=("x", "y"), texts=texts).data
    assert list(raised.marker.opacity) == list(resolved.marker.opacity) == [1.0, 0.5]
    assert {trace.marker.opacity for trace in waiting} == {None}  # open then, whatever comes
    for incomplete, expected in ((True, 0.5), (False, 1.0)):
        drawn = shares(horizontal=False, incomplete=incomplete)
        pale = {
            key: shade
            for trace in drawn.data
            for (key, _), shade in zip(trace.customdata, trace.marker.opacity, strict=True)
        }
        assert pale == {"a": 1.0, "b": expected}


def test_a_step_that_is_not_recorded_says_so_and_has_no_bar() -> None:
    data = pd.DataFrame(
        {
            "label": ["one", HOSTILE],
            "key": ["one", "two"],
            "reached": [90.0, None],
            "missed": [10.0, None],
            "text": ["90 %", "not recorded"],
            "hover": ["a", "b"],
            "hover_missed": ["c", "d"],
        }
    )
    reached, missed = charts.steps(data, axis="x", texts={"reached": "r", "missed": "m"}).data
    assert list(reached.x) == [90.0, 0.0]
    assert list(reached.text) == ["90 %", "not recorded"]
    assert list(missed.customdata) == ["not_one", "not_two"]
