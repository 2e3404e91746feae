"""Control limits: stable series are quiet, shifts are found, limits start again; residuals."""

import warnings
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from dashboard import stats
from dashboard.measures import Measure, control
from dashboard.stats import Control, Signal

STEADY = [50.0, 52, 49, 51, 50, 48, 52, 50, 51, 50, 51, 49]
MANY = np.full(60, 100)


@pytest.fixture(autouse=True)
def _warnings_are_errors() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def xmr(values: list[float]) -> Control:
    return stats.xmr_chart(values, MANY[: len(values)])


def signals(found: Control, kind: Signal) -> list[int]:
    return [month for month, signal in enumerate(found.signals) if signal is kind]


class TestXmr:
    def test_by_hand(self) -> None:
        found = xmr([10, 12, 11, 13])
        half = 2.66 * (2 + 1 + 2) / 3
        assert found.centre == pytest.approx([11.5] * 4)
        assert found.low == pytest.approx([11.5 - half] * 4)
        assert found.high == pytest.approx([11.5 + half] * 4)
        assert found.signals == (None,) * 4
        assert found.starts == (0,)

    def test_a_point_outside(self) -> None:
        found = xmr([*STEADY, 70, 50])
        assert signals(found, Signal.OUTSIDE) == [12]
        assert found.centre[-1] == pytest.approx(np.mean(STEADY))

    def test_baseline_is_the_first_twelve(self) -> None:
        assert xmr([*STEADY, 70, 71]).high[0] == xmr(STEADY).high[0]

    def test_zero_variance(self) -> None:
        found = xmr([5.0] * 14 + [5.1])
        assert found.low[0] == found.centre[0] == found.high[0] == 5
        assert signals(found, Signal.OUTSIDE) == [14]
        assert xmr([0.1 + 0.2] * 20).signals == (None,) * 20

    @pytest.mark.parametrize("values", [[], [3.0], [float("nan")] * 9])
    def test_too_little_for_limits(self, values: list[float]) -> None:
        found = xmr(values)
        assert np.isnan(found.centre).all()
        assert np.isnan(found.low).all()
        assert found.signals == (None,) * len(values)
        assert found.starts == ()

    def test_small_months_have_limits_but_no_say(self) -> None:
        sizes = np.full(14, 100)
        sizes[[0, 5, 13]] = 4
        values = [900.0, *STEADY[:4], 900, *STEADY[4:11], 900]
        found = stats.xmr_chart(values, sizes)
        assert found.centre == pytest.approx([np.mean(STEADY[:11])] * 14)
        assert found.signals == (None,) * 14


class TestRuns:
    def test_a_shift_starts_new_limits_at_its_first_point(self) -> None:
        shifted = [value + 2.4 for value in STEADY]
        found = xmr([*STEADY, *shifted])
        assert found.starts == (0, 12)
        assert signals(found, Signal.RUN)[:8] == list(range(12, 20))
        assert found.centre[11] == pytest.approx(np.mean(STEADY))
        assert found.centre[12] == pytest.approx(np.mean(shifted))

    def test_seven_are_not_enough(self) -> None:
        found = xmr([*STEADY, *[52.0] * 7, 49])
        assert found.starts == (0,)
        assert not signals(found, Signal.RUN)

    def test_limits_start_again_as_often_as_the_level_shifts(self) -> None:
        up, down = [value + 5 for value in STEADY[:-1]], [value - 5 for value in STEADY]
        found = xmr([*STEADY, *up, *down])
        assert found.starts == (0, 12, 23)
        assert list(found.centre[[0, 12, 23]]) == pytest.approx(
            [np.mean(each) for each in (STEADY, up, down)]
        )

    def test_a_baseline_is_cut_where_limits_start_again(self) -> None:
        """A shift within the first year: six months at one level, then another."""
        early, late = [10.0, 11, 10, 11, 10, 11], [30.0, 31] * 6
        found = xmr([*early, *late])
        assert found.starts == (0, 6)
        assert found.centre[0] == pytest.approx(10.5)
        assert found.centre[6] == pytest.approx(30.5)
        assert found.high[0] < 20

    def test_a_run_at_the_start_is_marked_and_starts_nothing(self) -> None:
        found = xmr([*[50.0, 51] * 4, *[40.0, 41] * 2])
        assert found.starts == (0,)
        assert signals(found, Signal.RUN) == list(range(8))

    def test_a_point_on_the_centre_ends_a_run(self) -> None:
        baseline = [49.0, 51] * 6
        assert signals(xmr([*baseline, 49, *[51.0] * 8]), Signal.RUN) == list(range(13, 21))
        assert not signals(xmr([*baseline, 49, *[51.0] * 4, 50, *[51.0] * 4]), Signal.RUN)

    def test_a_month_too_small_does_not_end_a_run(self) -> None:
        sizes = np.full(22, 100)
        sizes[16] = 2
        values = [*[49.0, 51] * 6, 49, *[51.0] * 3, 0, *[51.0] * 5]
        found = stats.xmr_chart(values, sizes[: len(values)])
        assert signals(found, Signal.RUN) == [13, 14, 15, 17, 18, 19, 20, 21]

    def test_one_odd_month_before_a_shift_has_no_limits(self) -> None:
        found = xmr([0.0, *[50.0, 51] * 8])
        assert found.starts[-1] == 1
        assert np.isnan(found.centre[0])


class TestP:
    def test_by_hand(self) -> None:
        found = stats.p_chart([40, 60, 90], [100, 100, 400])
        p = 190 / 600
        assert found.centre == pytest.approx([p] * 3)
        assert found.high[0] == pytest.approx(p + 3 * np.sqrt(p * (1 - p) / 100))
        assert found.low[2] == pytest.approx(p - 3 * np.sqrt(p * (1 - p) / 400))
        assert found.signals == (None, Signal.OUTSIDE, Signal.OUTSIDE)

    def test_limits_stay_between_none_and_all(self) -> None:
        found = stats.p_chart([1, 39, 0, 40], [40, 40, 40, 40])
        few = stats.p_chart([39, 40, 38], [40, 40, 40])
        assert found.low.min() >= 0
        assert few.high.max() == 1

    def test_all_met(self) -> None:
        found = stats.p_chart([50, 60, 40], [50, 60, 41])
        assert found.high[0] == 1
        assert stats.p_chart([50, 60], [50, 60]).signals == (None, None)

    def test_small_and_empty_months(self) -> None:
        found = stats.p_chart([50, 0, 0, 55], [100, 0, 29, 100])
        assert found.centre == pytest.approx([0.525] * 4)
        assert np.isnan(found.low[1])
        assert found.low[2] < found.low[0]
        assert found.signals == (None,) * 4
        assert stats.p_chart([9, 9, 9], [29, 29, 29]).starts == ()


class TestNoise:
    """Of stable noise about 3 in 1000 points lie outside exact limits; estimated ones find more."""

    def test_stable_series_are_quiet(self) -> None:
        random = np.random.default_rng(1)
        met = random.binomial(200, 0.8, (300, 36))
        values = random.normal(50, 4, (300, 36))
        sizes = np.full(36, 200)
        for charts in (
            [stats.p_chart(each, sizes) for each in met],
            [stats.xmr_chart(each, sizes) for each in values],
        ):
            outside = np.mean([signal is Signal.OUTSIDE for c in charts for signal in c.signals])
            assert 0.001 < outside < 0.02
            assert np.mean([len(chart.starts) > 1 for chart in charts]) < 0.35

    def test_shifts_are_found(self) -> None:
        random = np.random.default_rng(2)
        shift = np.repeat([0.8, 0.7], [18, 18])
        charts = [stats.p_chart(random.binomial(200, shift), np.full(36, 200)) for _ in range(100)]
        found = [any(14 <= start <= 20 for start in chart.starts) for chart in charts]
        assert np.mean(found) > 0.9

    @settings(deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 60), st.floats(-5, 5)), max_size=50))
    def test_any_series_is_charted(self, months: list[tuple[int, float]]) -> None:
        sizes, values = [n for n, _ in months], [value for _, value in months]
        found = stats.xmr_chart(values, sizes)
        assert len(found.signals) == found.centre.size == len(months)
        assert list(found.starts) == sorted(set(found.starts))
        known = np.isfinite(found.centre)
        assert (found.low[known] <= found.high[known]).all()
        assert all(size >= 5 for size, signal in zip(sizes, found.signals, strict=True) if signal)


class TestMeasures:
    def test_shares_in_percent_have_a_p_chart(self) -> None:
        months = [
            Measure("csat", 50, 100, parts={"x": 50, "n": 100}),
            None,
            Measure("csat", 60, 100, parts={"x": 60, "n": 100}),
        ]
        found = control("csat", months)
        assert found.centre == pytest.approx([55] * 3)
        assert found.high[0] == pytest.approx(55 + 300 * np.sqrt(0.55 * 0.45 / 100))
        assert np.isnan(found.high[1])

    def test_anything_else_has_an_xmr_chart(self) -> None:
        months = [Measure("ces", value, 9) for value in (5.0, 5.2)]
        found = control("ces", [*months, Measure("ces", None, 0), Measure("ces", 9, 4)])
        assert found.high == pytest.approx([5.1 + 2.66 * 0.2] * 4)
        assert found.signals == (None,) * 4
        assert control("nps", []).starts == ()


class TestResiduals:
    def test_by_hand(self) -> None:
        counts = np.array([[30, 10], [20, 40]])
        expected = 40 * 50 / 100
        adjusted = (30 - expected) / np.sqrt(expected * (1 - 0.4) * (1 - 0.5))
        found = stats.adjusted_residuals(counts)
        assert found[0, 0] == pytest.approx(adjusted)
        assert adjusted**2 == pytest.approx(chi2_contingency(counts, correction=False).statistic)
        assert adjusted > stats.STANDS_OUT

    def test_independent_counts_have_none(self) -> None:
        assert stats.adjusted_residuals([[2, 4], [3, 6]]) == pytest.approx(np.zeros((2, 2)))

    def test_empty_rows_and_columns_change_nothing(self) -> None:
        found = stats.adjusted_residuals([[30, 0, 10], [0, 0, 0], [20, 0, 40]])
        assert np.isnan(found[1]).all()
        assert np.isnan(found[:, 1]).all()
        full = stats.adjusted_residuals([[30, 10], [20, 40]])
        assert found[np.ix_([0, 2], [0, 2])] == pytest.approx(full)

    @pytest.mark.parametrize("counts", [[[0, 0]], [[3, 4, 5]], [[3], [4]], [[3, 0], [4, 0]]])
    def test_nothing_to_compare_with(self, counts: list[list[int]]) -> None:
        assert np.isnan(stats.adjusted_residuals(counts)).all()
        assert stats.adjusted_residuals(np.zeros((0, 0))).size == 0


class TestRunsFound:
    def test_none_where_there_are_no_limits(self) -> None:
        assert stats.runs(xmr([])) == ()
        assert stats.runs(xmr([50.0])) == ()
        assert stats.runs(xmr(STEADY)) == ()

    def test_a_run_at_the_head_is_no_shift(self) -> None:
        found = xmr([*[50.0] * 8, 46.0, 47.0, 45.0, 46.0])
        (run,) = stats.runs(found)
        assert (run.first, run.last, run.months, run.shift) == (0, 7, 8, False)

    def test_a_shift_starts_where_the_limits_start_again(self) -> None:
        found = xmr([*STEADY, *[51.5, 52.0] * 5])
        (run,) = stats.runs(found)
        assert run.shift
        assert run.first in found.starts
        assert run.months == 8

    @given(st.lists(st.integers(0, 9), max_size=40))
    def test_every_run_signal_is_in_one_run(self, values: list[int]) -> None:
        found = xmr([float(each) for each in values])
        marked = set(signals(found, Signal.RUN))
        inside = [month for run in stats.runs(found) for month in range(run.first, run.last + 1)]
        assert len(inside) == len(set(inside))
        assert marked <= set(inside)
