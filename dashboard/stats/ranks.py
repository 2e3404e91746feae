"""Rank bands: where each of many values may stand, given how uncertain all of them are."""

from dataclasses import dataclass

import numpy as np

from dashboard.stats.intervals import Floats


@dataclass(frozen=True)
class Rank:
    """Where one may stand among all ``of`` ranked; 1 is best.

    ``best`` and ``worst`` are the rank band; ``plain`` is the rank by the value alone, never shown
    without the band.
    """

    plain: int
    best: int
    worst: int
    of: int


def rank_bands(score: Floats, low: Floats, high: Floats) -> list[Rank | None]:
    """The rank and rank band of each score with its bounds, a high score being good.

    best = 1 + those whose lower bound is above this upper bound; worst = all ranked − those whose
    upper bound is below this lower bound. ``None`` where there is no score (NaN). Where low is
    good, pass the scores and bounds negated, the bounds exchanged.
    """
    ranked = ~np.isnan(score)
    of = int(ranked.sum())
    lows, highs, scores = (np.sort(each[ranked]) for each in (low, high, score))
    best = 1 + of - np.searchsorted(lows, high, side="right")
    worst = of - np.searchsorted(highs, low, side="left")
    plain = 1 + of - np.searchsorted(scores, score, side="right")
    return [
        Rank(int(plain[row]), int(best[row]), int(worst[row]), of) if ranked[row] else None
        for row in range(len(score))
    ]
