"""Rank bands: what overlaps cannot be told apart, whatever the order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.stats import rank_bands

NAN = float("nan")
BOUNDED = st.tuples(st.integers(0, 20), st.integers(0, 5), st.integers(0, 5))


class TestRankBands:
    def test_apart(self) -> None:
        score, low, high = (
            np.array(each, float) for each in ([90, 50, 70], [80, 40, 60], [95, 55, 75])
        )
        found = rank_bands(score, low, high)
        assert [(each.best, each.plain, each.worst) for each in found if each] == [
            (1, 1, 1),
            (3, 3, 3),
            (2, 2, 2),
        ]

    def test_touching_bounds_overlap(self) -> None:
        found = rank_bands(np.array([2.0, 1.0]), np.array([1.5, 0.5]), np.array([2.5, 1.5]))
        assert [(each.best, each.worst) for each in found if each] == [(1, 2), (1, 2)]

    def test_nobody_without_a_score_is_ranked(self) -> None:
        found = rank_bands(np.array([NAN, 1.0]), np.array([NAN, 1.0]), np.array([NAN, 1.0]))
        assert found[0] is None
        assert found[1] is not None
        assert found[1].of == 1

    @given(st.lists(st.none() | BOUNDED, max_size=12))
    def test_as_counted_one_by_one(self, given: list[tuple[int, int, int] | None]) -> None:
        rows = [(NAN, NAN, NAN) if g is None else (g[0], g[0] - g[1], g[0] + g[2]) for g in given]
        columns = np.array(rows, float).reshape(-1, 3).T
        for row, found in zip(rows, rank_bands(*columns), strict=True):
            others = [each for each in rows if each[0] == each[0]]
            if row[0] != row[0]:
                assert found is None
                continue
            assert found is not None
            assert found.of == len(others)
            assert found.plain == 1 + sum(each[0] > row[0] for each in others)
            assert found.best == 1 + sum(each[1] > row[2] for each in others)
            assert found.worst == len(others) - sum(each[2] < row[1] for each in others)
            assert found.best <= found.plain <= found.worst

    def test_nobody(self) -> None:
        nothing = np.array([])
        assert rank_bands(nothing, nothing, nothing) == []
