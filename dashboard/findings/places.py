"""Where things are: projects, their regions and teams, and the rows that a place stands for."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from dashboard.access import Scope
from dashboard.findings.model import Where
from dashboard.selection import Selection
from dashboard.store import Store

_FIELDS = {
    "region": "regions",
    "project": "projects",
    "category": "categories",
    "kind": "kinds",
    "channel": "channels",
    "level": "levels",
    "segment": "segments",
    "target_tier": "target_tiers",
    "team": "teams",
}
"""Dimension → the field of Selection that narrows to one of its groups."""


@dataclass(frozen=True)
class Places:
    """The projects that a scope may see: their region, and those that each team serves alone."""

    regions: Mapping[str, str]
    teams: Mapping[str, frozenset[str]]

    def projects(self, where: Where) -> frozenset[str]:
        """The projects of a region, team or project; all of them where it names no place."""
        found = frozenset(self.regions)
        for dimension, key in where:
            if dimension == "project":
                found &= {key}
            elif dimension == "team":
                found &= self.teams.get(key, frozenset())
            elif dimension == "region":
                found &= {each for each, region in self.regions.items() if region == key}
        return found

    @staticmethod
    def rows(selection: Selection, where: Where) -> Selection:
        """The selection narrowed to where a finding is."""
        changes: dict[str, Any] = {_FIELDS[dimension]: (key,) for dimension, key in where}
        return replace(selection, **changes)


def places(store: Store, scope: Scope) -> Places:
    """The places of a scope."""
    rows = store.run("findings_places", scope)
    served: defaultdict[str, list[str]] = defaultdict(list)
    regions: dict[str, str] = {}
    for project, region, team in rows.itertuples(index=False):
        regions[project] = "" if pd.isna(region) else region
        if not pd.isna(team):
            served[team].append(project)
    teams = {team: frozenset(projects) for team, projects in served.items()}
    return Places(regions, teams)


def month_days(month: str) -> tuple[date, date]:
    """First and last day of a month YYYY-MM."""
    first = date.fromisoformat(f"{month}-01")
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)
