"""Who gets in touch and who is responsible: customers and staff of each record."""

from dataclasses import dataclass, replace

import numpy as np

from dashboard.ingest.demo.categories import COMPLAINT, CONSULTATION, FOLLOW_UP, KINDS
from dashboard.ingest.demo.clients import Clients
from dashboard.ingest.demo.clock import DAY, HOUR, Period
from dashboard.ingest.demo.demand import DIGITAL, Demand
from dashboard.ingest.demo.draw import Bools, Floats, Ints, chance, weighted_rows
from dashboard.ingest.demo.people import POSTS, Staff
from dashboard.ingest.demo.stories import Stories

ATTEMPTS = 8
REPEATED = 0.05
"""Share of the complaints that repeat an earlier one of the same customer."""

_POST_WEIGHTS = {
    "consultation": (30, 40, 2, 28),
    "repair": (14, 6, 72, 8),
    "complaint": (34, 30, 18, 18),
    "follow_up": (40, 28, 6, 26),
    "visit": (18, 22, 0, 60),
    "value_added": (46, 14, 34, 6),
    "praise": (44, 20, 28, 8),
}


@dataclass(frozen=True)
class Assigned:
    """One entry per record; customer and staff are -1 where unknown.

    repeats is the record that a complaint repeats, else -1. newcomer marks the cases of the
    person of the sixth story.
    """

    demand: Demand
    customer: Ints
    staff: Ints
    by_ai: Bools
    repeats: Ints
    newcomer: Bools


def assign(
    rng: np.random.Generator,
    period: Period,
    demand: Demand,
    clients: Clients,
    staff: Staff,
    stories: Stories,
) -> Assigned:
    """Find a customer who is there at the time and a person who is employed."""
    n = len(demand.project)
    customer = _customers(rng, demand, clients)
    people = _staff(rng, demand, staff)
    ai_kind = (demand.kind == CONSULTATION) & np.isin(demand.channel, DIGITAL)
    by_ai = chance(rng, 0.30, n) & ai_kind
    people[by_ai | chance(rng, 0.012, n)] = -1
    cases = _newcomer_cases(demand, customer, by_ai, staff)[: stories.newcomer.cases]
    newcomer = np.zeros(n, dtype=np.bool_)
    newcomer[cases] = True
    people[cases] = staff.newcomer
    return _with_repeats(
        rng, period, Assigned(demand, customer, people, by_ai, -np.ones(n, np.int64), newcomer)
    )


def _customers(rng: np.random.Generator, demand: Demand, clients: Clients) -> Ints:
    """Customers of the project, some far more often than others; -1 where none fits."""
    n = len(demand.project)
    customer = np.full(n, -1, dtype=np.int64)
    first, bought = clients.first[demand.project], clients.bought[demand.project]
    all_of = clients.all_of[demand.project]
    for attempt in range(ATTEMPTS):
        todo = np.flatnonzero(customer < 0)
        # buyers are sought among those who have not bought, and in every other attempt among all
        only_open = demand.buyer[todo] & (attempt % 2 == 0)
        low = np.where(only_open, bought[todo], 0)
        high = np.where(demand.buyer[todo], all_of[todo], bought[todo])
        drawn = (
            first[todo]
            + low
            + np.floor(rng.random(len(todo)) ** 1.35 * (high - low)).astype(np.int64)
        )
        drawn = np.minimum(drawn, len(clients) - 1)
        fits = (high > low) & _present(clients, drawn, demand.day[todo], demand.buyer[todo])
        customer[todo[fits]] = drawn[fits]
    customer[chance(rng, 0.02, n)] = -1
    return customer


def _present(clients: Clients, customer: Ints, day: Ints, buyer: Bools) -> Bools:
    """Whether the customer is there on the day and has, or for buyers has not, got the keys."""
    there = (clients.joined[customer] <= day) & ~(clients.left[customer] < day)
    has_keys = clients.handed_over[customer] <= day
    return np.asarray(there & (has_keys != buyer), dtype=np.bool_)


def _staff(rng: np.random.Generator, demand: Demand, staff: Staff) -> Ints:
    """Somebody of the project who is employed, by the posts that fit the kind; else -1."""
    n = len(demand.project)
    people = np.full(n, -1, dtype=np.int64)
    weights = np.array([_POST_WEIGHTS[kind] for kind in KINDS], dtype=np.float64)
    for _ in range(ATTEMPTS):
        todo = np.flatnonzero(people < 0)
        post = weighted_rows(rng, weights, demand.kind[todo])
        drawn = demand.project[todo] * POSTS + post
        fits = staff.employed(drawn, demand.day[todo]) & (drawn != staff.newcomer)
        people[todo[fits]] = drawn[fits]
    return people


def _newcomer_cases(demand: Demand, customer: Ints, by_ai: Bools, staff: Staff) -> Ints:
    """The easy cases of the project since the newcomer began, the earliest first."""
    easy = np.isin(demand.kind, (CONSULTATION, FOLLOW_UP)) & (customer >= 0) & ~by_ai
    here = demand.project == staff.project[staff.newcomer]
    since = demand.day >= staff.hired[staff.newcomer]
    found = np.flatnonzero(easy & here & since)
    return found[np.argsort(demand.created[found], kind="stable")]


def _with_repeats(rng: np.random.Generator, period: Period, assigned: Assigned) -> Assigned:
    """Turn some complaints into repetitions of another: same project, customer and category."""
    demand = assigned.demand
    complaints = rng.permutation(np.flatnonzero(demand.kind == COMPLAINT))
    count = int(len(complaints) * REPEATED)
    again, rest = complaints[:count], complaints[count:]
    early = demand.day[rest] < period.days - 60
    origin = rest[early & (assigned.customer[rest] >= 0)][:count]
    again = again[: len(origin)]

    def copied(values: Ints) -> Ints:
        values = values.copy()
        values[again] = values[origin]
        return values

    buyer = demand.buyer.copy()
    buyer[again] = buyer[origin]
    repeats = assigned.repeats.copy()
    repeats[again] = origin
    return replace(
        assigned,
        demand=replace(
            demand,
            project=copied(demand.project),
            category=copied(demand.category),
            buyer=buyer,
        ),
        customer=copied(assigned.customer),
        staff=copied(assigned.staff),
        repeats=repeats,
    )


def repeated_times(
    rng: np.random.Generator, period: Period, created: Floats, resolved: Floats, repeats: Ints
) -> Floats:
    """Creation times with repetitions moved to 1 to 28 days after the first was resolved.

    Where the first is not resolved in time the repetition stays where it was.
    """
    gap = np.minimum(1 + np.floor(rng.exponential(9.0, len(created))), 28)
    origin = np.maximum(repeats, 0)
    day = np.floor(resolved[origin] / DAY) + gap
    moved = day * DAY + created % DAY
    fits = (repeats >= 0) & (moved <= period.last_second - HOUR)
    return np.where(fits, moved, created)
