"""The 24 months of the portfolio; times are seconds since its first midnight, NaN = never."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from dashboard.ingest.demo.draw import Bools, Floats, Ints

MONTHS = 24
HOUR = 3600.0
DAY = 86400.0


@dataclass(frozen=True)
class Period:
    """First day and number of days; days are counted from the first, day 0."""

    first: date
    days: int

    @classmethod
    def ending(cls, end: date) -> "Period":
        """The 24 months whose last day is ``end``."""
        first = (pd.Timestamp(end) + pd.Timedelta(days=1) - pd.DateOffset(months=MONTHS)).date()
        return cls(first, (end - first).days + 1)

    @property
    def last_second(self) -> float:
        """The last second of the last day."""
        return self.days * DAY - 1

    def before_end(self, days: int) -> int:
        """The day so many days before the last."""
        return self.days - 1 - days

    def calendar(self) -> pd.DatetimeIndex:
        """Every day of the period."""
        return pd.date_range(self.first, periods=self.days, freq="D")

    def timestamps(self, seconds: Floats) -> pd.Series:
        """Seconds as timestamps, whole seconds; null where NaN."""
        known = np.isfinite(seconds)
        whole = np.where(known, np.floor(np.where(known, seconds, 0.0)), 0).astype(np.int64)
        stamps = np.datetime64(self.first, "s") + whole.astype("timedelta64[s]")
        stamps[~known] = np.datetime64("NaT")
        return pd.Series(stamps.astype("datetime64[us]"))

    def dates(self, days: Floats | Ints) -> pd.Series:
        """Days as dates at midnight; null where NaN."""
        return self.timestamps(np.floor(np.asarray(days, dtype=np.float64)) * DAY)

    def until_end(self, seconds: Floats) -> Floats:
        """The same times, NaN where they lie after the period."""
        return np.where(seconds <= self.last_second, seconds, np.nan)

    def past_days(self, days: Floats | Ints) -> Floats:
        """The same days, NaN where they lie after the period."""
        return np.where(days < self.days, days, np.nan)

    def date_at(self, day: int) -> date:
        """The date of a day."""
        return (pd.Timestamp(self.first) + pd.Timedelta(days=day)).date()


def is_night(seconds: Floats) -> Bools:
    """Between ten in the evening and seven in the morning."""
    hour = (seconds % DAY) / HOUR
    return np.asarray((hour >= 22) | (hour < 7), dtype=np.bool_)
