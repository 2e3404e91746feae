"""A mapping proposed from a header and sample values.

Evidence is the name (of the contract, a known alias, or much like one) and whether the values are
of the column's kind: times, codes, numbers in range, ids that do not repeat. Every match says how
sure it is, so that a person can judge it; ``confident`` says whether a load may go ahead by it.
"""

import re
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz import fuzz

from dashboard.contract import TABLES
from dashboard.ingest.aliases import ALIASES, NOTHING, SHARED_ALIASES
from dashboard.ingest.binding import BY_NAME, ColumnRule, Mapping, lacking
from dashboard.ingest.evidence import NUMBER_KINDS, meanings, share_of_kind
from dashboard.ingest.names import BLANKS, normal
from dashboard.ingest.schema import Column, source_columns
from dashboard.ingest.times import TimeForms, first_of_day_and_month, time_forms

NAME = "proposed"

_EXACT, _ALIAS, _LIKE = 1.0, 0.95, 0.85
_SIMILAR = 84
"""Likeness of names, of 100, from which one may stand for the other."""

_FITTING = 0.8
"""Share of the samples that must be of the column's kind."""

_CONFIDENT = 0.75
_CLEAR = 0.9
"""A second table that comes this close to the best one makes the choice doubtful."""

_FEW = 5
_SAMPLES = 60
_TIMES = ("TIMESTAMP", "DATE")
_DECIMAL_COMMA = re.compile(r"[-+]?(\d{1,3}([. \u00a0\u202f]\d{3})+|\d+),\d{1,2}")
_DAY = re.compile(r"\d{1,4}(\D\d{1,2}\D\d{1,4}日?|\d{4})( 00:00(:00)?)?")
_TIME_OF_DAY = re.compile(r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?")
_QUESTION = re.compile(r"^\s*[Qq]?\d+\s*[、.．:：)）]\s*")
"""The number of a question before its text."""


@dataclass(frozen=True)
class Match:
    """A contract column, the source column proposed for it, how sure that is (0 to 1), how its
    times are written, a few of its values, and the column of the time of day to its date."""

    column: str
    source: str
    confidence: float
    forms: TimeForms | None
    samples: tuple[str, ...]
    clock: str | None = None

    @property
    def exact(self) -> bool:
        """Whether the source column bears the contract's own name."""
        return normal(self.source) == self.column


@dataclass(frozen=True)
class Proposal:
    """A mapping with its matches; a known mapping has none, it is not in question.

    lacking   columns that it takes and that nothing was found for; none, where it can be loaded
    odd       those of them whose name is in the source, over values that do not speak for it
    rivals    other tables that fit nearly as well, the best first
    """

    mapping: Mapping
    matches: tuple[Match, ...]
    lacking: tuple[str, ...]
    rivals: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()

    @property
    def rival(self) -> str | None:
        """The best of the other tables."""
        return self.rivals[0] if self.rivals else None

    @property
    def confident(self) -> bool:
        """Whether a load may go ahead by it without being asked."""
        sure = all(match.confidence >= _CONFIDENT for match in self.matches)
        return bool(self.mapping.columns) and not self.lacking and sure and not self.rivals

    @property
    def fit(self) -> float:
        """How well the table fits: what was found, less what is lacking; odd values cost less."""
        missing = len(self.lacking) - len(self.odd)
        return sum(match.confidence for match in self.matches) - 10 * missing - len(self.odd)


def propose(
    columns: tuple[str, ...], samples: Sequence[Sequence[str | None]], table: str | None = None
) -> Proposal:
    """The mapping that these source columns and rows of samples speak for.

    ``table`` may be given; else the table that fits best is proposed with it.
    """
    values = _values(columns, samples)
    if table:
        return _for_table(table, columns, values)
    every = (_for_table(name, columns, values) for name in TABLES)
    best, *others = sorted(every, key=lambda proposal: -proposal.fit)
    close = (each for each in others if not each.lacking and each.fit >= _CLEAR * best.fit)
    return replace(best, rivals=tuple(each.mapping.table for each in close))


def suggested(table: str, columns: tuple[str, ...], mapping: Mapping) -> dict[str, str]:
    """Contract column that a mapping leaves out → the source column that goes by its name, though
    its values do not speak for it, and that the mapping uses for nothing else."""
    used = {name for rule in mapping.columns.values() for name in rule.sources}
    free = [name for name in columns if name not in used]
    found: dict[str, str] = {}
    for column in source_columns(table):
        alike = {name: _alike(table, column.name, name) for name in free}
        best = max(alike, key=lambda name: alike[name], default="")
        if column.name not in mapping.columns and alike.get(best):
            found[column.name] = best
    return found


def _values(
    columns: tuple[str, ...], samples: Sequence[Sequence[str | None]]
) -> dict[str, tuple[str, ...]]:
    """Source column → its values that are not blank, evenly from the whole sample."""
    found = {}
    for index, name in enumerate(columns):
        given = ((row[index] or "").strip(BLANKS) for row in samples)
        kept = [value for value in given if value and value.lower() not in NOTHING]
        found[name] = tuple(kept[:: max(1, len(kept) // _SAMPLES)])
    return found


def _for_table(
    table: str, columns: tuple[str, ...], values: MappingOf[str, tuple[str, ...]]
) -> Proposal:
    found = []
    for column in source_columns(table):
        for source in columns:
            alike = _alike(table, column.name, source)
            if alike:
                match = _judged(table, column, source, alike, values[source])
                found += [match] if match else []
    taken: list[Match] = []
    for match in sorted(found, key=lambda match: -match.confidence):
        if not any(match.column == one.column or match.source == one.source for one in taken):
            taken.append(match)
    order = [column.name for column in source_columns(table)]
    taken.sort(key=lambda match: order.index(match.column))
    matches = _dated([_timed(match, taken, values) for match in taken], values)
    mapping = _mapping(table, columns, matches, values)
    missing = lacking(table, mapping.columns)
    named = suggested(table, columns, mapping) if missing else {}
    odd = tuple(name for name in missing if name in named)
    return Proposal(mapping, tuple(matches), tuple(missing), odd=odd)


def _judged(
    table: str, column: Column, source: str, alike: float, values: tuple[str, ...]
) -> Match | None:
    forms = time_forms(values) if column.kind in _TIMES else None
    if alike == _EXACT:
        # The contract's own name is meant; only evidence of some weight changes how it is read.
        if forms and (len(values) < _FEW or forms.share < _FITTING):
            forms = None
        return Match(column.name, source, _EXACT, forms, values[:3])
    share = forms.share if forms else share_of_kind(table, column, values)
    if share < _FITTING:
        return None
    return Match(column.name, source, round(alike * share, 2), forms, values[:3])


@cache
def _alike(table: str, column: str, source: str) -> float:
    """How sure a source column's name speaks for a contract column; 0 where it does not."""
    if normal(source) == column:
        return _EXACT
    aliases = (*ALIASES.get(table, {}).get(column, SHARED_ALIASES.get(column, ())), column)
    given, known = _words(source), [_words(alias) for alias in aliases]
    if given in known:
        return _ALIAS
    # Of a header of several rows, the last says what the column is: “时间 报修时间”.
    lowest = source.split()[-1:]
    if lowest and not lowest[0].isascii() and _words(lowest[0]) in known:
        return _LIKE
    if len(given) < _FEW and given.isascii():
        return 0.0
    best = max(fuzz.ratio(given, alias) for alias in known)
    return _LIKE * best / 100 if best >= _SIMILAR else 0.0


def _words(name: str) -> str:
    """A name without letter case, punctuation, units and the number of a question, its words apart:
    “createdAt (UTC)” becomes “created at”; a name said twice is said once."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", _QUESTION.sub("", name.strip(BLANKS)))
    bare = re.sub(r"[(（\[【].*?[)）\]】]", " ", parted)
    words = re.findall(r"[^\W_]+", bare.lower())
    half = len(words) // 2
    if half and words[:half] == words[half:]:
        words = words[:half]
    return " ".join(words)


def _timed(match: Match, taken: list[Match], values: MappingOf[str, tuple[str, ...]]) -> Match:
    """A match of days alone with the free column that has the times to them, as 报修日期 and
    报修时间; else the match itself."""
    if not match.forms or match.exact or not all(map(_DAY.fullmatch, values[match.source])):
        return match
    used = {each.source for each in taken}
    for source, texts in values.items():
        alike = source not in used and _stem(source) == _stem(match.source)
        if alike and texts and all(map(_TIME_OF_DAY.fullmatch, texts)):
            timed = replace(match, clock=source)
            return replace(timed, forms=time_forms(_moments(timed, values)))
    return match


def _stem(name: str) -> str:
    """What a day and the time of day that belongs to it have in common in their names."""
    return re.sub(" ?(日期|时间|date|time)$", "", _words(name))


def _moments(match: Match, values: MappingOf[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The times of a match as they are put together; a day may stand alone."""
    days = values[match.source]
    times = values[match.clock] if match.clock else ()
    return (*(f"{day} {time}" for day, time in zip(days, times, strict=False)), *days)


def _dated(matches: list[Match], values: MappingOf[str, tuple[str, ...]]) -> list[Match]:
    """The matches with days and months told apart by the columns that leave no doubt."""
    first = first_of_day_and_month([match.forms for match in matches if match.forms])

    def settled(match: Match) -> Match:
        if not (match.forms and match.forms.ambiguous):
            return match
        if not first:
            return replace(match, confidence=0.5)
        return replace(match, forms=time_forms(_moments(match, values), prefer=first))

    return [settled(match) for match in matches]


def _mapping(
    table: str,
    columns: tuple[str, ...],
    matches: Sequence[Match],
    values: MappingOf[str, tuple[str, ...]],
) -> Mapping:
    """The mapping of these matches; that of the contract's own names says “by name”."""
    rules = {}
    for match in matches:
        words = meanings(table, match.column)
        scores = match.column not in TABLES[table].codes
        if match.exact or (
            scores and not any(normal(each) in words for each in values[match.source])
        ):
            words = {}
        rules[match.column] = ColumnRule(
            sources=(match.source, match.clock) if match.clock else (match.source,),
            formats=match.forms.formats if match.forms else (),
            values=words,
        )
    kinds = {column.name: column.kind for column in source_columns(table)}
    numbers = [v for m in matches if kinds[m.column] in NUMBER_KINDS for v in values[m.source]]
    comma = bool(numbers) and any(map(_DECIMAL_COMMA.fullmatch, numbers))
    plain = all(match.exact for match in matches) and not any(r.formats for r in rules.values())
    return Mapping(
        BY_NAME if plain else NAME,
        table,
        rules,
        null=() if plain else NOTHING,
        decimal=None if plain else "," if comma else ".",
        header=columns,
    )
