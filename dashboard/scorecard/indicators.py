"""The indicators of many people at once: raw value, shrunk estimate, variance and score.

Formulas: the catalogue, “Staff”. Arrays have one element per person; what is not measured is NaN.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.scorecard.scheme import COST_RATIO, SHARES, VALUE_ADDED, Goal, Scheme
from dashboard.stats import Floats


@dataclass(frozen=True)
class Share:
    """Cases that met a condition, x of n."""

    x: ArrayLike
    n: ArrayLike


@dataclass(frozen=True)
class Costs:
    """Cases with a cost c and expected cost e: n, Σc, Σe, Σc², Σce and Σe²; yuan."""

    n: ArrayLike
    cost: ArrayLike
    expected: ArrayLike
    cost_squared: ArrayLike
    cost_expected: ArrayLike
    expected_squared: ArrayLike


@dataclass(frozen=True)
class Tallies:
    """What the indicators of all people of the comparison group are made of.

    ``shares`` has those of ``scheme.SHARES``; ``value_added`` counts value-added records with
    revenue among all records.
    """

    shares: Mapping[str, Share]
    costs: Costs
    value_added: Share


@dataclass(frozen=True)
class Column:
    """One indicator of everybody; values in its unit, score 0 to 100, NaN where it is absent.

    ``deviation`` is the standard deviation of the score, 0 where the score is clipped.
    """

    n: Floats
    raw: Floats
    estimate: Floats
    score: Floats
    deviation: Floats


def columns(scheme: Scheme, tallies: Tallies) -> dict[str, Column]:
    """Every indicator of the scheme, in its order."""
    measured = {
        **{name: _share(scheme, tallies.shares[name]) for name in SHARES},
        COST_RATIO: _cost_ratio(tallies.costs),
        VALUE_ADDED: _per_100(tallies.value_added),
    }
    return {
        name: _scored(goal, scheme.minimum_n, *measured[name])
        for name, goal in scheme.goals.items()
    }


def _share(scheme: Scheme, share: Share) -> tuple[Floats, Floats, Floats, Floats]:
    """n, share, empirical-Bayes share (x + k·μ) ÷ (n + k) and its variance, in percent."""
    x, n = _floats(share.x), _floats(share.n)
    everybody = x.sum() / n.sum() if n.sum() else np.nan
    k = scheme.shrinkage
    shrunk = divided(x + k * everybody, n + k)
    variance = divided(shrunk * (1 - shrunk), n + k)
    return n, 100 * divided(x, n), 100 * shrunk, 100**2 * variance


def _cost_ratio(costs: Costs) -> tuple[Floats, Floats, Floats, Floats]:
    """n, Σc ÷ Σe twice, and the variance of a ratio n ÷ (n − 1) · Σ(c − r·e)² ÷ (Σe)²."""
    n, expected = _floats(costs.n), _floats(costs.expected)
    ratio = divided(_floats(costs.cost), expected)
    residual = (
        _floats(costs.cost_squared)
        - 2 * ratio * _floats(costs.cost_expected)
        + ratio**2 * _floats(costs.expected_squared)
    )
    variance = divided(n, n - 1) * divided(residual.clip(min=0), expected**2)  # rounding: below 0
    return n, ratio, ratio, variance


def _per_100(share: Share) -> tuple[Floats, Floats, Floats, Floats]:
    """n, count per 100 twice, and the variance of a Poisson count, 100² · count ÷ n²."""
    x, n = _floats(share.x), _floats(share.n)
    rate = 100 * divided(x, n)
    return n, rate, rate, 100**2 * divided(x, n**2)


def _scored(
    goal: Goal, minimum_n: int, n: Floats, raw: Floats, estimate: Floats, variance: Floats
) -> Column:
    present = (n >= minimum_n) & np.isfinite(raw)
    raw, estimate, variance = (
        np.where(present, each, np.nan) for each in (raw, estimate, variance)
    )
    slope = 100 / (goal.goal - goal.floor)
    unclipped = slope * (estimate - goal.floor)
    clipped = (unclipped < 0) | (unclipped > 100)
    deviation = np.where(clipped, 0.0, abs(slope) * np.sqrt(variance))
    return Column(n, raw, estimate, np.clip(unclipped, 0, 100), deviation)


def divided(part: Floats, whole: Floats) -> Floats:
    """Part ÷ whole, NaN where the whole is not above 0."""
    quotient: Floats = np.divide(
        part, whole, out=np.full(np.shape(whole), np.nan), where=np.asarray(whole) > 0
    )
    return quotient


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=float)
