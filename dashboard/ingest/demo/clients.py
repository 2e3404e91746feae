"""Customers: where they live or want to live, since when, and until when they stay."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.ingest.demo.clock import Period
from dashboard.ingest.demo.draw import Bools, Floats, Ints, chance, flags, ids, pick, weighted
from dashboard.ingest.demo.phrases import DEMO_PHONE_PREFIX
from dashboard.ingest.demo.places import Projects
from dashboard.ingest.demo.stories import Stories
from dashboard.ingest.demo.words import GIVEN_FIRST, GIVEN_SECOND, SURNAMES

SEGMENTS = ("potential", "first_time", "long_term")
POTENTIAL, FIRST_TIME, LONG_TERM = range(3)
VIP_SHARE = 0.06
YEARLY_CHURN = 0.05


@dataclass(frozen=True)
class Clients:
    """One entry per customer, by project, within it those who bought before those who may.

    Days are days of the period, NaN where there is none. first is the place of a project's first
    customer, bought and all_of the numbers of its customers.
    """

    table: pd.DataFrame
    project: Ints
    segment: Ints
    vip: Bools
    handed_over: Floats
    joined: Floats
    left: Floats
    first: Ints
    bought: Ints
    all_of: Ints

    def __len__(self) -> int:
        return len(self.project)


def make_clients(
    rng: np.random.Generator, period: Period, projects: Projects, stories: Stories, records: int
) -> Clients:
    """One customer for five records, spread over the projects by their households."""
    n = max(200, records // 5)
    project = np.sort(weighted(rng, projects.households.astype(np.float64), n))
    segment = _segments(rng, projects, project)
    order = np.lexsort((segment == POTENTIAL, project))
    segment = segment[order]
    potential = segment == POTENTIAL
    handed_over = _handovers(rng, period, projects.handed_over[project], potential)
    joined = _joined(rng, period, projects.handed_over[project], potential)
    if not stories.drift.turnover:
        joined = np.minimum(joined, -1)
    left = _left(rng, period, projects, project, joined, stories.collapse.churn)
    vip = chance(rng, VIP_SHARE, n)
    all_of = np.bincount(project, minlength=len(projects))
    table = pd.DataFrame(
        {
            "customer_id": ids("C", n, 6),
            "customer_name": _names(rng, n),
            "phone": DEMO_PHONE_PREFIX + pd.Series(rng.integers(10**7, 10**8, n)).astype("str"),
            "project_id": pick(projects.table["project_id"], project),
            "segment": pick(SEGMENTS, np.where(chance(rng, 0.01, n), -1, segment)),
            "vip": flags(vip, ~chance(rng, 0.005, n)),
            "handed_over_on": period.dates(handed_over),
            "joined_on": period.dates(joined),
            "left_on": period.dates(left),
        }
    )
    bought = np.bincount(project[~potential], minlength=len(projects))
    first = np.cumsum(all_of) - all_of
    return Clients(table, project, segment, vip, handed_over, joined, left, first, bought, all_of)


def _segments(rng: np.random.Generator, projects: Projects, project: Ints) -> Ints:
    """Where homes are still to be sold there are more who have not bought yet."""
    handed_over = projects.handed_over[project]
    selling = np.isnan(handed_over) | (handed_over > 0)
    undecided = chance(rng, np.where(selling, 0.28, 0.13), len(project))
    loyal = chance(rng, np.where(handed_over < -900, 0.5, 0.2), len(project))
    return np.where(undecided, POTENTIAL, np.where(loyal, LONG_TERM, FIRST_TIME)).astype(np.int64)


def _handovers(
    rng: np.random.Generator, period: Period, project_day: Floats, potential: Bools
) -> Floats:
    """Most get their keys within weeks of the project's handover, some homes sell later."""
    n = len(project_day)
    late = chance(rng, 0.12, n)
    days = project_day + np.where(late, rng.uniform(40, 700, n), rng.exponential(9, n)).round()
    return np.where(potential | (days >= period.days), np.nan, days)


def _joined(
    rng: np.random.Generator, period: Period, project_day: Floats, potential: Bools
) -> Floats:
    """Buyers sign up to two years before the handover; the others come at any time."""
    n = len(project_day)
    handover = np.where(np.isnan(project_day), period.days + 200, project_day)
    bought = np.minimum(handover - rng.uniform(20, 720, n), period.days - 1)
    undecided = rng.uniform(-360, period.days - 1, n)
    return np.floor(np.where(potential, undecided, bought))


def _left(
    rng: np.random.Generator,
    period: Period,
    projects: Projects,
    project: Ints,
    joined: Floats,
    churn: float,
) -> Floats:
    """A steady yearly churn; far more of it in the collapsed community after its handover."""
    n = len(project)
    stay = rng.exponential(365 / -np.log(1 - YEARLY_CHURN), n)
    left = np.maximum(joined, -30) + 10 + stay
    collapsed = project == projects.collapsed
    since = np.maximum(joined, max(projects.handed_over[projects.collapsed], -30)) + 10
    left = np.where(collapsed, np.minimum(left, since + stay / churn), left)
    return np.where(left < period.days, np.floor(left), np.nan)


def _names(rng: np.random.Generator, n: int) -> pd.Series:
    surname = pick(SURNAMES, weighted(rng, 1 / np.arange(4.0, 4 + len(SURNAMES)), n))
    first = pick(["", *GIVEN_FIRST], weighted(rng, [9.0, *[1.0] * len(GIVEN_FIRST)], n))
    return surname + first + pick(GIVEN_SECOND, rng.integers(0, len(GIVEN_SECOND), n))
