"""What changed: the change of a ratio, split into what each group contributed."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from dashboard.stats.intervals import Floats


class Split(NamedTuple):
    """A ratio before and after, and per group its rate and mix effect; NaN where not defined."""

    before: float
    after: float
    rate: Floats
    mix: Floats


def contribution(n0: ArrayLike, r0: ArrayLike, n1: ArrayLike, r1: ArrayLike) -> Split:
    """Split the change of a ratio R = Σ w·r, w = n ÷ Σ n, over the groups that it is made of.

    ``n0`` and ``n1`` are the groups' sizes before and after, ``r0`` and ``r1`` their ratios, which
    do not matter where the size is 0. Rate effect ½(w₀ + w₁)(r₁ − r₀): the group itself changed.
    Mix effect (w₁ − w₀)(½(r₀ + r₁) − ½(R₀ + R₁)): there is more or less of a group that lies above
    or below the whole. All effects together are R₁ − R₀: the symmetric form of Kitagawa (1955,
    JASA 50), its composition part set against the mean of the two wholes, which adds nothing as the
    weights sum to 1. A group that is absent on one side takes the other side's ratio, so that it
    has a mix effect only. Every effect is NaN where one side has no group at all.
    """
    sizes0, sizes1 = np.asarray(n0, float), np.asarray(n1, float)
    ratios0, ratios1 = np.asarray(r0, float), np.asarray(r1, float)
    before, after = np.where(sizes0 > 0, ratios0, ratios1), np.where(sizes1 > 0, ratios1, ratios0)
    weights0, weights1 = _weights(sizes0), _weights(sizes1)
    whole0, whole1 = _whole(weights0, before), _whole(weights1, after)
    rate = (weights0 + weights1) / 2 * (after - before)
    mix = (weights1 - weights0) * ((before + after) / 2 - (whole0 + whole1) / 2)
    return Split(whole0, whole1, rate, mix)


def _whole(weights: Floats, ratios: Floats) -> float:
    return float((weights * ratios).sum()) if weights.size else np.nan


def _weights(sizes: Floats) -> Floats:
    total = sizes.sum()
    return sizes / total if total else np.full(sizes.shape, np.nan)
