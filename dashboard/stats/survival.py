"""The Kaplan–Meier curve with its log-log band."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.stats.intervals import NO_ESTIMATE, Estimate, Floats, Z

_TOLERANCE = 1e-9
"""How far above ½ a survival probability may lie through rounding and still count as ½."""


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
