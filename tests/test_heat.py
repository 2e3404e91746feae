"""Heatmaps: colours by rank that no outlier flattens, residuals about 0, like beside like."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import charts, stats

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
        assert cells.zmax - cells.zmin == 7
        assert list(cells.z[3]) == [0, 0, 0, 7]

    def test_the_legend_tells_the_numbers(self) -> None:
        scale = drawn([[1, 1, 1], [2, 50, 0]]).data[0].colorbar
        assert scale.ticktext[:2] == ("0", "1")
        assert scale.ticktext[-1].endswith("50")
        assert len(scale.tickvals) == len(scale.ticktext)

    def test_what_is_not_known_is_blank_and_not_nothing(self) -> None:
        cells = drawn([[1, float("nan")], [0, 3]]).data[0]
        assert cells.z[0][1] is None
        assert cells.z[1][0] == 0
        assert [list(line) for line in cells.text] == [["1", ""], ["", "3"]]

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
