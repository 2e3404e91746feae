"""The 360° review: customers, manager, peers and the person, 0 to 100.

Formula: 100 × (mean − 1) ÷ 4 of ability, attitude and efficiency (1 to 5), the parts weighted as
the scheme says; missing parts are renormalised and named.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.scorecard.scheme import Scheme


@dataclass(frozen=True)
class Rating:
    """Ratings of one part: how many, and their mean (1 to 5)."""

    n: int
    mean: float

    @property
    def score(self) -> float:
        """The mean as 0 to 100."""
        return 100 * (self.mean - 1) / 4


@dataclass(frozen=True)
class Review:
    """The review of a person: value 0 to 100 (``None`` without any part) and parts."""

    value: float | None
    parts: Mapping[str, Rating] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def review(scheme: Scheme, ratings: Mapping[str, Rating]) -> Review:
    """The review of a person from the ratings of the parts that there are."""
    present = {name: ratings[name] for name in scheme.review if name in ratings}
    missing = tuple(name for name in scheme.review if name not in present)
    if not present:
        return Review(None, missing=missing)
    weight = sum(scheme.review[name] for name in present)
    value = sum(scheme.review[name] * each.score for name, each in present.items()) / weight
    return Review(value, present, missing)
