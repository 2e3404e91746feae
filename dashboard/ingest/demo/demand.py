"""When, where and why people get in touch: the expected volume of every project, day and reason."""

from dataclasses import dataclass

import numpy as np

from dashboard.ingest.demo.categories import (
    CODES,
    COMPLAINT,
    CONSULTATION,
    FOLLOW_UP,
    KINDS,
    PRAISE,
    REASONS,
    REPAIR,
    VISIT,
)
from dashboard.ingest.demo.clock import DAY, HOUR, Period
from dashboard.ingest.demo.draw import (
    Bools,
    Floats,
    Ints,
    lognormal,
    weighted_rows,
)
from dashboard.ingest.demo.places import Projects
from dashboard.ingest.demo.stories import Collapse, RainyLeaks, Stories
from dashboard.ingest.demo.words import REGIONS

CHANNELS = ("phone", "face_to_face", "app", "wechat", "email", "web", "other")
DIGITAL = (2, 3, 4, 5)
FOCUS_DAYS = 100
FOCUS_COMPLAINTS = 1.6
FOCUS_CATEGORIES = {
    "decoration_delay": 3.0,
    "material_procurement": 2.5,
    "facilities": 1.6,
    "leak": 1.7,
    "contract_terms": 1.4,
    "parking": 0.5,
}
"""Factors on the complaints of owners in the focus period, in all and by category."""
WEEKDAYS = (1.14, 1.06, 1.03, 1.02, 1.05, 0.88, 0.78)
WEEKEND_VISITS = 1.7
HOLIDAYS = ("01-01", "05-01", "05-02", "05-03", "10-01", "10-02", "10-03", "10-04", "10-05")
HOLIDAY_VOLUME = 0.55

_CHANNEL_WEIGHTS = {
    "consultation": (26, 14, 20, 28, 2, 7, 3),
    "repair": (30, 8, 34, 24, 0.5, 2, 1.5),
    "complaint": (36, 14, 18, 20, 4, 5, 3),
    "follow_up": (62, 8, 4, 24, 1, 0, 1),
    "visit": (0, 97, 0, 0, 0, 0, 3),
    "value_added": (14, 12, 38, 32, 0, 3, 1),
    "praise": (16, 26, 20, 34, 2, 0, 2),
}
_STAFFED = (2, 1, 1, 1, 1, 2, 5, 12, 42, 74, 88, 70, 38, 46, 72, 84, 76, 62, 40, 26, 18, 12, 7, 4)
_DIGITAL_WORKDAY = (
    *(6, 4, 3, 2, 2, 4, 12, 30, 48, 58, 60, 50, 42, 44, 50, 54, 52, 54, 62, 78, 86, 70, 40, 16),
)
_DIGITAL_WEEKEND = (
    *(8, 6, 4, 2, 2, 3, 8, 18, 34, 50, 58, 52, 44, 44, 50, 54, 58, 66, 82, 104, 112, 88, 48, 20),
)


@dataclass(frozen=True)
class Demand:
    """One entry per record: project, day, index of REASONS, its kind and category, channel, time.

    channel is -1 where unknown; created is in seconds.
    """

    project: Ints
    day: Ints
    kind: Ints
    category: Ints
    buyer: Bools
    channel: Ints
    created: Floats


def make_demand(
    rng: np.random.Generator, period: Period, projects: Projects, stories: Stories, records: int
) -> Demand:
    """Draw the records from the expected volumes."""
    volume = _volume(rng, period, projects, stories)
    cumulated = np.cumsum(volume.ravel())
    u = np.sort(rng.random(records)) * cumulated[-1]
    cell = np.minimum(np.searchsorted(cumulated, u, side="right"), cumulated.size - 1)
    project, day, reason = np.unravel_index(cell, volume.shape)
    kind = np.array([r.kind for r in REASONS])[reason]
    channel = weighted_rows(rng, np.array([_CHANNEL_WEIGHTS[k] for k in KINDS], float), kind)
    created = day * DAY + _time_of_day(rng, period, day, channel)
    return Demand(
        project=project.astype(np.int64),
        day=day.astype(np.int64),
        kind=kind,
        category=np.array([r.category for r in REASONS])[reason],
        buyer=np.array([r.buyer for r in REASONS])[reason],
        channel=np.where(rng.random(records) < 0.006, -1, channel),
        created=created,
    )


def _volume(
    rng: np.random.Generator, period: Period, projects: Projects, stories: Stories
) -> Floats:
    """Expected volume by project, day and reason, up to a constant factor."""
    days = np.arange(period.days)
    size = np.power(projects.households, 0.6) * lognormal(rng, 1.0, 0.15, len(projects))
    base = np.array([reason.weight for reason in REASONS])
    taste = np.exp(0.22 * rng.standard_normal((len(projects), len(REASONS))))
    since = days[None, :] - projects.handed_over[:, None]
    volume: Floats = (size[:, None] * _calendar(rng, period, stories.drift.growth))[:, :, None] * (
        base * taste
    )[:, None, :]
    volume *= _phases(since)
    _apply_weekend_visits(volume, period)
    _apply_rain(volume, period, projects, stories.leaks)
    category = np.array([reason.category for reason in REASONS])
    growth = 1 + (stories.growth.factor - 1) * days / period.days
    volume[:, :, category == CODES.index(stories.growth.category)] *= growth[None, :, None]
    _apply_collapse(volume, since, projects.collapsed, stories.collapse)
    return volume


def _calendar(rng: np.random.Generator, period: Period, slow: float) -> Floats:
    """Factor of each day: weekday, public holidays, slow growth, and chance."""
    calendar = period.calendar()
    factor = np.array(WEEKDAYS)[calendar.day_of_week.to_numpy()]
    holiday = np.isin(calendar.strftime("%m-%d").to_numpy(dtype=str), HOLIDAYS)
    growth = 1 + slow * np.arange(period.days) / period.days
    luck = np.exp(0.06 * rng.standard_normal(period.days))
    return np.asarray(factor * np.where(holiday, HOLIDAY_VOLUME, 1.0) * growth * luck)


def _phases(since: Floats) -> Floats:
    """Factor of each reason by the days since handover (NaN: never): buyers before, owners after.

    Owners complain and report more in the focus period.
    """
    after = since >= 0
    settling = np.where(after, 1 - 0.25 * np.exp(-np.maximum(since, 0) / 200), 0.0)
    selling = np.where(after, 0.16 + 0.5 * np.exp(-np.maximum(since, 0) / 120), 0.8)
    focus = after & (since <= FOCUS_DAYS)
    factor = np.empty((*since.shape, len(REASONS)))
    for place, reason in enumerate(REASONS):
        factor[:, :, place] = selling if reason.buyer else settling
        if not reason.buyer and reason.kind == COMPLAINT:
            more = FOCUS_COMPLAINTS * FOCUS_CATEGORIES.get(CODES[reason.category], 1.0)
            factor[:, :, place] *= np.where(focus, more, 1.0)
        if not reason.buyer and reason.kind in (REPAIR, FOLLOW_UP, CONSULTATION):
            factor[:, :, place] *= np.where(focus, 1.35, 1.0)
    return factor


def _apply_weekend_visits(volume: Floats, period: Period) -> None:
    weekend = period.calendar().day_of_week.to_numpy() >= 5
    visits = np.array([reason.kind == VISIT for reason in REASONS])
    volume[np.ix_(np.arange(len(volume)), weekend, visits)] *= WEEKEND_VISITS


def _apply_rain(volume: Floats, period: Period, projects: Projects, rain: RainyLeaks) -> None:
    month = period.calendar().month.to_numpy()
    leaks = np.array([CODES[reason.category] == rain.category for reason in REASONS])
    for code, region in enumerate(REGIONS):
        by_month = np.ones(13)
        for number, value in rain.months.get(region, {}).items():
            by_month[number] = value
        here = np.flatnonzero(projects.region == code)
        volume[np.ix_(here, np.arange(period.days), leaks)] *= by_month[month][None, :, None]


def _apply_collapse(volume: Floats, since: Floats, collapsed: int, story: Collapse) -> None:
    kind = np.array([reason.kind for reason in REASONS])
    focus = (since[collapsed] >= 0) & (since[collapsed] <= story.focus_days)
    later = since[collapsed] > story.focus_days
    here = volume[collapsed]
    here[np.ix_(focus, kind == COMPLAINT)] *= story.complaints
    here[np.ix_(later, kind == COMPLAINT)] *= story.later_complaints
    here[np.ix_(focus, kind != COMPLAINT)] *= story.other_records
    here[np.ix_(since[collapsed] >= 0, kind == PRAISE)] *= story.praise


def _time_of_day(rng: np.random.Generator, period: Period, day: Ints, channel: Ints) -> Floats:
    """Seconds since midnight: office hours, for digital channels evenings, most on weekends."""
    weekend = period.calendar().day_of_week.to_numpy()[day] >= 5
    digital = np.isin(channel, DIGITAL)
    shape = np.where(digital, np.where(weekend, 2, 1), 0)
    hours = np.array([_STAFFED, _DIGITAL_WORKDAY, _DIGITAL_WEEKEND], dtype=np.float64)
    return np.floor((weighted_rows(rng, hours, shape) + rng.random(len(day))) * HOUR)
