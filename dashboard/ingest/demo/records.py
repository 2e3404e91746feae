"""The table ``service_record``: demand, people, events and outcomes put together."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.ingest.demo import phrases
from dashboard.ingest.demo.assignment import Assigned, assign
from dashboard.ingest.demo.categories import (
    CATEGORIES,
    CODES,
    COMPLAINT,
    CONSULTATION,
    FOLLOW_UP,
    KINDS,
    VISIT,
)
from dashboard.ingest.demo.clients import Clients
from dashboard.ingest.demo.clock import DAY, Period
from dashboard.ingest.demo.demand import CHANNELS, make_demand
from dashboard.ingest.demo.draw import (
    Bools,
    Floats,
    Ints,
    Streams,
    chance,
    ids,
    money,
    pick,
)
from dashboard.ingest.demo.handling import LEVELS, NO_LEVEL, Handling, handle
from dashboard.ingest.demo.outcomes import DELIVERED, REMEDIES, TIERS, Outcomes, judge
from dashboard.ingest.demo.people import Staff
from dashboard.ingest.demo.places import Projects
from dashboard.ingest.demo.stories import Stories

STAGES = ("reception", "information", "follow_up", "contract", "handover", "after_sales")
RECEPTION, INFORMATION, SALES_FOLLOW_UP, CONTRACT, HANDOVER, AFTER_SALES = range(len(STAGES))
STATUSES = ("open", "in_progress", "resolved", "closed", "cancelled")
OPEN, IN_PROGRESS, RESOLVED, CLOSED, CANCELLED = range(len(STATUSES))
_CONTRACT_CATEGORIES = np.isin(
    CODES, ("contract_terms", "decoration_delay", "material_procurement")
)


@dataclass(frozen=True)
class Records:
    """What other tables need to know of the records, in the order of the table.

    resolved is NaN where it lies after the end of the period.
    """

    table: pd.DataFrame
    project: Ints
    customer: Ints
    staff: Ints
    kind: Ints
    created: Floats
    first_response: Floats
    resolved: Floats
    quality: Floats
    late: Bools
    newcomer: Bools
    cancelled: Bools

    def __len__(self) -> int:
        return len(self.project)


def make_records(
    streams: Streams,
    period: Period,
    projects: Projects,
    staff: Staff,
    clients: Clients,
    stories: Stories,
    records: int,
) -> Records:
    """Draw all records; ids follow the time of creation."""
    demand = make_demand(streams["demand"], period, projects, stories, records)
    assigned = assign(streams["assignment"], period, demand, clients, staff, stories)
    handling = handle(streams["handling"], period, assigned, projects, staff, stories)
    outcomes = judge(streams["outcomes"], assigned, handling, clients, projects, staff, stories)
    order = np.argsort(handling.created, kind="stable")
    table = _table(streams["records"], period, assigned, handling, outcomes, clients)
    table = table.iloc[order].reset_index(drop=True)
    table.insert(0, "record_id", ids("R", records, 7))
    table["project_id"] = pick(projects.table["project_id"], assigned.demand.project[order])
    table["customer_id"] = pick(clients.table["customer_id"], assigned.customer[order])
    table["staff_id"] = pick(staff.table["staff_id"], assigned.staff[order])
    resolved = np.where(handling.cancelled, np.nan, handling.resolved)
    return Records(
        table=table,
        project=assigned.demand.project[order],
        customer=assigned.customer[order],
        staff=assigned.staff[order],
        kind=assigned.demand.kind[order],
        created=handling.created[order],
        first_response=period.until_end(handling.first_response)[order],
        resolved=period.until_end(resolved)[order],
        quality=outcomes.quality[order],
        late=handling.late[order],
        newcomer=assigned.newcomer[order],
        cancelled=handling.cancelled[order],
    )


def _table(
    rng: np.random.Generator,
    period: Period,
    assigned: Assigned,
    handling: Handling,
    outcomes: Outcomes,
    clients: Clients,
) -> pd.DataFrame:
    """All columns but the id, in the order of the contract, unsorted."""
    demand = assigned.demand
    n = len(demand.project)
    nobody = pd.Series(np.full(n, None, dtype=object)).astype("str")
    category = np.where(chance(rng, 0.025, n), -1, demand.category)
    title = phrases.titles(rng, demand.kind, demand.category)
    columns: dict[str, pd.Series] = {
        "project_id": nobody,
        "customer_id": nobody,
        "staff_id": nobody,
        "kind": pick(KINDS, demand.kind),
        "stage": pick(STAGES, _stages(rng, assigned, handling, clients)),
        "category": pick(CODES, category),
        "risk": pick([entry.risk for entry in CATEGORIES], category),
        "channel": pick(CHANNELS, demand.channel),
        "level": pick(LEVELS, np.where(handling.level == NO_LEVEL, -1, handling.level)),
        **_results(rng, period, handling, outcomes),
        "handled_by": pick(("human", "ai"), _handled_by(rng, assigned)),
        "title": title,
        "detail": phrases.details(rng, title, demand.kind, demand.channel),
    }
    return pd.DataFrame(columns)


def _results(
    rng: np.random.Generator, period: Period, handling: Handling, outcomes: Outcomes
) -> dict[str, pd.Series]:
    """Tiers, events, status and outcomes as known at the end of the period."""
    events = {
        name: period.until_end(np.where(handling.cancelled, np.nan, getattr(handling, name)))
        for name in ("on_site", "resolved", "fed_back", "closed", "investigated")
    }
    first = period.until_end(handling.first_response)
    resolved = np.isfinite(events["resolved"])
    stamp = {name: period.timestamps(seconds) for name, seconds in events.items()}
    notified = _notified(rng, handling, period)
    return {
        "tier_target": pick(TIERS, outcomes.tier_target),
        "tier_delivered": pick(DELIVERED, np.where(resolved, outcomes.tier_delivered, -1)),
        "created_at": period.timestamps(handling.created),
        "due_at": period.timestamps(handling.due),
        "first_response_at": period.timestamps(first),
        "on_site_at": stamp["on_site"],
        "resolved_at": stamp["resolved"],
        "fed_back_at": stamp["fed_back"],
        "closed_at": stamp["closed"],
        "investigated_at": stamp["investigated"],
        "delay_notified_at": period.timestamps(notified),
        "status": pick(STATUSES, _status(handling, first, events)),
        "reopen_count": pd.Series(np.where(resolved, outcomes.reopen_count, 0)).astype("int64"),
        "escalated": pd.Series(outcomes.escalated),
        "cost": money(np.where(resolved, outcomes.cost, np.nan)),
        "revenue": money(np.where(resolved, outcomes.revenue, np.nan)),
        "remedy": pick(REMEDIES, np.where(resolved, outcomes.remedy, -1)),
        "compensation": money(np.where(resolved, outcomes.compensation, np.nan)),
    }


def _status(handling: Handling, first: Floats, events: dict[str, Floats]) -> Ints:
    """The status that the timestamps imply."""
    begun = np.isfinite(first) | np.isfinite(events["on_site"])
    status = np.where(begun, IN_PROGRESS, OPEN)
    status = np.where(np.isfinite(events["resolved"]), RESOLVED, status)
    status = np.where(np.isfinite(events["closed"]), CLOSED, status)
    return np.where(handling.cancelled, CANCELLED, status)


def _notified(rng: np.random.Generator, handling: Handling, period: Period) -> Floats:
    """Three of five late records are announced, most of them before the promised time."""
    n = len(handling.created)
    told = handling.late & np.isfinite(handling.due) & chance(rng, 0.6, n) & ~handling.cancelled
    share = rng.uniform(0.55, 1.15, n)
    seconds = handling.created + share * (handling.due - handling.created)
    seconds = np.fmin(seconds, handling.resolved)
    return period.until_end(np.where(told, seconds, np.nan))


def _stages(
    rng: np.random.Generator, assigned: Assigned, handling: Handling, clients: Clients
) -> Ints:
    """Where in the journey: buyers by kind and category, owners by days since handover."""
    demand = assigned.demand
    n = len(demand.project)
    contract = _CONTRACT_CATEGORIES[demand.category]
    before = np.select(
        [
            demand.kind == VISIT,
            demand.kind == FOLLOW_UP,
            contract & (demand.kind != CONSULTATION),
            contract & chance(rng, 0.5, n),
            (demand.kind == COMPLAINT) & chance(rng, 0.4, n),
        ],
        [RECEPTION, SALES_FOLLOW_UP, CONTRACT, CONTRACT, RECEPTION],
        INFORMATION,
    )
    keys = clients.handed_over[np.maximum(assigned.customer, 0)]
    since = np.where(assigned.customer >= 0, handling.created / DAY - keys, np.inf)
    settling = (since <= 45) & chance(rng, 0.75, n)
    stage = np.where(demand.buyer, before, np.where(settling, HANDOVER, AFTER_SALES))
    return np.where(chance(rng, 0.015, n), -1, stage)


def _handled_by(rng: np.random.Generator, assigned: Assigned) -> Ints:
    n = len(assigned.by_ai)
    return np.where(chance(rng, 0.02, n) & ~assigned.by_ai, -1, assigned.by_ai.astype(np.int64))
