"""How long it takes: the events of each record from first response to closing."""

from dataclasses import dataclass

import numpy as np

from dashboard.ingest.demo.assignment import Assigned, repeated_times
from dashboard.ingest.demo.categories import (
    CATEGORIES,
    CODES,
    COMPLAINT,
    CONSULTATION,
    FOLLOW_UP,
    PRAISE,
    REPAIR,
    VALUE_ADDED,
    VISIT,
)
from dashboard.ingest.demo.clock import DAY, HOUR, Period, is_night
from dashboard.ingest.demo.draw import Bools, Floats, Ints, chance, lognormal, weighted_rows
from dashboard.ingest.demo.people import Staff
from dashboard.ingest.demo.places import Projects
from dashboard.ingest.demo.stories import NewStandard, Stories

L1, L2, L3, NO_LEVEL = range(4)
LEVELS = ("L1", "L2", "L3")
ONSITE_L1_HOURS = 3.0
FIRST_HOURS = (0.5, 1.1, 2.0, 0.8)
"""Median hours to the first response, by level and without one."""
AFTER_VISIT_HOURS = (3.5, 17.0)
"""Median hours from the visit on site to the resolution, L1 and L2."""
L3_HOURS = 14.0
KIND_HOURS = {CONSULTATION: 0.9, FOLLOW_UP: 3.0, VISIT: 1.2, VALUE_ADDED: 26.0, PRAISE: 2.0}
"""Median hours to the resolution of kinds without a level."""
PROMISED_HOURS = (24.0, 120.0, 96.0, 48.0)
HARD_DAYS = 31.0
HARD_SHARE = {REPAIR: 0.09, COMPLAINT: 0.165, VALUE_ADDED: 0.03}
HARD_CATEGORY = {"decoration_delay": 1.6, "material_procurement": 1.5, "leak": 1.3, "cleaning": 0.5}
NEVER = 0.004
"""Share of repairs and complaints that stay open; some of them were forgotten."""


@dataclass(frozen=True)
class Handling:
    """Events in seconds, NaN where they did not happen; not yet cut at the end of the period.

    level is NO_LEVEL where there is none. missed: the standard of its level was missed, late: the
    promised time, too.
    """

    level: Ints
    created: Floats
    due: Floats
    first_response: Floats
    investigated: Floats
    on_site: Floats
    resolved: Floats
    fed_back: Floats
    closed: Floats
    hard: Bools
    missed: Bools
    late: Bools
    cancelled: Bools


@dataclass(frozen=True)
class _Durations:
    """Seconds from creation to each event."""

    first: Floats
    on_site: Floats
    resolve: Floats
    hard: Bools


def handle(
    rng: np.random.Generator,
    period: Period,
    assigned: Assigned,
    projects: Projects,
    staff: Staff,
    stories: Stories,
) -> Handling:
    """Draw the events of all records; on site standard, staff, project, load and night count."""
    demand = assigned.demand
    n = len(demand.project)
    level = _levels(rng, demand.kind, demand.category)
    took = _durations(rng, period, assigned, level, projects, staff, stories)
    created = repeated_times(
        rng, period, demand.created, demand.created + took.resolve, assigned.repeats
    )
    stuck = chance(rng, NEVER, n) & np.isin(demand.kind, (REPAIR, COMPLAINT))
    forgotten = stuck & chance(rng, 0.4, n)
    resolved = np.where(stuck, np.nan, created + took.resolve)
    promised = np.array(PROMISED_HOURS)[level] * HOUR
    due = np.where(chance(rng, 0.12, n), np.nan, created + promised)
    complaint = demand.kind == COMPLAINT
    told = chance(rng, np.where(complaint, 0.935, 0.97), n)
    fed_back = np.where(told, resolved + lognormal(rng, 8 * HOUR, 0.9, n), np.nan)
    archived = chance(rng, np.where(told, 0.965, 0.25), n)
    closed = np.where(told, fed_back, resolved) + lognormal(rng, 18 * HOUR, 0.9, n)
    looked = complaint & chance(rng, 0.93, n)
    share = rng.uniform(0.1, 0.8, n)
    investigated = created + took.first + share * np.maximum(took.resolve - took.first, 60)
    return Handling(
        level=level,
        created=created,
        due=due,
        first_response=np.where(forgotten, np.nan, created + took.first),
        investigated=np.where(looked & ~forgotten, investigated, np.nan),
        on_site=np.where(forgotten, np.nan, created + took.on_site),
        resolved=resolved,
        fed_back=fed_back,
        closed=np.where(archived, closed, np.nan),
        hard=took.hard,
        missed=_missed(level, took),
        late=~(took.resolve <= promised),
        cancelled=chance(rng, 0.02, n) & ~assigned.newcomer & (assigned.repeats < 0),
    )


def _levels(rng: np.random.Generator, kind: Ints, category: Ints) -> Ints:
    """Repairs and complaints have a level by category, a few lack it; other kinds have none."""
    n = len(kind)
    weights = np.array([category.levels for category in CATEGORIES])
    level = weighted_rows(rng, weights, category)
    graded = np.isin(kind, (REPAIR, COMPLAINT)) & ~chance(rng, 0.03, n)
    return np.where(graded, level, NO_LEVEL)


def _durations(
    rng: np.random.Generator,
    period: Period,
    assigned: Assigned,
    level: Ints,
    projects: Projects,
    staff: Staff,
    stories: Stories,
) -> _Durations:
    demand = assigned.demand
    n = len(level)
    pace = _pace(period, assigned, projects, staff)
    night = np.where(is_night(demand.created), 1.5, 1.0)
    first = lognormal(rng, np.array(FIRST_HOURS)[level] * pace * night, 0.8, n) * HOUR
    on_site = first + _visit_hours(rng, demand.day, level, period, stories.standard) * pace * HOUR
    visited = (level == L2) | (level == L1) | (demand.kind == REPAIR)
    on_site = np.where(visited & ~chance(rng, 0.02, n), on_site, np.nan)
    hours = np.ones(n)
    for kind, median in KIND_HOURS.items():
        hours = np.where(demand.kind == kind, median, hours)
    hours = np.where(level == L3, L3_HOURS, hours)
    sigma = np.where(level == L3, 0.9, 1.1)
    resolve = hours * pace * np.exp(sigma * rng.standard_normal(n)) * HOUR
    after = np.array([*AFTER_VISIT_HOURS, 6.0, 12.0])[level]
    fixed = np.fmax(on_site, first) + lognormal(rng, after * pace, 1.0, n) * HOUR
    resolve = np.where(visited, fixed, np.maximum(resolve, first + 60))
    hard = chance(rng, _hard_share(assigned, projects, stories.collapse.hard), n)
    resolve = np.where(hard, resolve + lognormal(rng, HARD_DAYS * pace, 0.75, n) * DAY, resolve)
    answered = rng.uniform(3, 40, n)
    first = np.where(assigned.by_ai, answered, first)
    resolve = np.where(assigned.by_ai, answered + rng.uniform(0, 240, n), resolve)
    return _Durations(first, on_site, resolve, hard & ~assigned.by_ai)


def _visit_hours(
    rng: np.random.Generator, day: Ints, level: Ints, period: Period, story: NewStandard
) -> Floats:
    """Hours from first response to the site; level 2 is faster once the new standard is active."""
    pilot, active = period.before_end(story.pilot), period.before_end(story.active)
    learned = np.clip((day - pilot) / (active - pilot), 0, 1)
    before, after = np.log(story.hours_before), np.log(story.hours_after)
    l2_hours = np.exp(before + (after - before) * learned)
    return lognormal(rng, np.where(level == L1, ONSITE_L1_HOURS, l2_hours), 0.62, len(day))


def _pace(period: Period, assigned: Assigned, projects: Projects, staff: Staff) -> Floats:
    """Factor on durations: the person, the project and the load of its day."""
    demand = assigned.demand
    person = np.where(assigned.staff >= 0, staff.pace[np.maximum(assigned.staff, 0)], 1.05)
    cell = demand.project * period.days + demand.day
    count = np.bincount(cell, minlength=len(projects) * period.days)
    busy = count.reshape(len(projects), -1)
    mean = np.maximum(busy.mean(axis=1, keepdims=True), 1e-9)
    load = (np.clip(busy / mean, 0.3, 4) ** 0.10).ravel()[cell]
    return np.asarray(person * load * np.exp(projects.slowness[demand.project]))


def _hard_share(assigned: Assigned, projects: Projects, collapse: float) -> Floats:
    demand = assigned.demand
    share = np.zeros(len(demand.kind))
    for kind, value in HARD_SHARE.items():
        share = np.where(demand.kind == kind, value, share)
    for code, factor in HARD_CATEGORY.items():
        share = np.where(demand.category == CODES.index(code), share * factor, share)
    handed_over = demand.day >= projects.handed_over[projects.collapsed]
    collapsed = (demand.project == projects.collapsed) & handed_over
    return np.where(collapsed, share * collapse, share)


def _missed(level: Ints, took: _Durations) -> Bools:
    """Whether the standard of the level is missed: 2 h, 24 h on site, 3 days."""
    return np.asarray(
        ((level == L1) & (took.first > 2 * HOUR))
        | ((level == L2) & (took.on_site > 24 * HOUR))
        | ((level == L3) & (took.resolve > 72 * HOUR)),
        dtype=np.bool_,
    )
