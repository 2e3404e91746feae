"""Could it be chance? p-values that agree with the catalogue's intervals, and many of them at once.

Every test here is the one whose 95 % interval the catalogue shows: the interval excludes 0 exactly
where p < 0.05. Counts, for which the catalogue has none, are compared by the conditional binomial
test of two Poisson rates, widened by the over-dispersion that their own months show.
"""

from collections.abc import Sequence
from math import erfc, exp, inf, log, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats as scipy_stats

from dashboard import estimators, stats
from dashboard.findings.model import Difference
from dashboard.measures import Measure
from dashboard.metrics import METRICS, Statistic

MEAN_RANGE = 1.128
"""d₂: the mean moving range of independent normal values in standard deviations."""


def compared(metric: str, before: Measure, after: Measure) -> Difference | None:
    """after − before of a share, mean, NPS or survival share, as ``measures.change`` tests it.

    ``None`` where one side cannot be estimated or nothing varies.
    """
    entry = METRICS[metric]
    if entry.statistic in (Statistic.SHARE, Statistic.SURVIVAL_SHARE):
        # Newcombe's interval is MOVER of two Wilson intervals, and a measure carries its own.
        found, factor = stats.recovered_difference(_estimate(after), _estimate(before)), 1.0
    elif entry.statistic is Statistic.NPS:
        found = stats.nps_difference(_answers(after), _answers(before))
        factor = estimators.scale(entry)
    else:
        found, factor = stats.mean_difference(_sample(after), _sample(before)), 1.0
    if found.value is None or found.low is None or found.high is None:
        return None
    return _difference(found.value * factor, found.low * factor, found.high * factor)


def _difference(delta: float, low: float, high: float) -> Difference:
    """p from the distance of the interval's middle from 0, in standard errors."""
    half = (high - low) / 2
    z = stats.Z * abs((low + high) / 2) / half if half > 0 else inf
    return Difference(delta, low, high, two_sided(z))


def two_sided(z: float) -> float:
    """The two-sided p-value of a standard normal deviate."""
    return erfc(abs(z) / sqrt(2))


def apart(own: Difference, others: Difference) -> Difference:
    """How far a difference goes beyond that of the others: difference in differences."""
    delta = own.delta - others.delta
    half = sqrt(((own.high - own.low) / 2) ** 2 + ((others.high - others.low) / 2) ** 2)
    return _difference(delta, delta - half, delta + half)


def counts(
    before: tuple[int, float], after: tuple[int, float], dispersion: float
) -> Difference | None:
    """Change of a count in per cent; each side is given as (count, exposure).

    Conditional on the sum the later count is binomial (Przyborowski & Wilenski 1940); its standard
    error is √dispersion times that of chance. The interval is that of the logarithm of the ratio.
    """
    (x0, exposure0), (x1, exposure1) = before, after
    if not x0 or not x1 or not exposure0 or not exposure1:
        return None
    share = exposure1 / (exposure0 + exposure1)
    expected = (x0 + x1) * share
    distance = max(abs(x1 - expected) - 0.5, 0)
    z = distance / sqrt(expected * (1 - share) * dispersion)
    ratio = (x1 / exposure1) / (x0 / exposure0)
    half = stats.Z * sqrt(dispersion * (1 / x0 + 1 / x1))
    low, high = (100 * (exp(log(ratio) + sign * half) - 1) for sign in (-1, 1))
    return Difference(100 * (ratio - 1), low, high, two_sided(z), relative=True)


def dispersion(months: ArrayLike, expected: ArrayLike) -> float:
    """How many times the variance of monthly counts is that of chance, at least 1.

    From the moving range of the Pearson residuals, as Laney's p′ chart has it: neighbouring months
    are compared, so that a step or a slow trend does not pass for noise. ``expected``
    is what the counts would be if nothing but chance moved them.
    """
    seen, wanted = np.asarray(months, float), np.asarray(expected, float)
    some = wanted > 0
    if some.sum() < 2:
        return 1.0
    residuals = (seen[some] - wanted[some]) / np.sqrt(wanted[some])
    return max(1.0, (float(np.abs(np.diff(residuals)).mean()) / MEAN_RANGE) ** 2)


def survivors(p_values: Sequence[float], tolerated: float) -> list[bool]:
    """Which of many comparisons are more than chance, with so many of them made."""
    if not p_values:
        return []
    adjusted = scipy_stats.false_discovery_control(np.clip(p_values, 0, 1))
    return [bool(each <= tolerated) for each in adjusted]


def _estimate(each: Measure) -> stats.Estimate:
    return stats.Estimate(each.value, each.low, each.high)


def _answers(each: Measure) -> tuple[int, int, int]:
    parts = each.parts
    return parts["promoters"], parts["passives"], parts["detractors"]


def _sample(each: Measure) -> tuple[int, float, float]:
    return each.parts["n"], each.parts["mean"], each.parts["sd"]
