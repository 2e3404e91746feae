"""The demo portfolio: a believable company with every table of the data contract filled."""

from datetime import date

import pandas as pd

from dashboard.ingest.demo.categories import category_table
from dashboard.ingest.demo.clients import make_clients
from dashboard.ingest.demo.clock import Period
from dashboard.ingest.demo.draw import Streams
from dashboard.ingest.demo.improvement import make_actions
from dashboard.ingest.demo.lifecycle import make_lifecycle
from dashboard.ingest.demo.people import make_staff
from dashboard.ingest.demo.places import make_projects
from dashboard.ingest.demo.records import make_records
from dashboard.ingest.demo.stories import TOLD, Stories
from dashboard.ingest.demo.supervision import make_supervision
from dashboard.ingest.demo.surveys import make_surveys
from dashboard.ingest.demo.workforce import make_workforce

__all__ = ["first_day", "make_portfolio"]


def first_day(end: date) -> date:
    """The first day of the 24 months that end with the day ``end``."""
    return Period.ending(end).first


def make_portfolio(
    seed: int, end: date, records: int, stories: Stories = TOLD
) -> dict[str, pd.DataFrame]:
    """Table name → rows of 24 months ending with the day ``end``, the same for the same arguments.

    Columns are those of the contract, for customers with the private ones. Projects and staff
    grow with the square root of ``records``, customers and all else in proportion.
    """
    streams, period = Streams(seed, end), Period.ending(end)
    projects = make_projects(streams["projects"], period, stories, records)
    staff = make_staff(streams["staff"], period, projects, stories)
    clients = make_clients(streams["clients"], period, projects, stories, records)
    facts = make_records(streams, period, projects, staff, clients, stories, records)
    return {
        "project": projects.table,
        "staff": staff.table,
        "category": category_table(),
        "customer": clients.table,
        "service_record": facts.table,
        **make_surveys(streams["surveys"], period, projects, clients, facts, stories),
        **make_workforce(streams["workforce"], period, staff),
        **make_supervision(streams["supervision"], period, projects, staff),
        "action": make_actions(streams["actions"], period, projects, staff, stories),
        **make_lifecycle(streams["lifecycle"], period, projects, staff, clients, facts),
    }
