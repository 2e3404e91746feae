"""From contract to community life: contracts, handover checks, steps of complaints, events."""

import numpy as np
import pandas as pd

from dashboard.ingest.demo.categories import COMPLAINT
from dashboard.ingest.demo.clients import LONG_TERM, POTENTIAL, Clients
from dashboard.ingest.demo.clock import DAY, HOUR, Period
from dashboard.ingest.demo.draw import (
    Floats,
    Ints,
    chance,
    flags,
    ids,
    lognormal,
    money,
    pick,
    whole,
)
from dashboard.ingest.demo.people import POSTS, Staff
from dashboard.ingest.demo.places import Projects
from dashboard.ingest.demo.records import Records
from dashboard.ingest.demo.words import CHECK_ITEMS, EVENTS, OTHER_PRICE, PRICE, STEPS

CONTRACT_KINDS = ("purchase", "repurchase", "lease", "service")
PURCHASE, REPURCHASE, LEASE, SERVICE = range(len(CONTRACT_KINDS))
AMOUNTS = (1.0, 1.1, 0.024, 0.0015)
"""Median amount as a multiple of the city's price."""
STEPPED_SHARE = 0.4
"""Share of the complaints whose steps are recorded."""
STEP_WEIGHTS = np.array([0.3, 1.3, 1.5, 1.6, 1.1, 4.2, 0.8, 0.7])
"""Share of the time that each step takes; waiting for the engineers takes longest."""
STEP_DUE_HOURS = np.array([2.0, 24, 36, 48, 60, 96, 108, 120])
CHECKS_EACH = 4
EVENT_DAYS = 80


def make_lifecycle(
    rng: np.random.Generator,
    period: Period,
    projects: Projects,
    staff: Staff,
    clients: Clients,
    records: Records,
) -> dict[str, pd.DataFrame]:
    """The tables ``contract``, ``record_step``, ``handover_check`` and ``event``."""
    return {
        "contract": _contracts(rng, period, projects, staff, clients),
        "record_step": _steps(rng, period, records),
        "handover_check": _checks(rng, period, projects, clients),
        "event": _events(rng, period, projects),
    }


def _contracts(
    rng: np.random.Generator, period: Period, projects: Projects, staff: Staff, clients: Clients
) -> pd.DataFrame:
    """The purchase of everybody who bought, second purchases, some leases and services."""
    bought = np.flatnonzero(clients.segment != POTENTIAL)
    loyal = np.flatnonzero((clients.segment == LONG_TERM) & chance(rng, 0.16, len(clients)))
    lease = bought[chance(rng, 0.04, len(bought))]
    service = bought[chance(rng, 0.05, len(bought))]
    groups = (bought, loyal, lease, service)
    customer = np.concatenate(groups)
    kind = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    n = len(customer)
    after = np.where(kind == PURCHASE, rng.integers(0, 12, n), rng.uniform(120, 1500, n).round())
    signed = clients.joined[customer] + after
    kept = signed < period.days
    customer, kind, signed = customer[kept], kind[kept], signed[kept]
    order = np.argsort(signed, kind="stable")
    customer, kind, signed = customer[order], kind[order], signed[order]
    n = len(customer)
    project = clients.project[customer]
    seller = project * POSTS + POSTS - 1
    known = staff.employed(seller, signed)
    city = projects.table["city"].map(PRICE).fillna(OTHER_PRICE).to_numpy(dtype=np.float64)
    median = 1e6 * city[project] * np.array(AMOUNTS)[kind]
    return pd.DataFrame(
        {
            "contract_id": ids("H", n, 6),
            "customer_id": pick(clients.table["customer_id"], customer),
            "project_id": pick(projects.table["project_id"], project),
            "staff_id": pick(staff.table["staff_id"], np.where(known, seller, -1)),
            "kind": pick(CONTRACT_KINDS, kind),
            "signed_on": period.dates(signed),
            "amount": money(lognormal(rng, median, 0.35, n)),
        }
    )


def _steps(rng: np.random.Generator, period: Period, records: Records) -> pd.DataFrame:
    """The steps of some complaints; what is not resolved stops at a step."""
    begun = np.isfinite(records.first_response) & ~records.cancelled
    chosen = begun & (records.kind == COMPLAINT) & chance(rng, STEPPED_SHARE, len(records))
    record = np.flatnonzero(chosen)
    shape = (len(record), len(STEPS))
    created = records.created[record]
    unresolved = period.last_second - created + lognormal(rng, 20 * DAY, 0.8, shape[0])
    total = np.where(
        np.isfinite(records.resolved[record]), records.resolved[record] - created, unresolved
    )
    parts = rng.gamma(2 * STEP_WEIGHTS, size=shape)
    share = np.cumsum(parts, axis=1) / parts.sum(axis=1, keepdims=True)
    done: Floats = period.until_end((created[:, None] + share * total[:, None]).ravel())
    due = (created[:, None] + STEP_DUE_HOURS * HOUR).ravel()
    step: Ints = np.tile(np.arange(shape[1]), shape[0])
    known = np.isfinite(done)
    return pd.DataFrame(
        {
            "record_id": pick(records.table["record_id"], np.repeat(record, shape[1])),
            "step_no": whole(step + 1, np.ones(len(step), dtype=np.bool_)),
            "step": pick([name for name, _ in STEPS], step),
            "department": pick([department for _, department in STEPS], step),
            "due_at": period.timestamps(due),
            "done_at": period.timestamps(done),
            "accepted": flags(chance(rng, 0.95, len(step)), known),
        }
    )


def _checks(
    rng: np.random.Generator, period: Period, projects: Projects, clients: Clients
) -> pd.DataFrame:
    """Four items for every home handed over in the period; the collapsed community fails more."""
    homes = np.flatnonzero(clients.handed_over >= 0)
    customer = np.repeat(homes, CHECKS_EACH)
    n = len(customer)
    project = clients.project[customer]
    items = rng.random((len(homes), len(CHECK_ITEMS))).argsort(axis=1)[:, :CHECKS_EACH]
    day = clients.handed_over[customer]
    passed = chance(rng, np.where(project == projects.collapsed, 0.7, 0.9), n)
    fixed = period.past_days(day + 1 + rng.exponential(22, n).round())
    return pd.DataFrame(
        {
            "check_id": ids("B", n, 6),
            "project_id": pick(projects.table["project_id"], project),
            "customer_id": pick(clients.table["customer_id"], customer),
            "item": pick(CHECK_ITEMS, items.ravel()),
            "checked_on": period.dates(day),
            "passed": pd.Series(passed),
            "fixed_on": period.dates(np.where(passed | chance(rng, 0.03, n), np.nan, fixed)),
        }
    )


def _events(rng: np.random.Generator, period: Period, projects: Projects) -> pd.DataFrame:
    """An event every few months in every community that is lived in."""
    first = np.arange(EVENT_DAYS, period.days, EVENT_DAYS)
    project, day = (
        axis.ravel() for axis in np.meshgrid(np.arange(len(projects)), first, indexing="ij")
    )
    day = day - rng.integers(0, EVENT_DAYS, len(day))
    kept = projects.handed_over[project] <= day
    project, day = project[kept], day[kept]
    n = len(project)
    invited = (projects.households[project] * rng.uniform(0.2, 0.6, n)).astype(np.int64)
    attended = (invited * np.clip(0.28 + 0.1 * rng.standard_normal(n), 0.04, 0.8)).astype(np.int64)
    return pd.DataFrame(
        {
            "event_id": ids("T", n, 5),
            "project_id": pick(projects.table["project_id"], project),
            "name": pick(EVENTS, rng.integers(0, len(EVENTS), n)),
            "held_on": period.dates(day),
            "invited": whole(invited, np.ones(n, dtype=np.bool_)),
            "attended": whole(attended, ~chance(rng, 0.05, n)),
        }
    )
