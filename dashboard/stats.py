"""Intervals, the survival curve, and differences of two estimates.

Arrays and numbers in, small results out; nothing here knows metrics or the store. Every interval is
at 95 %. What cannot be estimated (no or too few observations) is NaN in arrays and ``None`` in
single results; nothing fails or warns on empty, single, constant or wholly censored data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

Floats = NDArray[np.float64]

Z = float(stats.norm.ppf(0.975))
_TOLERANCE = 1e-9
"""How far above ½ a survival probability may lie through rounding and still count as ½."""


class Bounds(NamedTuple):
    """Lower and upper bounds, one pair per element."""

    low: Floats
    high: Floats


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % interval; ``None`` where it cannot be estimated."""

    value: float | None
    low: float | None
    high: float | None

    @property
    def excludes_zero(self) -> bool | None:
        """Whether 0 lies outside the interval; ``None`` without one."""
        if self.low is None or self.high is None:
            return None
        return self.low > 0 or self.high < 0


NO_ESTIMATE = Estimate(None, None, None)


def wilson(x: ArrayLike, n: ArrayLike) -> Bounds:
    """Wilson score interval of the shares x ÷ n, as proportions; NaN where n = 0.

    Wilson (1927), as in statsmodels.
    """
    successes, trials = np.asarray(x, float), np.asarray(n, float)
    low, high = np.full(trials.shape, np.nan), np.full(trials.shape, np.nan)
    some = trials > 0
    if some.any():
        bounds = proportion_confint(successes[some], trials[some], method="wilson")
        low[some], high[some] = np.clip(bounds, 0, 1)
    return Bounds(low, high)


def mean_interval(n: ArrayLike, mean: ArrayLike, sd: ArrayLike) -> Bounds:
    """Student t interval of means, from sizes, means and sample deviations; NaN where n < 2."""
    sizes, means, deviations = (np.asarray(each, float) for each in (n, mean, sd))
    low, high = np.full(sizes.shape, np.nan), np.full(sizes.shape, np.nan)
    some = sizes > 1
    half = stats.t.ppf(0.975, sizes[some] - 1) * deviations[some] / np.sqrt(sizes[some])
    low[some], high[some] = means[some] - half, means[some] + half
    return Bounds(low, high)


def nps_interval(promoters: ArrayLike, passives: ArrayLike, detractors: ArrayLike) -> Bounds:
    """Adjusted Wald interval of net promoter scores, as −1…1; NaN without an answer.

    ¾ is added to promoters and detractors and 1½ to passives (Rocks 2016, after Agresti–Coull).
    """
    centre, variance = _adjusted_nps(promoters, passives, detractors)
    half = Z * np.sqrt(variance)
    return Bounds(centre - half, centre + half)


def _adjusted_nps(
    promoters: ArrayLike, passives: ArrayLike, detractors: ArrayLike
) -> tuple[Floats, Floats]:
    up, even, down = (np.asarray(each, float) for each in (promoters, passives, detractors))
    n = up + even + down
    adjusted = np.where(n > 0, n + 3, np.nan)
    p, q = (up + 0.75) / adjusted, (down + 0.75) / adjusted
    return p - q, (p + q - (p - q) ** 2) / adjusted


@dataclass(frozen=True)
class SurvivalCurve:
    """A Kaplan–Meier curve: survival from each event time on, with its log-log band.

    ``times`` are the distinct event times, ascending; before the first one survival is 1.
    """

    times: Floats
    survival: Floats
    low: Floats
    high: Floats
    n: int

    def at(self, time: float) -> Estimate:
        """Survival at a time; carried on beyond the last event, 1 before the first."""
        if self.n == 0:
            return NO_ESTIMATE
        index = int(np.searchsorted(self.times, time, side="right")) - 1
        if index < 0:
            return Estimate(1.0, 1.0, 1.0)
        return Estimate(
            float(self.survival[index]), float(self.low[index]), float(self.high[index])
        )

    def median(self) -> Estimate:
        """The first event time with survival ≤ ½, its bounds from the band in the same way.

        A value or bound is ``None`` where the curve or band stays above ½.
        """
        return Estimate(
            *(self._first_at_half(each) for each in (self.survival, self.low, self.high))
        )

    def _first_at_half(self, curve: Floats) -> float | None:
        reached = np.flatnonzero(curve <= 0.5 + _TOLERANCE)
        return float(self.times[reached[0]]) if reached.size else None


def kaplan_meier(events: Sequence[float], censored: Sequence[float]) -> SurvivalCurve:
    """The Kaplan–Meier curve of event times and censoring times.

    Kaplan & Meier (1958), Greenwood's variance and the log-log band (Kalbfleisch & Prentice 1980).
    ``scipy.stats.ecdf`` has the same curve and band, but warns and leaves the band undefined at
    survival 0, where here it is the value itself.
    """
    times, deaths = np.unique(np.asarray(events, float), return_counts=True)
    waits = np.sort(np.asarray(censored, float))
    still_waiting = waits.size - np.searchsorted(waits, times, side="left")
    at_risk = deaths[::-1].cumsum()[::-1] + still_waiting
    survival: Floats = np.cumprod((at_risk - deaths) / at_risk, dtype=np.float64)
    low, high = survival.copy(), survival.copy()
    inner = at_risk > deaths  # false only where survival reaches 0, at the last event
    greenwood = np.cumsum(deaths[inner] / (at_risk[inner] * (at_risk[inner] - deaths[inner])))
    logarithm = np.log(survival[inner])
    spread = Z * np.sqrt(greenwood) / -logarithm
    low[inner] = np.exp(logarithm * np.exp(spread))
    high[inner] = np.exp(logarithm * np.exp(-spread))
    return SurvivalCurve(times, survival, low, high, len(events) + len(censored))


def share_difference(x1: int, n1: int, x0: int, n0: int) -> Estimate:
    """x1 ÷ n1 − x0 ÷ n0 with Newcombe's hybrid score interval (1998), as in statsmodels."""
    if n1 == 0 or n0 == 0:
        return NO_ESTIMATE
    low, high = confint_proportions_2indep(x1, n1, x0, n0, method="newcomb")
    return Estimate(x1 / n1 - x0 / n0, float(low), float(high))


def mean_difference(first: tuple[int, float, float], second: tuple[int, float, float]) -> Estimate:
    """Difference of two means, each given as (n, mean, sd), with Welch's t interval (1947).

    Without an interval where neither side varies: constant ratings say nothing of chance.
    """
    (n1, mean1, sd1), (n0, mean0, sd0) = first, second
    if n1 < 2 or n0 < 2:
        return NO_ESTIMATE
    delta, var1, var0 = mean1 - mean0, sd1**2 / n1, sd0**2 / n0
    if var1 + var0 == 0:
        return Estimate(delta, None, None)
    freedom = (var1 + var0) ** 2 / (var1**2 / (n1 - 1) + var0**2 / (n0 - 1))
    half = float(stats.t.ppf(0.975, freedom)) * sqrt(var1 + var0)
    return Estimate(delta, delta - half, delta + half)


def nps_difference(first: tuple[int, int, int], second: tuple[int, int, int]) -> Estimate:
    """Difference of two net promoter scores (−2…2), the variances of the adjusted scores summed.

    Each is given as (promoters, passives, detractors).
    """
    if not sum(first) or not sum(second):
        return NO_ESTIMATE
    (score1, variance1), (score0, variance0) = _adjusted_nps(*first), _adjusted_nps(*second)
    half = Z * float(np.sqrt(variance1 + variance0))
    centre = float(score1 - score0)
    raw = (first[0] - first[2]) / sum(first) - (second[0] - second[2]) / sum(second)
    return Estimate(raw, centre - half, centre + half)


def recovered_difference(first: Estimate, second: Estimate) -> Estimate:
    """Difference of two independent estimates, its variance recovered from their intervals.

    MOVER (Zou & Donner 2008): for two Wilson intervals this is Newcombe's. Used for survival
    probabilities, whose log-log bands are not symmetric.
    """
    if None in (first.value, first.low, first.high, second.value, second.low, second.high):
        return NO_ESTIMATE
    value1, low1, high1 = _floats(first)
    value0, low0, high0 = _floats(second)
    delta = value1 - value0
    return Estimate(
        delta,
        delta - sqrt((value1 - low1) ** 2 + (high0 - value0) ** 2),
        delta + sqrt((high1 - value1) ** 2 + (value0 - low0) ** 2),
    )


def intervals_apart(first: Estimate, second: Estimate) -> bool | None:
    """Whether two medians differ: their intervals do not overlap. ``None`` where one has no value.

    An open upper bound reaches to infinity.
    """
    if first.value is None or second.value is None or first.low is None or second.low is None:
        return None
    return (first.high is not None and first.high < second.low) or (
        second.high is not None and second.high < first.low
    )


def _floats(estimate: Estimate) -> tuple[float, float, float]:
    return float(estimate.value or 0), float(estimate.low or 0), float(estimate.high or 0)
