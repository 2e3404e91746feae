"""What a finding is: one thing that a reader should know, with what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dashboard.measures import Measure
from dashboard.selection import Selection

Where = tuple[tuple[str, str], ...]
"""Dimension and key of the rows that a finding is about; () for the whole selection."""

WHOLE: Where = ()


class Kind(StrEnum):
    """How a finding was made.

    change: the period against the comparison period · shift: months that leave the usual range of
    their series · contrast: a group against the rest of the selection · cluster: a cell of a table
    of counts against what its row and column let expect. Only the first two are called changes.
    """

    CHANGE = "change"
    SHIFT = "shift"
    CONTRAST = "contrast"
    CLUSTER = "cluster"


class Verdict(StrEnum):
    """Whether what was found is good or bad."""

    BETTER = "better"
    WORSE = "worse"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Difference:
    """A difference with its 95 % interval and the two-sided p-value that goes with it.

    In the metric's unit; of counts (``relative``) in per cent of the earlier value.
    """

    delta: float
    low: float
    high: float
    p: float
    relative: bool = False

    @property
    def certain(self) -> float:
        """The share of the difference that its interval leaves standing, 0 to 1."""
        near = self.low if self.delta > 0 else -self.high
        return max(0.0, min(1.0, near / abs(self.delta))) if self.delta else 0.0


@dataclass(frozen=True)
class Finding:
    """One finding.

    ``before`` is what ``after`` is compared with: the comparison period (change), the centre of the
    series (shift; its low and high are the usual range), the rest of the selection (contrast), what
    would be expected (cluster). ``months`` (YYYY-MM) are those of a shift or a cluster. ``rows`` is
    the selection of exactly the rows of ``after``. ``size``, ``certainty`` and ``volume`` lie
    between 0 and 1, see ``ranking``. ``also`` are findings told together with this one.
    """

    kind: Kind
    metric: str
    where: Where
    verdict: Verdict
    before: Measure
    after: Measure
    difference: Difference
    rows: Selection
    size: float
    volume: float
    months: tuple[str, ...] = ()
    run: bool = False
    also: tuple["Finding", ...] = ()

    @property
    def certainty(self) -> float:
        """How much of the difference chance cannot explain, 0 to 1."""
        return self.difference.certain

    @property
    def importance(self) -> float:
        """Size × certainty × volume; whether it is good or bad does not weigh."""
        return self.size * self.certainty * self.volume

    @property
    def rises(self) -> bool:
        """Whether the later value is the higher one."""
        return self.difference.delta > 0

    @property
    def dimensions(self) -> frozenset[str]:
        """What the rows were cut by."""
        return frozenset(name for name, _ in self.where)

    def key(self, dimension: str) -> str | None:
        """The key of one dimension, ``None`` where it was not cut by it."""
        return dict(self.where).get(dimension)


@dataclass(frozen=True)
class Report:
    """The findings of a selection, the most important first, and what was looked at to find them.

    ``examined`` counts the comparisons made: those of ``changes`` and those of ``standing``.
    ``compared`` says whether there was a period to compare with; ``covered`` whether the store
    reaches back over it, so that counts could be compared, too.
    """

    changes: tuple[Finding, ...] = ()
    standing: tuple[Finding, ...] = ()
    examined: Mapping[str, int] = field(default_factory=dict)
    compared: bool = False
    covered: bool = False
