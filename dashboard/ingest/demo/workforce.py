"""What is known of staff beside their records: reviews, training, skills, points."""

import numpy as np
import pandas as pd

from dashboard.ingest.demo.clock import MONTHS, Period
from dashboard.ingest.demo.draw import (
    Floats,
    Ints,
    chance,
    flags,
    ids,
    pick,
    weighted,
    whole,
)
from dashboard.ingest.demo.people import Staff
from dashboard.ingest.demo.stories import NEW_STANDARD
from dashboard.ingest.demo.words import COURSES, POINT_REASONS, SKILLS

REVIEWERS = ("manager", "peer", "self")
RATERS = np.array([0, 1, 1, 1, 2])
"""Who rates a person in a quarter: the manager, three peers, the person."""
QUARTER_DAYS = 91
SESSION_DAYS = 44
ATTENDANCE = 0.975
PASS_SCORE = 66.0
POINTS_A_MONTH = 0.6
SKILLS_EACH = 4
_BOUNDS = np.array([-3.2, -2.2, -1.0, 0.7])
NEW_STANDARD_COURSE = 2
"""Place in COURSES of the course on the new standard."""


def make_workforce(
    rng: np.random.Generator, period: Period, staff: Staff
) -> dict[str, pd.DataFrame]:
    """The tables ``review``, ``training``, ``skill`` and ``points``."""
    return {
        "review": _reviews(rng, period, staff),
        "training": _training(rng, period, staff),
        "skill": _skills(rng, period, staff),
        "points": _points(rng, period, staff),
    }


def _reviews(rng: np.random.Generator, period: Period, staff: Staff) -> pd.DataFrame:
    """Quarterly, by the skill of the person; managers are strict, people are kind to themselves."""
    days = np.arange(QUARTER_DAYS, period.days, QUARTER_DAYS)
    person, day, rater = (
        axis.ravel() for axis in np.meshgrid(np.arange(len(staff)), days, RATERS, indexing="ij")
    )
    kept = staff.employed(person, day) & (staff.hired[person] < day - 30)
    person, day, rater = person[kept], day[kept], rater[kept]
    n = len(person)
    leaning = np.array([-0.25, 0.0, 0.45])[rater]
    latent = 0.9 * staff.skill[person] + leaning + 0.6 * rng.standard_normal(n)
    scores = {
        name: whole(_score(latent + 0.6 * rng.standard_normal(n)), ~chance(rng, 0.01, n))
        for name in ("ability", "attitude", "efficiency")
    }
    return pd.DataFrame(
        {
            "review_id": ids("Q", n, 6),
            "staff_id": pick(staff.table["staff_id"], person),
            "reviewer": pick(REVIEWERS, rater),
            "reviewed_on": period.dates(day),
            **scores,
        }
    )


def _score(latent: Floats) -> Ints:
    return 1 + np.searchsorted(_BOUNDS, latent)


def _training(rng: np.random.Generator, period: Period, staff: Staff) -> pd.DataFrame:
    """A session every six weeks, every second one required, and one on the new standard."""
    days = np.arange(SESSION_DAYS // 2, period.days, SESSION_DAYS)
    courses = np.arange(len(days)) % len(COURSES)
    required = np.arange(len(days)) % 2 == 0
    special = int(np.argmin(np.abs(days - period.before_end(NEW_STANDARD.training - 20))))
    courses[special], required[special] = NEW_STANDARD_COURSE, True
    person, session = (
        axis.ravel()
        for axis in np.meshgrid(np.arange(len(staff)), np.arange(len(days)), indexing="ij")
    )
    kept = staff.employed(person, days[session])
    person, session = person[kept], session[kept]
    invited = required[session] | chance(rng, 0.5, len(person))
    person, session = person[invited], session[invited]
    n = len(person)
    attended = chance(rng, np.where(required[session], ATTENDANCE, 0.8), n)
    score = np.clip(77 + 5 * staff.skill[person] + 9 * rng.standard_normal(n), 20, 100).round()
    graded = attended & chance(rng, 0.93, n)
    return pd.DataFrame(
        {
            "training_id": ids("K", n, 6),
            "staff_id": pick(staff.table["staff_id"], person),
            "course": pick(COURSES, courses[session]),
            "held_on": period.dates(days[session]),
            "required": pd.Series(required[session]),
            "attended": pd.Series(attended),
            "score": pd.Series(np.where(graded, score, np.nan)),
            "passed": flags(score >= PASS_SCORE, graded),
            "hours": pd.Series(np.where(attended, 1.5 + 0.5 * (session % 5), 0.0)),
        }
    )


def _skills(rng: np.random.Generator, period: Period, staff: Staff) -> pd.DataFrame:
    """Four of the skills for each person, certified from level 3 on."""
    people = len(staff)
    chosen = rng.random((people, len(SKILLS))).argsort(axis=1)[:, :SKILLS_EACH]
    person = np.repeat(np.arange(people), SKILLS_EACH)
    n = len(person)
    years = (period.days - staff.hired[person]) / 365
    latent = 2.2 + 0.18 * years + 0.6 * staff.skill[person] + 0.9 * rng.standard_normal(n)
    level = np.clip(latent.round(), 0, 5).astype(np.int64)
    first = np.maximum(staff.hired[person], period.days - 330)
    last = np.where(np.isnan(staff.left[person]), period.days - 1, staff.left[person])
    assessed = np.minimum(first + rng.uniform(0, 200, n), last)
    return pd.DataFrame(
        {
            "staff_id": pick(staff.table["staff_id"], person),
            "skill": pick(SKILLS, chosen.ravel()),
            "level": whole(level, np.ones(n, dtype=np.bool_)),
            "certified": pd.Series((level >= 3) & chance(rng, 0.8, n)),
            "assessed_on": period.dates(assessed),
        }
    )


def _points(rng: np.random.Generator, period: Period, staff: Staff) -> pd.DataFrame:
    """Service points, mostly earned, now and then lost."""
    n = int(len(staff) * MONTHS * POINTS_A_MONTH)
    person, day = rng.integers(0, len(staff), n), np.sort(rng.integers(0, period.days, n))
    kept = staff.employed(person, day)
    person, day = person[kept], day[kept]
    reason = weighted(rng, (30, 34, 14, 6, 9, 7), len(person))
    return pd.DataFrame(
        {
            "entry_id": ids("E", len(person), 6),
            "staff_id": pick(staff.table["staff_id"], person),
            "earned_on": period.dates(day),
            "points": pd.Series(np.array([value for _, value in POINT_REASONS], float)[reason]),
            "reason": pick([text for text, _ in POINT_REASONS], reason),
        }
    )
