"""Funnel plots: how far a rate may lie from the whole's by chance, at a given volume.

Spiegelhalter (2005), “Funnel plots for comparing institutional performance”, Statistics in Medicine
24, 1185–1202. Limits are drawn at 95 % and 99.8 % (about two and three standard errors). Nothing is
added for spread between institutions beyond chance: many points outside say that there is some.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from dashboard.stats.intervals import Bounds, Floats

INNER, OUTER = 0.95, 0.998
"""The chance that a point lies within the inner and the outer limits, if all are alike."""


class Limits(NamedTuple):
    """Control limits, one pair per size: 95 % and 99.8 %; NaN where there is no size."""

    inner: Bounds
    outer: Bounds


def share_limits(n: ArrayLike, share: float) -> Limits:
    """Limits of proportions of ``n`` cases around ``share``: exact binomial, interpolated (A.1.1).

    A point lies below the lower limit exactly where P(R ≤ its count) is smaller than the limit's
    tail (2.5 % or 0.1 %), and above the upper one where P(R ≥ its count) is.
    """
    sizes = _sizes(n)
    return _limits(lambda p: np.clip(_counts(stats.binom(sizes, share), p) / sizes, 0.0, 1.0))


def count_limits(exposure: ArrayLike, rate: float) -> Limits:
    """Limits of counts per exposure around ``rate``: exact Poisson, interpolated as for shares."""
    sizes = _sizes(exposure)
    return _limits(lambda p: np.maximum(_counts(stats.poisson(sizes * rate), p) / sizes, 0.0))


def mean_limits(n: ArrayLike, mean: float, sd: float) -> Limits:
    """Limits of means of ``n`` cases around ``mean``: normal, mean ± z · sd ÷ √n.

    ``sd`` is the deviation within institutions, see ``within_sd``.
    """
    error = sd / np.sqrt(_sizes(n))
    return _limits(lambda p: mean + stats.norm.ppf(p) * error)


def within_sd(n: ArrayLike, sd: ArrayLike) -> float:
    """The standard deviation within groups, pooled over their sizes and sample deviations.

    √(Σ (n − 1) · sd² ÷ Σ (n − 1)); NaN where no group has two cases.
    """
    freedom = np.maximum(np.asarray(n, float) - 1, 0)
    known = freedom > 0
    squares = np.asarray(sd, float)[known] ** 2
    total = freedom.sum()
    return float(np.sqrt((freedom[known] * squares).sum() / total)) if total else np.nan


def _limits(quantile: Callable[[float], Floats]) -> Limits:
    inner, outer = (
        Bounds(quantile((1 - inside) / 2), quantile((1 + inside) / 2)) for inside in (INNER, OUTER)
    )
    return Limits(inner, outer)


def _counts(distribution: Any, probability: float) -> Floats:
    """The count at a limit: r − α, r being the smallest count with P(R ≤ r) ≥ p.

    α = (P(R ≤ r) − p) ÷ P(R = r) keeps limits from jumping between sizes. The paper's upper limit
    would also exclude counts whose own tail is larger than the limit's; one count is added, which
    makes it the lower limit of the opposite event.
    """
    count = distribution.ppf(probability)
    alpha = (distribution.cdf(count) - probability) / distribution.pmf(count)
    return np.asarray(count - alpha + (probability > 0.5), float)


def _sizes(n: ArrayLike) -> Floats:
    sizes = np.asarray(n, float)
    return np.where(sizes > 0, sizes, np.nan)
