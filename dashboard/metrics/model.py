"""What the registry says of a metric: presentation; the formula is the macro of the same id."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Unit(StrEnum):
    """Unit of a metric's value."""

    PERCENT = "percent"
    PER_MILLE = "per_mille"
    POINTS = "points"
    HOURS = "hours"
    COUNT = "count"
    SCORE = "score"
    MONEY = "money"
    RATE = "rate"


class Better(StrEnum):
    """Which direction is an improvement."""

    HIGH = "high"
    LOW = "low"
    NONE = "none"


class Statistic(StrEnum):
    """What the macro's sufficient statistics are, and so how value and interval come from them.

    count {n} · part {x, n} shown as the count x · share {x, n} · mean {n, mean, sd} · quantile and
    score {value, n}, without an interval · nps {promoters, passives, detractors} · survival
    {events, censored}, hours · household_rate {x, n, days} · table: named counts, no single value ·
    drivers {n, sums, products} of csat and the five perceptions: a table, too
    """

    COUNT = "count"
    PART = "part"
    SHARE = "share"
    MEAN = "mean"
    QUANTILE = "quantile"
    SCORE = "score"
    NPS = "nps"
    SURVIVAL_MEDIAN = "survival_median"
    SURVIVAL_SHARE = "survival_share"
    HOUSEHOLD_RATE = "household_rate"
    TABLE = "table"
    DRIVERS = "drivers"


class Population(StrEnum):
    """The rows that a metric counts; ``{population}_drill`` is the query that lists them."""

    RECORD = "record"
    COMPLAINT = "complaint"
    SURVEY = "survey"
    SENT = "sent"
    GAP = "gap"
    PERCEIVED = "perceived"
    CUSTOMER = "customer"
    TRAINING = "training"
    TRAINEE = "trainee"
    INSPECTION = "inspection"


@dataclass(frozen=True)
class Metric:
    """One metric.

    ``name`` and ``definition`` are English message ids. ``query`` is the page query whose
    ``column`` holds the sufficient statistics; ``shares`` names a metric that has the same ones.
    ``target`` is the default target in the metric's unit, for a year where ``yearly``. ``needs`` is
    the column without which there is nothing to measure. ``nothing`` is a table without rows.
    """

    id: str
    name: str
    definition: str
    unit: Unit
    better: Better
    statistic: Statistic
    population: Population
    query: str
    decimals: int = 1
    target: float | None = None
    yearly: bool = False
    needs: str = ""
    nothing: Mapping[str, Any] = field(default_factory=dict)
    shares: str = ""

    @property
    def column(self) -> str:
        """The column of ``query`` that holds the sufficient statistics."""
        return self.shares or self.id

    @property
    def drill(self) -> str:
        """The page query that lists the rows counted."""
        return f"{self.population}_drill"

    @property
    def tabular(self) -> bool:
        """Whether it is a table instead of a single value."""
        return self.statistic in (Statistic.TABLE, Statistic.DRIVERS)

    @property
    def met(self) -> bool:
        """Whether the rows in the numerator can be listed apart."""
        return self.statistic in (Statistic.SHARE, Statistic.PART)
