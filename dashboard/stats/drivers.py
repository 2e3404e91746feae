"""What drives an outcome: R² of a linear regression, shared out among its predictors."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import f

from dashboard.stats.intervals import Floats

_COLLINEAR = 1e-10
"""Eigenvalues of a correlation matrix below this part of the largest are rounding."""
_NOTHING = 1e-12
"""R² below this is rounding."""
_ERROR = 0.05
"""How often chance may be taken for an explanation."""


@dataclass(frozen=True)
class Drivers:
    """R² of an outcome on its predictors, and each predictor's share of it.

    ``r2`` is ``None`` where the outcome does not vary (or nothing was observed). ``shares`` are
    proportions that sum to 1, in the order of the predictors; ``None`` where nothing is explained,
    so that there is nothing to share. ``means`` are the predictors' means, NaN without observation.
    """

    n: int
    r2: float | None
    shares: Floats | None
    means: Floats

    @property
    def explain(self) -> bool:
        """Whether the predictors explain more than chance: F test of the regression at 5 %."""
        predictors = self.means.size
        left = self.n - predictors - 1
        if not self.r2 or left < 1:
            return False
        if self.r2 >= 1:
            return True
        ratio = self.r2 / predictors / ((1 - self.r2) / left)
        return bool(f.sf(ratio, predictors, left) < _ERROR)


def drivers(n: int, sums: ArrayLike, products: ArrayLike) -> Drivers:
    """Shares of R² averaged over all orders in which the predictors may enter (LMG, Shapley).

    Lindeman, Merenda & Gold (1980); Grömping (2007), The American Statistician 61(2). ``sums`` are
    those of the outcome and then of every predictor, ``products`` the matrix of the sums of their
    products. An average over p! orders is one over the 2^p subsets that may have entered before.
    Predictors that are constant or collinear do not disturb: R² of a subset is that of the space it
    spans (pseudo-inverse), so that equal predictors get equal shares and a constant one gets 0.
    """
    totals = np.asarray(sums, float)
    spread = np.asarray(products, float) * n - np.outer(totals, totals)  # n² × covariance
    means = totals[1:] / n if n else np.full(totals.size - 1, np.nan)
    if spread[0, 0] <= 0:
        return Drivers(n, None, None, means)
    scale = np.sqrt(np.where(np.diag(spread) > 0, np.diag(spread), 1))
    explained = _explained(spread / np.outer(scale, scale))
    r2 = explained[tuple(range(means.size))]
    if r2 < _NOTHING:
        return Drivers(n, 0.0, None, means)
    shares = np.array([_average_gain(each, means.size, explained) for each in range(means.size)])
    return Drivers(n, r2, shares / shares.sum(), means)


def _explained(correlations: Floats) -> dict[Sequence[int], float]:
    """R² of the regression on every subset of the predictors."""
    outcome, between = correlations[0, 1:], correlations[1:, 1:]
    return {
        subset: _r2(between[np.ix_(subset, subset)], outcome[list(subset)])
        for size in range(len(outcome) + 1)
        for subset in combinations(range(len(outcome)), size)
    }


def _r2(between: Floats, outcome: Floats) -> float:
    if not outcome.size:
        return 0.0
    return float(outcome @ np.linalg.pinv(between, rcond=_COLLINEAR, hermitian=True) @ outcome)


def _average_gain(predictor: int, count: int, explained: dict[Sequence[int], float]) -> float:
    """What R² gains by the predictor, averaged over all orders of entry."""
    return sum(
        factorial(len(before))
        * factorial(count - len(before) - 1)
        / factorial(count)
        * (explained[tuple(sorted((*before, predictor)))] - explained[before])
        for before in explained
        if predictor not in before
    )
