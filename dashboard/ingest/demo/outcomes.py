"""What came of it: latent quality, service tier, reopening, cost, remedy."""

from dataclasses import dataclass

import numpy as np

from dashboard.ingest.demo.assignment import Assigned
from dashboard.ingest.demo.categories import (
    CATEGORIES,
    COMPLAINT,
    CONSULTATION,
    FOLLOW_UP,
    PRAISE,
    REPAIR,
    VALUE_ADDED,
    VISIT,
)
from dashboard.ingest.demo.clients import Clients
from dashboard.ingest.demo.clock import DAY
from dashboard.ingest.demo.draw import Bools, Floats, Ints, chance, lognormal, weighted_rows
from dashboard.ingest.demo.handling import Handling
from dashboard.ingest.demo.people import Staff
from dashboard.ingest.demo.places import Projects
from dashboard.ingest.demo.stories import NeglectedVips, Stories

TIERS = ("basic", "satisfying", "exceeding", "memorable")
DELIVERED = ("below", *TIERS)
REMEDIES = ("apology", "repair", "compensation", "improvement", "other")
COMPENSATION = 2
_TARGETS = (0.41, 0.48, 0.10, 0.01)
_STEPS = (-2.5, -1.32, 1.06, 2.1)
"""Bounds of the noisy quality at which delivery falls or rises by one tier each."""
_REMEDY_WEIGHTS = (30, 38, 10, 16, 6)
KIND_QUALITY = {CONSULTATION: 0.15, VISIT: 0.25, PRAISE: 1.0, FOLLOW_UP: 0.1, COMPLAINT: -0.45}


@dataclass(frozen=True)
class Outcomes:
    """One entry per record; quality is latent, the others as in the table, -1 or NaN unknown."""

    quality: Floats
    tier_target: Ints
    tier_delivered: Ints
    reopen_count: Ints
    escalated: Bools
    cost: Floats
    revenue: Floats
    remedy: Ints
    compensation: Floats


def judge(
    rng: np.random.Generator,
    assigned: Assigned,
    handling: Handling,
    clients: Clients,
    projects: Projects,
    staff: Staff,
    stories: Stories,
) -> Outcomes:
    """Draw the outcomes of all records; people, project, delays and stories decide the quality."""
    demand = assigned.demand
    n = len(demand.project)
    graded = np.isin(demand.kind, (REPAIR, COMPLAINT))
    skill = np.where(assigned.staff >= 0, staff.skill[np.maximum(assigned.staff, 0)], -0.05)
    reopening = np.where(graded, 0.064, 0.02) * (1 + 0.9 * handling.hard) * np.exp(-0.5 * skill)
    reopened = chance(rng, reopening, n)
    escalation = np.where(demand.kind == COMPLAINT, 0.085, np.where(graded, 0.025, 0.008))
    quality = skill + _quality(
        rng, assigned, handling, projects, reopened, stories.collapse.satisfaction
    )
    target, delivered = _tiers(rng, assigned, clients, quality, stories.vips)
    cost = _cost(rng, assigned, handling)
    offered = demand.kind == VALUE_ADDED
    accepted = offered & chance(rng, 0.72, n)
    sorted_out = (demand.kind == COMPLAINT) & chance(rng, 0.68, n)
    remedy = weighted_rows(rng, np.array([_REMEDY_WEIGHTS], float), np.zeros(n, np.int64))
    remedy = np.where(sorted_out, remedy, -1)
    paid = remedy == COMPENSATION
    return Outcomes(
        quality=quality,
        tier_target=target,
        tier_delivered=delivered,
        reopen_count=np.where(reopened, 1 + rng.poisson(0.25, n), 0),
        escalated=chance(rng, escalation * (1 + 1.6 * handling.late), n),
        cost=cost,
        revenue=np.where(accepted, lognormal(rng, 260, 0.7, n), np.where(offered, 0.0, np.nan)),
        remedy=remedy,
        compensation=np.where(paid, lognormal(rng, 900, 0.9, n), np.nan),
    )


def _quality(
    rng: np.random.Generator,
    assigned: Assigned,
    handling: Handling,
    projects: Projects,
    reopened: Bools,
    collapse: float,
) -> Floats:
    demand = assigned.demand
    n = len(demand.project)
    quality = projects.quality[demand.project] + 0.8 * rng.standard_normal(n)
    for kind, effect in KIND_QUALITY.items():
        quality += effect * (demand.kind == kind)
    quality -= 0.6 * handling.missed + 0.45 * handling.late + 0.55 * handling.hard + 0.8 * reopened
    keys = projects.handed_over[projects.collapsed] * DAY
    collapsed = (demand.project == projects.collapsed) & (handling.created >= keys)
    return np.asarray(quality + collapse * collapsed)


def _tiers(
    rng: np.random.Generator,
    assigned: Assigned,
    clients: Clients,
    quality: Floats,
    story: NeglectedVips,
) -> tuple[Ints, Ints]:
    """Target and delivered tier; VIPs are promised exceeding or memorable service."""
    n = len(quality)
    vip = (assigned.customer >= 0) & clients.vip[np.maximum(assigned.customer, 0)]
    memorable = story.memorable_target
    weights = np.array([_TARGETS, (0, 0, 1 - memorable, memorable)], dtype=np.float64)
    target = weighted_rows(rng, weights, vip.astype(np.int64))
    felt = quality + 0.55 * rng.standard_normal(n) + story.delivery * vip
    change = np.searchsorted(np.array(_STEPS), felt) - 2
    delivered = np.clip(target + 1 + change, 0, len(TIERS))
    target = np.where(chance(rng, 0.04, n), -1, target)
    return target, np.where(chance(rng, 0.05, n), -1, delivered)


def _cost(rng: np.random.Generator, assigned: Assigned, handling: Handling) -> Floats:
    """Repairs and complaints cost by category, more where they take long; the rest costs little."""
    demand = assigned.demand
    n = len(demand.project)
    median = np.array([category.cost for category in CATEGORIES])[demand.category]
    small = np.where(demand.kind == VALUE_ADDED, 60.0, 12.0)
    graded = np.isin(demand.kind, (REPAIR, COMPLAINT))
    cost = lognormal(rng, np.where(graded, median * (1 + 0.8 * handling.hard), small), 0.6, n)
    known = chance(rng, np.where(graded, 0.94, 0.55), n) & ~assigned.by_ai
    return np.where(known, cost, np.nan)
