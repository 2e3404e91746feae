"""Charts of “where?”: colours say good or bad, names of data are text, nothing is lost."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from dashboard import charts

HOSTILE = '<a href="https://elsewhere.example">P</a>'
PARTS = "rate mix total whole target limits limits_wide value average expected"
TEXTS = dict.fromkeys(PARTS.split(), "name")


def contribution(**options: Any) -> Any:
    data = pd.DataFrame(
        {
            "label": [HOSTILE, "B", "3 others"],
            "key": ["a", "b", None],
            "rate": [2.0, -1.0, 0.5],
            "mix": [-0.5, -0.2, 0.0],
            "hover": [HOSTILE, "b", "o"],
        }
    )
    return charts.contribution(data, axis="pp", texts=TEXTS, **options)


def funnel(**options: Any) -> Any:
    data = pd.DataFrame(
        {
            "key": ["a", "b", "c", "d"],
            "label": [HOSTILE, "B", "C", "a name of quite a number of letters"],
            "volume": [10, 40, 100, 95],
            "value": [60.0, 80.0, 95.0, 20.0],
            "n": [10, 40, 100, 95],
            "beyond": [-0.2, 0.0, 0.5, -2.0],
            "hover": [HOSTILE, "b", "c", "d"],
        }
    )
    curve = pd.DataFrame(
        {
            "volume": [10, 100],
            "inner_low": [62, 75],
            "inner_high": [99, 90],
            "outer_low": [50, 70],
            "outer_high": [100, 94],
        }
    )
    return charts.funnel(data, curve, axes=("n", "%"), texts=TEXTS, centre=82.0, **options)


def rank_bands() -> Any:
    data = pd.DataFrame(
        {
            "label": [HOSTILE, "NPS", "alone"],
            "key": ["csat", "nps", "ces"],
            "value_text": ["1", "2", HOSTILE],
            "plain": [1, 3, 1],
            "best": [1, 2, 1],
            "worst": [2, 5, 1],
            "of": [5, 5, 1],
            "n": [100, 12, 40],
            "status": ["met", "missed", "unknown"],
            "hover": [HOSTILE, "x", "y"],
        }
    )
    return charts.rank_bands(data, ends=("last", "first"))


def weeks() -> Any:
    data = pd.DataFrame(
        {
            "week": [0, 1],
            "value": [3.0, 1.0],
            "average": [2.0, np.nan],
            "whole": [True, False],
            "hover": [HOSTILE, "x"],
        }
    )
    return charts.weeks(data, axes=("w", "n"), texts=TEXTS | {"value": HOSTILE})


def expected() -> Any:
    data = pd.DataFrame(
        {
            "label": [HOSTILE, "B", "C"],
            "key": ["a", "b", "c"],
            "count": [9, 5, 1],
            "expected": [3.0, 5.0, 7.0],
            "side": [1, 0, -1],
            "hover": [HOSTILE, "x", "y"],
        }
    )
    return charts.expected(data, axis="n", texts=TEXTS)


CHARTS = {each.__name__: each for each in (contribution, funnel, rank_bands, weeks, expected)}


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


@pytest.mark.parametrize(
    ("higher_is_better", "up", "down"),
    [(True, charts.GOOD, charts.BAD), (False, charts.BAD, charts.GOOD)],
)
def test_sides_are_good_or_bad(higher_is_better: bool, up: str, down: str) -> None:
    rate, _, mix, _, total = contribution(higher_is_better=higher_is_better).data
    assert list(rate.marker.color) == [up, down, up]
    assert list(mix.marker.color)[:2] == [down, down]
    assert list(total.x) == [1.5, -1.2, 0.5]
    points = funnel(higher_is_better=higher_is_better).data[-1]
    assert list(points.marker.color) == [down, charts.NEUTRAL, up, down]


def test_rows_for_several_groups_open_nothing() -> None:
    for trace in contribution().data:
        if trace.customdata is not None:
            assert list(trace.customdata) == ["a", "b", None]


def test_only_points_outside_are_named_and_small_ones_hollow() -> None:
    points = funnel(target=85).data[-1]
    assert [bool(each) for each in points.text] == [True, False, True, True]
    assert points.text[3].endswith("…")
    assert list(points.marker.symbol) == ["circle-open", "circle", "circle", "circle"]
    assert list(points.customdata) == ["a", "b", "c", "d"]


def test_the_chosen_point_is_named_even_where_it_is_like_the_others() -> None:
    points = funnel(chosen="b").data[-1]
    assert points.text[1] == "B"
    assert points.marker.size[1] > points.marker.size[0]


def test_a_name_that_would_lie_on_another_point_is_left_out() -> None:
    data = pd.DataFrame(
        {
            "key": ["a", "b", "c", "d"],
            "label": ["First", "Left", "Right", "Alone"],
            "volume": [100, 95, 105, 400],
            "value": [20.0, 20.0, 20.0, 90.0],
            "n": [100, 95, 105, 400],
            "beyond": [-3.0, 0.0, 0.0, 2.0],
            "hover": ["a", "b", "c", "d"],
        }
    )
    curve = pd.DataFrame(
        {name: [50.0, 60.0] for name in ("inner_low", "inner_high", "outer_low", "outer_high")}
    ).assign(volume=[95, 400])
    texts = dict.fromkeys(("whole", "target", "limits", "limits_wide"), "x")
    drawn = charts.funnel(data, curve, axes=("x", "y"), texts=texts, centre=50)
    assert list(drawn.data[-1].text) == ["", "", "", "Alone"]


def test_limits_are_curves() -> None:
    curves = [trace for trace in funnel().data if trace.mode == "lines" and len(trace.x) == 2]
    assert [list(trace.y) for trace in curves[:4]] == [[62, 75], [99, 90], [50, 70], [100, 94]]


def test_the_first_rank_is_on_the_right_and_one_alone_in_the_middle() -> None:
    *bands, points = rank_bands().data
    assert list(points.x) == [100, 50, 50]
    assert [list(band.x) for band in bands] == [[75, 100], [0, 75], [50, 50]]


def test_more_than_expected_is_bad() -> None:
    assert list(expected().data[0].marker.color) == [charts.BAD, charts.NEUTRAL, charts.GOOD]
