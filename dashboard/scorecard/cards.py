"""Scorecards: perspectives, the score with its interval, and rank bands.

Formulas: the catalogue, “Staff”.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

from dashboard.scorecard.indicators import Tallies, columns, divided
from dashboard.scorecard.scheme import Scheme
from dashboard.stats import Floats, Rank, Z, rank_bands


@dataclass(frozen=True)
class Indicator:
    """One indicator of a person.

    ``raw`` and ``estimate`` (shrunk, for shares) in the indicator's unit, ``score`` 0 to 100; all
    ``None`` where there are too few cases. ``weight`` is its part of the scorecard, 0 to 1.
    """

    n: int
    raw: float | None
    estimate: float | None
    score: float | None
    weight: float


@dataclass(frozen=True)
class Card:
    """The scorecard of a person.

    ``score`` 0 to 100 with the 95 % bounds ``low`` and ``high`` (not clipped), ``None`` without any
    indicator; ``perspectives`` has the present ones; ``missing`` names the absent indicators.
    """

    indicators: Mapping[str, Indicator]
    perspectives: Mapping[str, float]
    score: float | None
    low: float | None
    high: float | None
    rank: Rank | None

    @property
    def missing(self) -> tuple[str, ...]:
        """The indicators that have too few cases."""
        return tuple(name for name, each in self.indicators.items() if each.score is None)


def cards(scheme: Scheme, people: Sequence[str], tallies: Tallies) -> dict[str, Card]:
    """The card of every person, in order; the people are the comparison group of each other."""
    measured = columns(scheme, tallies)
    matrix = np.stack([each.score for each in measured.values()])
    inner = {name: _within(scheme, matrix, name) for name in scheme.perspectives}
    perspectives = {
        name: np.where(weights.any(axis=0), np.nansum(weights * matrix, axis=0), np.nan)
        for name, weights in inner.items()
    }
    weights = _weights(scheme, inner)
    deviations = np.stack([each.deviation for each in measured.values()])
    present = weights.sum(axis=0) > 0
    score = np.where(present, np.nansum(weights * matrix, axis=0), np.nan)
    sd = np.sqrt(np.nansum((weights * deviations) ** 2, axis=0))
    low, high = score - Z * sd, score + Z * sd
    ranks = rank_bands(score, low, high)
    return {
        person: Card(
            {
                name: Indicator(
                    int(each.n[row]),
                    known(each.raw[row]),
                    known(each.estimate[row]),
                    known(each.score[row]),
                    float(weights[column, row]),
                )
                for column, (name, each) in enumerate(measured.items())
            },
            {
                name: float(values[row])
                for name, values in perspectives.items()
                if not isnan(values[row])
            },
            known(score[row]),
            known(low[row]),
            known(high[row]),
            ranks[row],
        )
        for row, person in enumerate(people)
    }


def known(number: float) -> float | None:
    """The number, ``None`` for NaN."""
    return None if isnan(number) else float(number)


def _within(scheme: Scheme, scores: Floats, perspective: str) -> Floats:
    """Weights of the indicators (rows) in a perspective, renormalised over the present ones."""
    weights = [
        goal.weight if goal.perspective == perspective else 0.0 for goal in scheme.goals.values()
    ]
    given = np.where(np.isnan(scores), 0.0, np.array(weights)[:, np.newaxis])
    return _normalised(given)


def _weights(scheme: Scheme, inner: Mapping[str, Floats]) -> Floats:
    """The weight of each indicator (rows) in the scorecard of each person: sums to 1, or 0."""
    outer = _normalised(
        np.stack([scheme.perspectives[name] * each.any(axis=0) for name, each in inner.items()])
    )
    return sum(
        (share * each for share, each in zip(outer, inner.values(), strict=True)),
        start=np.zeros(next(iter(inner.values())).shape),
    )


def _normalised(weights: Floats) -> Floats:
    """Weights that sum to 1 over the rows; 0 where all of them are 0."""
    return np.nan_to_num(divided(weights, np.broadcast_to(weights.sum(axis=0), weights.shape)))
