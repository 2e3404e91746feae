"""Whose change it is: what remains of it without the projects that changed most."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from dashboard.access import Scope
from dashboard.findings import chance
from dashboard.findings.figures import ALL, Cell, Figures, figures
from dashboard.findings.model import Finding, Kind
from dashboard.findings.places import Places
from dashboard.findings.rules import COUNTS, family
from dashboard.measures import Measure
from dashboard.selection import Selection
from dashboard.store import Store

SUSPECTS = 3
"""How many projects are left out in turn, those with the most important findings."""
REMAINS = 0.5
"""A change is its own where at least so much of the difference remains without the project."""

Periods = tuple[Selection, Selection]


def attributed(
    store: Store, scope: Scope, periods: Periods, found: Sequence[Finding], places: Places
) -> list[Finding]:
    """The findings, those that one project made told with the finding of that project.

    ``periods``: the comparison period and the selection. A change of the whole, a region or another
    cut belongs to a project that changed in the same way where, without that project, less than
    half of the difference remains.
    """
    kept = sorted(found, key=lambda each: -each.importance)
    for project in _suspects(kept):
        kept = _without(store, scope, periods, kept, places, project)
    return kept


def _suspects(found: Sequence[Finding]) -> list[str]:
    projects = [each.key("project") for each in found]
    return list(dict.fromkeys(each for each in projects if each is not None))[:SUSPECTS]


def _without(
    store: Store,
    scope: Scope,
    periods: Periods,
    found: list[Finding],
    places: Places,
    project: str,
) -> list[Finding]:
    """The findings with those that are the project's told with its most important one."""
    own = [each for each in found if each.key("project") == project]
    others = tuple(each for each in sorted(places.regions) if each != project)

    def without(rows: Selection) -> Selection:
        left = tuple(each for each in rows.projects if each != project)
        return replace(rows, projects=left if rows.projects else others)

    asked = [
        each for each in found if _alike(each, own, places, project) and without(each.rows).projects
    ]
    changed = [each for each in asked if each.kind is Kind.CHANGE]
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for each in changed:
        wanted[_cell(each).dimension].add(each.metric)
    before, after = (figures(store, scope, without(each), wanted) for each in periods)
    theirs = [each for each in changed if not _remains(each, before, after)]
    for each in asked:
        if each.kind is Kind.SHIFT:
            left = figures(store, scope, without(each.rows), {"": (each.metric,)})
            if not _still_shifted(each, left[each.metric].get(ALL)):
                theirs.append(each)
    if not theirs:
        return found
    lead = replace(own[0], also=(*own[0].also, *theirs))
    return [lead if each is own[0] else each for each in found if each not in theirs]


def _alike(finding: Finding, own: Sequence[Finding], places: Places, project: str) -> bool:
    """Whether the project may have made a finding: it lies there and changed in the same way."""
    return (
        "project" not in finding.dimensions
        and project in places.projects(finding.where)
        and any(
            finding.rises == each.rises and finding.metric in family(each.metric) for each in own
        )
    )


def _cell(finding: Finding) -> Cell:
    return Cell(*finding.where[0]) if finding.where else Cell("", "")


def _remains(finding: Finding, before: Figures, after: Figures) -> bool:
    metric, cell = finding.metric, _cell(finding)
    old, new = before[metric].get(cell), after[metric].get(cell)
    if old is None or new is None:
        return False
    if metric in COUNTS:
        left = chance.counts((old.n, 1.0), (new.n, 1.0), 1.0)
    else:
        left = chance.compared(metric, old, new)
    if left is None or left.delta * finding.difference.delta <= 0:
        return False
    return abs(left.delta) >= REMAINS * abs(finding.difference.delta)


def _still_shifted(finding: Finding, left: Measure | None) -> bool:
    if left is None or left.value is None or finding.before.value is None:
        return False
    remains = (left.value - finding.before.value) * (1 if finding.rises else -1)
    return remains >= REMAINS * abs(finding.difference.delta)
