"""Heatmaps: colours by rank that no outlier flattens, residuals about 0, like beside like."""

import re
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import charts, stats
from dashboard.charts.base import GROUND, SEQUENTIAL, TEXT
from dashboard.charts.heat import DIVERGING, PALE

THEME = tomllib.loads(
    (Path(__file__).parent.parent / ".streamlit/config.toml").read_text(encoding="utf-8")
)["theme"]
AMOUNTS = st.lists(st.floats(0.001, 1e9), min_size=1, max_size=80)


def drawn(values: list[list[float]], **options: Any) -> Any:
    rows = [(f"r{index}", f"R{index}") for index in range(len(values))]
    columns = [(f"c{index}", f"C{index}") for index in range(len(values[0]))]
    cells = [
        (rows[down][0], columns[across][0], value, f"{value}")
        for down, line in enumerate(values)
        for across, value in enumerate(line)
        if value != 0
    ]
    data = pd.DataFrame(cells, columns=["row", "column", "count", "hover"])
    return charts.heatmap(
        data, rows=rows, columns=columns, colour_title="n", axes=("x", "y"), **options
    )


class TestClasses:
    @settings(deadline=None)
    @given(AMOUNTS)
    def test_order_is_kept_and_equal_numbers_look_the_same(self, values: list[float]) -> None:
        found = charts.ranked_classes(values)
        order = np.argsort(values, kind="stable")
        assert (np.diff(found[order]) >= 0).all()
        for value in set(values):
            assert len({each for each, of in zip(found, values, strict=True) if of == value}) == 1
        assert sorted(set(found)) == list(range(found.max() + 1))
        assert found.max() < 7

    @settings(deadline=None)
    @given(AMOUNTS, st.floats(2, 1e6))
    def test_how_far_the_largest_lies_off_changes_nothing(
        self, values: list[float], factor: float
    ) -> None:
        largest = max(values)
        stretched = [value * factor if value == largest else value for value in values]
        assert list(charts.ranked_classes(stretched)) == list(charts.ranked_classes(values))

    def test_many_different_numbers_fill_all_classes_evenly(self) -> None:
        sizes = np.bincount(charts.ranked_classes(range(1, 701)))
        assert len(sizes) == 7
        assert sizes.max() - sizes.min() <= 1


class TestScale:
    def test_an_outlier_does_not_flatten_the_rest(self) -> None:
        usual = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]
        table = [*usual, [0, 0, 0, 12_000]]
        cells = drawn(table).data[0]
        colours = {z for line in cells.z[:3] for z in line}
        assert len(colours) >= 6
        assert list(cells.z[3]) == [0, 0, 0, 9]

    def test_every_cell_has_one_colour_of_the_theme(self) -> None:
        cells = drawn([[1, 2, 3, 4], [5, 6, 7, 0]]).data[0]
        assert (cells.zmin, cells.zmax) == (-0.5, 9.5)
        steps = [colour for place, colour in cells.colorscale]
        assert steps[::2] == steps[1::2] == SEQUENTIAL
        assert {z for line in cells.z for z in line} <= set(range(10))
        assert not cells.showscale

    def test_a_diverging_scale_tells_its_numbers(self) -> None:
        scale = drawn([[-20, 1], [2, 4]], diverging=True).data[0].colorbar
        assert list(scale.ticktext) == ["≤ -8", "-3", "0", "3", "≥ 8"]
        assert list(scale.tickvals) == [-8, -3, 0, 3, 8]

    def test_what_is_not_known_is_blank_and_not_nothing(self) -> None:
        cells, written = drawn([[1, float("nan")], [0, 3]]).data
        assert cells.z[0][1] is None
        assert cells.z[1][0] == 0
        assert list(written.text) == ["1", "", "3"]

    @settings(deadline=None)
    @given(st.lists(st.floats(-1e4, 1e4), min_size=4, max_size=4))
    def test_residuals_are_symmetric_about_nothing(self, values: list[float]) -> None:
        cells = drawn([values[:2], values[2:]], diverging=True).data[0]
        assert cells.zmin == -cells.zmax
        assert 3 <= cells.zmax <= 8
        for line, given_line in zip(cells.z, (values[:2], values[2:]), strict=True):
            for z, value in zip(line, given_line, strict=True):
                assert z == pytest.approx(np.clip(value, cells.zmin, cells.zmax))
        assert [place for place, _ in cells.colorscale] == [0, 0.5, 1]

    def test_an_empty_table_is_drawn(self) -> None:
        assert [list(line) for line in drawn([[0, 0]]).data[0].z] == [[0, 0]]


class TestInk:
    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize("place", range(10))
    def test_numbers_can_be_read_on_every_colour_of_both_themes(
        self, theme: str, place: int
    ) -> None:
        colours = THEME[theme]
        ground = colours["chartSequentialColors"][place]
        ink = "backgroundColor" if place >= PALE else "textColor"
        assert contrast(colours[ink], ground) >= 4.5

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_residuals_can_be_read_at_both_ends(self, theme: str) -> None:
        colours = THEME[theme]
        for _, colour in DIVERGING:
            ground = blended(colour, colours["backgroundColor"])
            assert contrast(colours["textColor"], ground) >= 4.5

    def test_the_ink_is_that_of_the_cell(self) -> None:
        cells, written = drawn([[1, 2, 3], [4, 5, 6]]).data
        for text, ink in zip(written.text, written.textfont.color, strict=True):
            z = cells.z[(int(text) - 1) // 3][(int(text) - 1) % 3]
            assert ink == (GROUND if z >= PALE else TEXT)

    def test_residuals_are_in_the_colour_of_text(self) -> None:
        written = drawn([[-9, 9]], diverging=True).data[1]
        assert set(written.textfont.color) == {TEXT}


def channels(colour: str) -> list[float]:
    if colour.startswith("#"):
        return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return [float(each) for each in re.findall(r"[\d.]+", colour)]


def blended(colour: str, ground: str) -> str:
    *over, alpha = channels(colour)
    mixed = (
        round(each * alpha + under * (1 - alpha))
        for each, under in zip(over, channels(ground), strict=True)
    )
    return "#" + "".join(f"{each:02X}" for each in mixed)


def luminance(colour: str) -> float:
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in (each / 255 for each in channels(colour))
    ]
    return float(np.dot((0.2126, 0.7152, 0.0722), linear))


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


class TestChosenCell:
    def test_is_outlined(self) -> None:
        shapes = drawn([[1, 2], [3, 4]], chosen=("r1", "c0")).layout.shapes
        assert len(shapes) == 2
        assert (shapes[0].x0, shapes[0].y0) == (-0.5, 0.5)

    @pytest.mark.parametrize("chosen", [None, ("elsewhere", "c0"), ("r0", "")])
    def test_nothing_else_is(self, chosen: tuple[str, str] | None) -> None:
        assert drawn([[1, 2]], chosen=chosen).layout.shapes == ()


class TestOrder:
    @given(st.lists(st.lists(st.integers(0, 50), min_size=3, max_size=3), min_size=0, max_size=25))
    def test_is_a_permutation(self, table: list[list[int]]) -> None:
        assert sorted(stats.similar_order(table)) == list(range(len(table)))

    def test_like_stands_beside_like_whatever_its_size(self) -> None:
        table = [[90, 5, 5], [1, 1, 18], [9, 1, 0], [20, 10, 180], [5, 90, 5], [1, 9, 1]]
        order = list(stats.similar_order(table))
        for one, other in ((0, 2), (1, 3), (4, 5)):
            assert abs(order.index(one) - order.index(other)) == 1
