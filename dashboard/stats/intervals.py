"""95 % intervals of shares, means and net promoter scores, for many groups at once."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

Floats = NDArray[np.float64]

Z = float(stats.norm.ppf(0.975))


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
    centre, variance = adjusted_nps(promoters, passives, detractors)
    half = Z * np.sqrt(variance)
    return Bounds(centre - half, centre + half)


def adjusted_nps(
    promoters: ArrayLike, passives: ArrayLike, detractors: ArrayLike
) -> tuple[Floats, Floats]:
    """Centre and variance of the adjusted net promoter scores, as −1…1; NaN without an answer."""
    up, even, down = (np.asarray(each, float) for each in (promoters, passives, detractors))
    n = up + even + down
    adjusted = np.where(n > 0, n + 3, np.nan)
    p, q = (up + 0.75) / adjusted, (down + 0.75) / adjusted
    return p - q, (p + q - (p - q) ** 2) / adjusted
