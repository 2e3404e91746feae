"""Projects: where they are, how big and how good they are, when they were handed over."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.ingest.demo.clock import Period
from dashboard.ingest.demo.draw import Floats, Ints, ids, lognormal, pick, weighted, whole
from dashboard.ingest.demo.stories import Stories
from dashboard.ingest.demo.words import (
    HOME_SUFFIXES,
    NAME_PREFIXES,
    OFFICE_SUFFIXES,
    REGION_SHARE,
    REGIONS,
    RETAIL_SUFFIXES,
)

PROPERTY_TYPES = ("residential", "mixed", "office", "retail")
FEWEST, MOST = 12, 250
"""The least leaves two projects to every region."""
SETTLED_DAYS = 1200
"""After so many days nothing in a project follows from its handover."""
TEAM_PROJECTS = 3
"""One team serves so many neighbouring projects."""


@dataclass(frozen=True)
class Projects:
    """One entry per project; region is an index of REGIONS, handed_over a day of the period.

    handed_over is negative before the period and NaN while the project is being built. quality
    is a latent effect on satisfaction, slowness one on the logarithm of durations.
    """

    table: pd.DataFrame
    region: Ints
    households: Ints
    handed_over: Floats
    quality: Floats
    slowness: Floats
    team: Ints
    team_names: tuple[str, ...]
    collapsed: int

    def __len__(self) -> int:
        return len(self.region)


def make_projects(
    rng: np.random.Generator, period: Period, stories: Stories, records: int
) -> Projects:
    """40 projects for 60,000 records, growing with the square root of the records."""
    collapse = stories.collapse
    n = int(np.clip(round(40 * (records / 60_000) ** 0.5), FEWEST, MOST))
    region = _regions(n)
    collapsed = int(np.flatnonzero(region == list(REGIONS).index(collapse.region))[1])
    kind = weighted(rng, (0.72, 0.14, 0.09, 0.05), n)
    households = np.clip(lognormal(rng, 950, 0.65, n), 200, 4000).astype(np.int64)
    handed_over = _handovers(rng, period, n, stories.drift.handovers)
    kind[collapsed], households[collapsed] = 0, collapse.households
    handed_over[collapsed] = period.before_end(collapse.handed_over_before_end)
    quality = _centred(0.22 * rng.standard_normal(n), households)
    slowness = _centred(0.16 * rng.standard_normal(n), households)
    quality[collapsed], slowness[collapsed] = 0.1, 0.0
    names = _names(rng, kind)
    names[collapsed] = collapse.project
    team, team_names = _teams(region)
    table = pd.DataFrame(
        {
            "project_id": ids("P", n, 3),
            "project_name": pd.Series(names, dtype="str"),
            "region": pick(list(REGIONS), region),
            "city": pd.Series(_cities(region), dtype="str"),
            "property_type": pick(PROPERTY_TYPES, kind),
            "households": whole(households, np.ones(n, dtype=np.bool_)),
            "handed_over_on": period.dates(handed_over),
        }
    )
    return Projects(
        table, region, households, handed_over, quality, slowness, team, team_names, collapsed
    )


def _centred(effect: Floats, households: Ints) -> Floats:
    """The effect with mean 0 over households, so that a seed moves places and not the company."""
    return effect - np.average(effect, weights=households)


def _regions(n: int) -> Ints:
    """Shares of the regions as whole projects, at least two each, in the order of REGIONS."""
    ends = np.round(np.cumsum(REGION_SHARE) / sum(REGION_SHARE) * n).astype(np.int64)
    region = np.searchsorted(ends, np.arange(n), side="right")
    return region.astype(np.int64)


def _cities(region: Ints) -> list[str]:
    cities = list(REGIONS.values())
    return [
        cities[code][int(np.sum(region[:place] == code)) // 2 % len(cities[code])]
        for place, code in enumerate(region)
    ]


def _handovers(rng: np.random.Generator, period: Period, n: int, recently: bool) -> Floats:
    """Most are years old, one in six is handed over within the period, a few are being built.

    Where nothing is handed over recently all owners have long settled.
    """
    handed_over = -rng.uniform(120 if recently else SETTLED_DAYS, 3600, n).round()
    order = rng.permutation(n)
    recent = order[: max(2, n // 6)]
    if recently:
        handed_over[recent] = rng.uniform(40, period.days - 60, len(recent)).round()
    building = order[-max(1, n // 20) :]
    handed_over[building] = np.nan
    return handed_over


def _names(rng: np.random.Generator, kind: Ints) -> list[str]:
    """A unique name for each project that fits its property type."""
    pools = []
    for suffixes in (HOME_SUFFIXES, OFFICE_SUFFIXES, RETAIL_SUFFIXES):
        names = [prefix + suffix for suffix in suffixes for prefix in NAME_PREFIXES]
        pools.append(iter([names[place] for place in rng.permutation(len(names))]))
    by_type = {"residential": 0, "mixed": 0, "office": 1, "retail": 2}
    return [next(pools[by_type[PROPERTY_TYPES[code]]]) for code in kind]


def _teams(region: Ints) -> tuple[Ints, tuple[str, ...]]:
    """The team of each project and the names of the teams, such as 华东1组."""
    names: list[str] = []
    team = np.zeros(len(region), dtype=np.int64)
    for code, label in enumerate(REGIONS):
        members = np.flatnonzero(region == code)
        count = max(1, len(members) // TEAM_PROJECTS)
        team[members] = len(names) + np.minimum(np.arange(len(members)) // TEAM_PROJECTS, count - 1)
        names += [f"{label}{number}组" for number in range(1, count + 1)]
    return team, tuple(names)
