"""Staff: four posts in every project, of different skill and speed."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.ingest.demo.clock import Period
from dashboard.ingest.demo.draw import Bools, Floats, Ints, chance, ids, pick, weighted
from dashboard.ingest.demo.places import Projects
from dashboard.ingest.demo.stories import ExcellentTeam, PerfectNewcomer, Stories
from dashboard.ingest.demo.words import (
    DESK,
    ENGINEER,
    GIVEN_FIRST,
    GIVEN_SECOND,
    MANAGER,
    POSITIONS,
    REGIONS,
    SALES,
    STEWARD,
    SURNAMES,
)

POSTS = 4
"""Posts of a project: steward, service desk, engineer, and sales or project manager."""
GRADES = ("frontline", "senior", "specialist", "expert")


@dataclass(frozen=True)
class Staff:
    """One entry per person, POSTS to a project in its order; hired and left are days (NaN: never).

    skill is a latent effect on satisfaction, pace a factor on durations.
    """

    table: pd.DataFrame
    project: Ints
    position: Ints
    hired: Floats
    left: Floats
    skill: Floats
    pace: Floats
    excellent: Bools
    newcomer: int

    def __len__(self) -> int:
        return len(self.project)

    def employed(self, person: Ints, day: Floats | Ints) -> Bools:
        """Whether each person works for the company on the day."""
        left = self.left[person]
        return np.asarray((self.hired[person] <= day) & ~(left < day), dtype=np.bool_)


def make_staff(
    rng: np.random.Generator, period: Period, projects: Projects, stories: Stories
) -> Staff:
    """Four people for every project; some were hired or left during the period."""
    n = POSTS * len(projects)
    project = np.repeat(np.arange(len(projects)), POSTS)
    position = _positions(projects)
    excellent = _excellent(projects, stories.team)[project]
    newcomer = _newcomer(projects, stories.newcomer)
    hired = -rng.uniform(30, 2900, n).round()
    turnover = stories.drift.turnover
    during = chance(rng, 0.12, n) & turnover
    hired[during] = rng.uniform(0, period.days * 0.85, int(during.sum())).round()
    left = np.full(n, np.nan)
    leaving = chance(rng, 0.07, n) & (hired < 0) & ~excellent & turnover
    left[leaving] = rng.uniform(60, period.days - 5, int(leaving.sum())).round()
    hired[newcomer], left[newcomer] = period.before_end(stories.newcomer.hired_before_end), np.nan
    skill = 0.36 * rng.standard_normal(n)
    skill += stories.team.skill * excellent - skill.mean()
    pace = np.exp(0.16 * rng.standard_normal(n)) * np.where(excellent, stories.team.speed, 1.0)
    table = pd.DataFrame(
        {
            "staff_id": ids("S", n, 4),
            "staff_name": _names(rng, n, newcomer, stories.newcomer.staff_name),
            "position": pick(POSITIONS, position),
            "grade": pick(GRADES, _grades(rng, hired, period)),
            "team": pick(projects.team_names, projects.team[project]),
            "project_id": pick(projects.table["project_id"], project),
            "hired_on": period.dates(hired),
            "left_on": period.dates(left),
        }
    )
    return Staff(table, project, position, hired, left, skill, pace, excellent, newcomer)


def _positions(projects: Projects) -> Ints:
    fourth = np.where(
        np.isnan(projects.handed_over) | (projects.handed_over > -700), SALES, MANAGER
    )
    posts = np.tile(np.array([STEWARD, DESK, ENGINEER, SALES]), (len(projects), 1))
    posts[:, 3] = fourth
    return posts.ravel()


def _excellent(projects: Projects, team: ExcellentTeam) -> Bools:
    """The projects of the excellent team; the region's last team where it has fewer."""
    teams = [t for t in projects.team_names if t.startswith(team.region)]
    name = teams[min(team.number, len(teams)) - 1]
    return np.asarray(projects.team == projects.team_names.index(name), dtype=np.bool_)


def _newcomer(projects: Projects, story: PerfectNewcomer) -> int:
    """The service desk of the region's second project that is not being built."""
    region = list(REGIONS).index(story.region)
    handed_over = (projects.region == region) & (projects.handed_over < 0)
    return int(np.flatnonzero(handed_over)[-1]) * POSTS + 1


def _grades(rng: np.random.Generator, hired: Floats, period: Period) -> Ints:
    """Longer service brings a higher grade, with luck."""
    years = (period.days - hired) / 365
    score = years + 2.2 * rng.standard_normal(len(hired))
    return np.searchsorted(np.array([4.0, 7.5, 10.0]), score).astype(np.int64)


def _names(rng: np.random.Generator, n: int, newcomer: int, called: str) -> "pd.Series[str]":
    """Unique names, common surnames first."""
    given = [first + second for first in GIVEN_FIRST for second in GIVEN_SECOND if first != second]
    pairs = np.unique(
        weighted(rng, 1 / np.arange(6.0, 6 + len(SURNAMES)), 4 * n) * len(given)
        + rng.integers(0, len(given), 4 * n)
    )
    chosen = rng.permutation(pairs)[:n]
    names = [SURNAMES[pair // len(given)] + given[pair % len(given)] for pair in chosen]
    names[newcomer] = called
    return pd.Series(names, dtype="str")
