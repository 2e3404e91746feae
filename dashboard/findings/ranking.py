"""Which findings are one, and which come first.

Importance is size × certainty × volume, three numbers between 0 and 1: how large the difference is
beside the smallest that matters (``changes.size``), how much of it chance cannot explain (the near
end of its interval ÷ the difference), and the root of the share of the selection's cases that it
concerns (``changes.volume``). Better and worse weigh the same.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace

from dashboard.findings.model import Finding, Kind
from dashboard.findings.rules import COUNTS, PLACES, SHOWN, family


def changes(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """One finding per subject, the most important first.

    A subject is a place with everything that changed there; of the whole selection, metrics that
    tell the same story. Other cuts of the same rows (kinds, levels, categories …) that moved as the
    whole did, or as a more important cut, are told with it.
    """
    own = [each for each in found if not _followed(each, found)]
    merged = _by_subject(own, lambda each: each.where or family(each.metric))
    kept: list[Finding] = []
    for each in _ranked(merged):
        lead = next((one for one in kept if _another_cut(one, each)), None)
        if lead is None:
            kept.append(each)
        else:
            kept[kept.index(lead)] = _with(lead, each)
    return tuple(_ranked(kept)[:SHOWN])


def standing(found: Sequence[Finding], told: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding per subject, the most important first; none that is ``told`` as a change."""
    known = {
        (one.where, family(one.metric), one.rises) for each in told for one in (each, *each.also)
    }
    fresh = [
        each
        for each in found
        if each.kind is Kind.CLUSTER or (each.where, family(each.metric), each.rises) not in known
    ]
    kept: list[Finding] = []
    for each in sorted(_by_subject(fresh, _subject), key=lambda one: -len(one.where)):
        lead = next((one for one in kept if _season_of(each, one)), None)
        if lead is None:
            kept.append(each)
    return tuple(_ranked(kept)[:SHOWN])


def _ranked(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda each: (-each.importance, each.where, each.metric))


def _by_subject(found: Sequence[Finding], subject: Callable[[Finding], Hashable]) -> list[Finding]:
    leads: dict[Hashable, Finding] = {}
    for each in _ranked(found):
        key = subject(each)
        leads[key] = _with(leads[key], each) if key in leads else each
    return list(leads.values())


def _with(lead: Finding, other: Finding) -> Finding:
    """The finding with another and what it tells added as further evidence."""
    return replace(lead, also=(*lead.also, replace(other, also=()), *other.also))


def _followed(each: Finding, found: Sequence[Finding]) -> bool:
    """Whether the months of a part only shifted as those of the whole, which is told of that."""
    return (
        each.kind is Kind.SHIFT
        and bool(each.where)
        and any(
            not one.where and one.metric in family(each.metric) and one.rises == each.rises
            for one in found
        )
    )


def _another_cut(lead: Finding, each: Finding) -> bool:
    """Whether a finding is the same story in another cut of the same rows; a place has its own."""
    if not lead.where and each.metric in COUNTS:
        return False  # it grew beyond the whole
    return (
        bool(each.where)
        and not (each.dimensions & PLACES or lead.dimensions & PLACES)
        and lead.dimensions != each.dimensions
        and any(
            one.metric in family(each.metric) and one.rises == each.rises
            for one in (lead, *lead.also)
        )
    )


def _subject(each: Finding) -> Hashable:
    """What a standing finding is about: a place with everything, or groups that differ alike."""
    project = each.key("project")
    if project is not None:
        return (("project", project),)
    if each.kind is Kind.CONTRAST and not each.dimensions & PLACES:
        return each.dimensions, family(each.metric), each.rises
    return each.where


def _season_of(each: Finding, region: Finding) -> bool:
    """Whether a season of the whole is that of a region, told already."""
    return (
        each.dimensions == {"category"}
        and region.dimensions == {"region", "category"}
        and each.key("category") == region.key("category")
    )
