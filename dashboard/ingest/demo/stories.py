"""The eight stories hidden in the demo portfolio: every parameter of them, in one place.

All dates are relative to the last day of the portfolio. ``STORIES.md`` tells them in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

ORDINARY_RESPONSE = 0.325
"""Share of the surveys that customers answer."""


@dataclass(frozen=True)
class Collapse:
    """1. A community whose satisfaction collapses after handover.

    satisfaction is added to the latent quality of its records from handover on; complaints and
    other_records multiply their volume during focus_days, praise its volume from handover on, hard
    the share of long cases; churn multiplies the yearly share of its customers that leave.
    """

    project: str = "云栖府"
    region: str = "华中"
    households: int = 1850
    handed_over_before_end: int = 165
    satisfaction: float = -1.15
    complaints: float = 3.2
    later_complaints: float = 1.6
    other_records: float = 1.8
    focus_days: int = 100
    hard: float = 1.8
    churn: float = 2.5
    praise: float = 0.2


@dataclass(frozen=True)
class RainyLeaks:
    """2. Leaks follow the rain: factor on the volume of leaks by region and month, 1 elsewhere."""

    category: str = "leak"
    months: Mapping[str, Mapping[int, float]] = field(
        default_factory=lambda: {
            "华东": {5: 1.4, 6: 4.2, 7: 3.8, 8: 1.6},
            "华南": {7: 1.6, 8: 3.6, 9: 3.4, 10: 1.4},
            "华中": {6: 1.8, 7: 1.6},
            "西南": {7: 1.4, 8: 1.4},
            "华北": {7: 1.3, 8: 1.3},
        }
    )


@dataclass(frozen=True)
class Growth:
    """3. A category that grows evenly to ``factor`` times its first volume."""

    category: str = "parking"
    factor: float = 3.0


@dataclass(frozen=True)
class NewStandard:
    """4. A standard introduced in mid-period: on site within 24 hours for level 2.

    Days before the end at which each state begins; median hours to the site before and after.
    """

    standard_id: str = "STD-L2-ONSITE"
    draft: int = 480
    training: int = 430
    pilot: int = 390
    active: int = 360
    hours_before: float = 15.0
    hours_after: float = 9.0


@dataclass(frozen=True)
class ExcellentTeam:
    """5. A team that satisfies more and works faster than all others."""

    region: str = "华北"
    number: int = 2
    skill: float = 0.75
    speed: float = 0.72


@dataclass(frozen=True)
class PerfectNewcomer:
    """6. A person with few cases and nothing but perfect scores."""

    staff_name: str = "江沐晴"
    region: str = "华东"
    hired_before_end: int = 120
    cases: int = 12
    perfect_surveys: int = 5


@dataclass(frozen=True)
class NeglectedVips:
    """7. VIPs are promised more and get less: share of targets, and what is taken off delivery."""

    memorable_target: float = 0.3
    delivery: float = -1.4


@dataclass(frozen=True)
class SilentRegion:
    """8. A region whose customers seldom answer surveys."""

    region: str = "西南"
    response: float = 0.14


@dataclass(frozen=True)
class Drift:
    """What changes in an ordinary company without being a story.

    growth is that of all volume over the 24 months; handovers: projects are handed over within
    them; turnover: staff and customers come, and staff leave.
    """

    growth: float = 0.06
    handovers: bool = True
    turnover: bool = True


COLLAPSE = Collapse()
RAINY_LEAKS = RainyLeaks()
GROWTH = Growth()
NEW_STANDARD = NewStandard()
EXCELLENT_TEAM = ExcellentTeam()
PERFECT_NEWCOMER = PerfectNewcomer()
NEGLECTED_VIPS = NeglectedVips()
SILENT_REGION = SilentRegion()


@dataclass(frozen=True)
class Stories:
    """Everything that happens in a portfolio beside chance; ``told``: the company acts on it."""

    collapse: Collapse = COLLAPSE
    leaks: RainyLeaks = RAINY_LEAKS
    growth: Growth = GROWTH
    standard: NewStandard = NEW_STANDARD
    team: ExcellentTeam = EXCELLENT_TEAM
    newcomer: PerfectNewcomer = PERFECT_NEWCOMER
    vips: NeglectedVips = NEGLECTED_VIPS
    silent: SilentRegion = SILENT_REGION
    drift: Drift = Drift()
    told: bool = True


TOLD = Stories()
QUIET = Stories(
    collapse=Collapse(
        handed_over_before_end=2600,
        satisfaction=0.0,
        complaints=1.0,
        later_complaints=1.0,
        other_records=1.0,
        hard=1.0,
        churn=1.0,
        praise=1.0,
    ),
    leaks=RainyLeaks(months={}),
    growth=Growth(factor=1.0),
    standard=NewStandard(hours_before=NEW_STANDARD.hours_after),
    team=ExcellentTeam(skill=0.0, speed=1.0),
    newcomer=PerfectNewcomer(cases=0, perfect_surveys=0),
    vips=NeglectedVips(delivery=0.0),
    silent=SilentRegion(response=ORDINARY_RESPONSE),
    drift=Drift(growth=0.0, handovers=False, turnover=False),
    told=False,
)
"""The same company in which nothing happens: what is said to have changed there is chance."""
