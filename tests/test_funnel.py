"""Funnel limits: exact tails, symmetric, closing with volume, quiet where there is nothing."""

import warnings
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from dashboard.stats import funnel

TAILS = {"inner": 0.025, "outer": 0.001}


@pytest.fixture(autouse=True)
def _warnings_are_errors() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


class TestShares:
    @settings(deadline=None)
    @given(st.integers(1, 60), st.just(0.0) | st.just(1.0) | st.floats(1e-3, 1 - 1e-3))
    def test_outside_is_what_the_tails_say(self, n: int, share: float) -> None:
        limits = funnel.share_limits([n], share)
        law = scipy_stats.binom(n, share)
        for band, tail in TAILS.items():
            low, high = getattr(limits, band)
            for count in range(n + 1):
                below, above = law.cdf(count), law.sf(count - 1)
                if abs(below - tail) > 1e-9 and abs(above - tail) > 1e-9:
                    assert (count < n * low[0] - 1e-7) == (below < tail)
                    assert (count > n * high[0] + 1e-7) == (above < tail)

    def test_known_lower_limit(self) -> None:
        # R ~ Bin(10, 0.5): P(R ≤ 1) = 11/1024 < 0.025 ≤ P(R ≤ 2) = 56/1024, so r = 2
        alpha = (56 / 1024 - 0.025) / (45 / 1024)
        low, high = funnel.share_limits([10], 0.5).inner
        assert low[0] == pytest.approx((2 - alpha) / 10)
        assert high[0] == pytest.approx(1 - (2 - alpha) / 10)

    @settings(deadline=None)
    @given(st.integers(1, 500), st.floats(0.01, 0.99))
    def test_failures_mirror_successes(self, n: int, share: float) -> None:
        good, bad = funnel.share_limits([n], share), funnel.share_limits([n], 1 - share)
        for one, other in zip(good, bad, strict=True):
            assert one.low == pytest.approx(1 - other.high, abs=1e-6)

    def test_many_cases_come_to_the_normal_approximation(self) -> None:
        (low, high), (lowest, highest) = funnel.share_limits([40_000], 0.85)
        error = np.sqrt(0.85 * 0.15 / 40_000)
        assert [low[0], high[0]] == pytest.approx([0.85 - 1.96 * error, 0.85 + 1.96 * error], 1e-4)
        assert [lowest[0], highest[0]] == pytest.approx(
            [0.85 - 3.09 * error, 0.85 + 3.09 * error], 1e-4
        )

    @pytest.mark.parametrize("share", [0.0, 1.0])
    def test_where_nothing_varies_nothing_stands_out(self, share: float) -> None:
        for low, high in funnel.share_limits([1, 10, 1000], share):
            assert (low <= share).all()
            assert (high >= share).all()


class TestCounts:
    @settings(deadline=None)
    @given(st.floats(0.1, 200), st.floats(0.01, 2))
    def test_outside_is_what_the_tails_say(self, exposure: float, rate: float) -> None:
        limits = funnel.count_limits([exposure], rate)
        law = scipy_stats.poisson(exposure * rate)
        for band, tail in TAILS.items():
            low, high = getattr(limits, band)
            for count in range(int(4 * exposure * rate + 20)):
                below, above = law.cdf(count), law.sf(count - 1)
                if abs(below - tail) > 1e-9 and abs(above - tail) > 1e-9:
                    assert (count < exposure * low[0] - 1e-7) == (below < tail)
                    assert (count > exposure * high[0] + 1e-7) == (above < tail)

    def test_nothing_counted(self) -> None:
        low, high = funnel.count_limits([5, 50], 0.0).inner
        assert (low == 0).all()
        assert (high >= 0).all()


class TestMeans:
    def test_known(self) -> None:
        limits = funnel.mean_limits([25], 5.5, 1.5)
        assert limits.inner.low == pytest.approx([5.5 - 1.959964 * 0.3])
        assert limits.outer.high == pytest.approx([5.5 + 3.090232 * 0.3])

    def test_deviation_within_leaves_out_what_lies_between(self) -> None:
        values = [np.array([1.0, 2.0, 3.0]), np.array([11.0, 12.0, 13.0, 14.0])]
        centred = np.concatenate([each - each.mean() for each in values])
        sizes, deviations = [3, 4], [each.std(ddof=1) for each in values]
        assert funnel.within_sd(sizes, deviations) == pytest.approx(np.sqrt((centred**2).sum() / 5))

    def test_single_cases_say_nothing_of_spread(self) -> None:
        assert np.isnan(funnel.within_sd([1, 1, 0], [np.nan, np.nan, np.nan]))
        assert funnel.within_sd([1, 2], [np.nan, 4.0]) == 4.0


@settings(deadline=None)
@given(st.integers(1, 300), st.integers(1, 300), st.floats(0.05, 0.95))
def test_limits_close_and_lie_within_each_other(n: int, more: int, share: float) -> None:
    for limits in (
        funnel.share_limits([n, n + more], share),
        funnel.mean_limits([n, n + more], share, 1.0),
    ):
        assert (limits.outer.low <= limits.inner.low).all()
        assert (limits.inner.high <= limits.outer.high).all()
    widths = limits.inner.high - limits.inner.low
    assert widths[1] < widths[0]


@pytest.mark.parametrize("limit", [funnel.share_limits, funnel.count_limits])
def test_no_size_no_limit(limit: object) -> None:
    for low, high in limit([0, 0], 0.5):  # type: ignore[operator]
        assert np.isnan(low).all()
        assert np.isnan(high).all()
    assert funnel.share_limits([], 0.5).inner.low.size == 0
