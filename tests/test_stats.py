"""Intervals, survival curve and differences: against libraries, by hand, and at the edges."""

import warnings
from collections.abc import Iterator
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as scipy_stats
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from dashboard import stats
from dashboard.stats import Estimate

HOURS = st.lists(st.integers(0, 12).map(float), max_size=25)


@pytest.fixture(autouse=True)
def _warnings_are_errors() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


class TestWilson:
    def test_by_hand(self) -> None:
        z, n, p = stats.Z, 50, 0.6
        centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z * sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
        low, high = stats.wilson([30], [50])
        assert (low[0], high[0]) == pytest.approx((centre - half, centre + half), rel=1e-12)

    def test_nothing_none_and_all(self) -> None:
        low, high = stats.wilson([0, 0, 5, 1], [0, 5, 5, 1])
        assert np.isnan(low[0])
        assert np.isnan(high[0])
        assert low[1] == 0
        assert high[2] == high[3] == 1


class TestMeanInterval:
    def test_against_scipy(self) -> None:
        sample = [1.0, 2.5, 4.0, 4.5]
        low, high = stats.mean_interval([4], [np.mean(sample)], [np.std(sample, ddof=1)])
        expected = scipy_stats.ttest_1samp(sample, 0).confidence_interval(0.95)
        assert (low[0], high[0]) == pytest.approx((expected.low, expected.high), rel=1e-12)

    def test_none_one_and_all_equal(self) -> None:
        low, high = stats.mean_interval([0, 1, 3], [np.nan, 4, 4], [np.nan, np.nan, 0])
        assert np.isnan(low[:2]).all()
        assert np.isnan(high[:2]).all()
        assert low[2] == high[2] == 4


class TestNps:
    def test_formula_of_the_catalogue(self) -> None:
        p, q, n = (30 + 0.75) / 63, (10 + 0.75) / 63, 63
        half = stats.Z * sqrt((p + q - (p - q) ** 2) / n)
        low, high = stats.nps_interval([30], [20], [10])
        assert (low[0], high[0]) == pytest.approx((p - q - half, p - q + half), rel=1e-12)

    def test_without_an_answer(self) -> None:
        low, high = stats.nps_interval([0, 1], [0, 0], [0, 0])
        assert np.isnan(low[0])
        assert low[1] < high[1]

    def test_difference_sums_the_variances(self) -> None:
        found = stats.nps_difference((30, 20, 10), (10, 20, 30))
        one = stats.nps_interval([30], [20], [10])
        half = (one.high[0] - one.low[0]) / 2 * sqrt(2)
        assert found.value == pytest.approx(2 / 3)
        assert found.low is not None
        assert found.high is not None
        assert (found.high - found.low) / 2 == pytest.approx(half)
        assert found.excludes_zero
        assert stats.nps_difference((0, 0, 0), (1, 0, 0)) == stats.NO_ESTIMATE


class TestKaplanMeier:
    def test_by_hand(self) -> None:
        curve = stats.kaplan_meier([1, 2, 3], [2.5])
        assert curve.survival == pytest.approx([0.75, 0.5, 0])
        assert curve.n == 4
        assert curve.median().value == 2
        assert curve.at(2.9).value == pytest.approx(0.5)

    @settings(max_examples=60, deadline=None)
    @given(HOURS.filter(bool), HOURS)
    def test_against_scipy(self, events: list[float], censored: list[float]) -> None:
        """scipy has the same curve and band; it leaves the band undefined at survival 0."""
        curve = stats.kaplan_meier(events, censored)
        data = scipy_stats.CensoredData(uncensored=events, right=censored)
        theirs = scipy_stats.ecdf(data).sf
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            band = theirs.confidence_interval(method="log-log")
        assert curve.survival == pytest.approx(theirs.evaluate(curve.times), abs=1e-12)
        inner = curve.survival > 1e-12
        for ours, library in ((curve.low, band.low), (curve.high, band.high)):
            assert ours[inner] == pytest.approx(library.evaluate(curve.times[inner]), abs=1e-9)
            assert ours[~inner] == pytest.approx(0)

    def test_before_the_first_and_beyond_the_last_event(self) -> None:
        curve = stats.kaplan_meier([5, 6], [9, 9])
        assert curve.at(4) == Estimate(1, 1, 1)
        assert curve.at(1000) == curve.at(6)
        assert curve.at(6).value == pytest.approx(0.5)

    def test_all_censored_has_no_median(self) -> None:
        curve = stats.kaplan_meier([], [3, 4])
        assert curve.median() == stats.NO_ESTIMATE
        assert curve.at(720) == Estimate(1, 1, 1)

    def test_nothing(self) -> None:
        curve = stats.kaplan_meier([], [])
        assert curve.n == 0
        assert curve.median() == curve.at(720) == stats.NO_ESTIMATE

    @pytest.mark.parametrize("events", [[5.0], [5.0, 5.0, 5.0], [0.0]])
    def test_all_at_once(self, events: list[float]) -> None:
        curve = stats.kaplan_meier(events, [])
        assert curve.median() == Estimate(events[0], events[0], events[0])
        assert curve.at(5) == Estimate(0, 0, 0)

    def test_a_half_missed_by_rounding_counts(self) -> None:
        """Of 98 cases 49 ended one by one: the product of the steps need not be ½ exactly."""
        for size in range(2, 100, 2):
            curve = stats.kaplan_meier(list(range(size)), [])
            assert curve.median().value == size / 2 - 1


class TestDifferences:
    def test_newcombe_is_recovered_from_two_wilson_intervals(self) -> None:
        found = stats.share_difference(56, 70, 48, 80)
        bounds = stats.wilson([56, 48], [70, 80])
        first, second = (
            Estimate(x / n, float(low), float(high))
            for x, n, low, high in zip((56, 48), (70, 80), bounds.low, bounds.high, strict=True)
        )
        recovered = stats.recovered_difference(first, second)
        assert (found.low, found.high) == pytest.approx((recovered.low, recovered.high), rel=1e-9)
        # Newcombe (1998), table II, example a, method 10
        assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)

    @pytest.mark.parametrize("x1", [0, 1, 37, 70])
    @pytest.mark.parametrize("x0", [0, 3, 80])
    def test_newcombe_against_statsmodels(self, x1: int, x0: int) -> None:
        found = stats.share_difference(x1, 70, x0, 80)
        expected = confint_proportions_2indep(x1, 70, x0, 80, method="newcomb")
        assert (found.low, found.high) == pytest.approx(expected, abs=1e-12)

    @pytest.mark.parametrize("counts", [(0, 0, 1, 5), (1, 5, 0, 0)])
    def test_share_of_nothing(self, counts: tuple[int, int, int, int]) -> None:
        assert stats.share_difference(*counts) == stats.NO_ESTIMATE

    @pytest.mark.parametrize("counts", [(0, 5, 0, 5), (5, 5, 0, 5), (1, 1, 0, 1), (1, 1, 1, 1)])
    def test_shares_at_the_edge(self, counts: tuple[int, int, int, int]) -> None:
        found = stats.share_difference(*counts)
        assert found.low is not None
        assert found.high is not None
        assert -1 <= found.low <= (found.value or 0) <= found.high <= 1

    def test_welch_against_statsmodels(self) -> None:
        one, two = np.array([1.0, 2, 4, 7, 9]), np.array([2.0, 2, 3, 3])
        found = stats.mean_difference(
            (5, one.mean(), one.std(ddof=1)), (4, two.mean(), two.std(ddof=1))
        )
        expected = CompareMeans(DescrStatsW(one), DescrStatsW(two)).tconfint_diff(usevar="unequal")
        assert (found.low, found.high) == pytest.approx(expected, rel=1e-9)

    def test_welch_without_variance_says_nothing_of_chance(self) -> None:
        found = stats.mean_difference((2, 4.0, 0.0), (2, 5.0, 0.0))
        assert found == Estimate(-1, None, None)
        assert found.excludes_zero is None
        assert stats.mean_difference((1, 4.0, 0.0), (9, 5.0, 1.0)) == stats.NO_ESTIMATE

    def test_medians_differ_where_intervals_are_apart(self) -> None:
        assert stats.intervals_apart(Estimate(5, 4, 6), Estimate(9, 7, None)) is True
        assert stats.intervals_apart(Estimate(9, 7, None), Estimate(5, 4, 6)) is True
        assert stats.intervals_apart(Estimate(5, 4, None), Estimate(9, 7, 10)) is False
        assert stats.intervals_apart(Estimate(5, 4, 6), Estimate(5, 6, 7)) is False
        assert stats.intervals_apart(stats.NO_ESTIMATE, Estimate(5, 4, 6)) is None
