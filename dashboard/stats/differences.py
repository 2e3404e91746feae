"""Differences of two estimates with their own 95 % intervals."""

from math import sqrt

import numpy as np
from scipy import stats

from dashboard.stats.intervals import NO_ESTIMATE, Estimate, Z, adjusted_nps


def share_difference(x1: int, n1: int, x0: int, n0: int) -> Estimate:
    """x1 ÷ n1 − x0 ÷ n0 with Newcombe's hybrid score interval (1998, method 10).

    In plain numbers: a table judges thousands of such changes at once.
    """
    if n1 == 0 or n0 == 0:
        return NO_ESTIMATE
    first, second = x1 / n1, x0 / n0
    (low1, high1), (low0, high0) = _score(first, n1), _score(second, n0)
    delta = first - second
    below = sqrt((first - low1) ** 2 + (high0 - second) ** 2)
    above = sqrt((high1 - first) ** 2 + (second - low0) ** 2)
    return Estimate(delta, delta - below, delta + above)


def _score(share: float, n: int) -> tuple[float, float]:
    """Wilson's score interval of one share."""
    spread = Z**2 / n
    centre = (share + spread / 2) / (1 + spread)
    half = Z * sqrt((share * (1 - share) + spread / 4) / n) / (1 + spread)
    return max(centre - half, 0.0), min(centre + half, 1.0)


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
    (score1, variance1), (score0, variance0) = adjusted_nps(*first), adjusted_nps(*second)
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
