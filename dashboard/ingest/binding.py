"""What a mapping says of each column, and its application to the header of a source."""

from collections.abc import Iterable
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import and_

from duckdb import Expression, coalesce, col, fn, lit, when

from dashboard.contract import TABLES
from dashboard.errors import LoadError, MappingError
from dashboard.ingest.fold import EVENT, BoundFold, Fold
from dashboard.ingest.names import normal
from dashboard.ingest.schema import Column, source_columns

ISO = "iso"
"""The format of a time in one of the ISO forms, which are read where no format is named."""
BY_NAME = "by name"
"""The name of a mapping in which every column bears the contract's own name."""

_NUMBER = r"[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)"


@dataclass(frozen=True)
class After:
    """A time that a source gives as a duration: ``column`` plus so many times ``seconds``."""

    column: str
    seconds: float


@dataclass(frozen=True)
class Scale:
    """A score of ``low`` to ``high``, stretched to ``to_low`` to ``to_high``; low may be above."""

    low: float
    high: float
    to_low: float
    to_high: float


@dataclass(frozen=True)
class ColumnRule:
    """Where one contract column comes from.

    sources   source columns; of several, those that are not blank are joined by a blank
    text      a text with source columns in braces, blank where one of them is
    constant  the same text for every row
    events    what happened at the time to take, in the log that the mapping folds
    null      texts that mean blank here, beside those of the whole mapping
    pattern   a regular expression; its first group is taken, blank where it is not found
    values    text → what it means; ``rest`` for other texts, ``blank`` for none
    """

    sources: tuple[str, ...] = ()
    text: str | None = None
    constant: str | None = None
    events: tuple[str, ...] = ()
    null: tuple[str, ...] = ()
    pattern: str | None = None
    values: MappingOf[str, str] = field(default_factory=dict)
    rest: str | None = None
    blank: str | None = None
    scale: Scale | None = None
    formats: tuple[str, ...] = ()
    after: After | None = None

    @property
    def origin(self) -> str:
        """What the column is taken from, in a few words."""
        if self.constant is not None:
            return f"“{self.constant}”"
        return self.text or " + ".join(self.sources) or " / ".join(self.events)


@dataclass(frozen=True)
class Reading:
    """How the values of a source are written.

    formats    contract column → time formats in place of the ISO forms
    durations  contract column → the time that its number counts from
    time_zone  of times without an offset, where it is not the company's
    decimal    the decimal sign of numbers, “.” or “,”; without it, they have no other signs
    """

    formats: MappingOf[str, tuple[str, ...]] = field(default_factory=dict)
    durations: MappingOf[str, After] = field(default_factory=dict)
    time_zone: str | None = None
    decimal: str | None = None


@dataclass(frozen=True)
class Bound:
    """A mapping applied to the header of one source.

    mapping  the mapping
    texts    contract column → expression over ``c0``, ``c1``, … of ``work.source``
    reading  how the values are written
    kept     which rows are loaded at all; None for all
    fold     how rows become cases; None where each row is one
    unmapped source columns that nothing maps, as the header writes them
    header   all source columns
    """

    mapping: "Mapping"
    texts: MappingOf[str, Expression]
    reading: Reading
    kept: Expression | None
    fold: BoundFold | None
    unmapped: tuple[str, ...]
    header: tuple[str, ...]

    def with_iso_times(self) -> "Bound":
        """The same where times may be in the ISO forms as well."""
        formats = {name: (*forms, ISO) for name, forms in self.reading.formats.items()}
        return replace(self, reading=replace(self.reading, formats=formats))


@dataclass(frozen=True)
class Mapping:
    """A mapping, checked: ``columns`` is contract column → rule.

    null     texts that mean blank
    only     source column → the texts that a row must have there to be loaded
    fold     how the rows of a log become cases, where the source is one
    header   source columns by which a file is known to be of this kind
    """

    name: str
    table: str
    columns: MappingOf[str, ColumnRule]
    null: tuple[str, ...] = ()
    time_zone: str | None = None
    decimal: str | None = None
    only: MappingOf[str, tuple[str, ...]] = field(default_factory=dict)
    fold: Fold | None = None
    header: tuple[str, ...] = ()
    title: str = ""

    def bind(self, header: tuple[str, ...]) -> Bound:
        """The mapping over these source columns.

        Raises MappingError where the source lacks a column that the mapping reads.
        """
        given = _Given(self, header)
        texts = {name: given.value(name, rule) for name, rule in self.columns.items()}
        kept = [given.is_one_of(name, allowed) for name, allowed in self.only.items()]
        rules = self.columns.items()
        reading = Reading(
            formats={name: rule.formats for name, rule in rules if rule.formats},
            durations={name: rule.after for name, rule in rules if rule.after},
            time_zone=self.time_zone,
            decimal=self.decimal,
        )
        used = {normal(name) for rule in self.columns.values() for name in rule.sources}
        used |= {normal(name) for name in self.only}
        if self.fold:
            used |= {normal(name) for name in (self.fold.case, self.fold.event, self.fold.at)}
        unmapped = tuple(name for name in header if normal(name) not in used)
        all_kept = reduce(and_, kept) if kept else None
        return Bound(self, texts, reading, all_kept, given.fold(), unmapped, header)


class _Given:
    """The columns of one source, as a mapping reads them."""

    def __init__(self, mapping: Mapping, header: tuple[str, ...]) -> None:
        self._mapping = mapping
        self._header = header
        self._position = {normal(name): index for index, name in enumerate(header)}

    def value(self, column: str, rule: ColumnRule) -> Expression:
        """The text of a contract column, blank as null."""
        if rule.constant is not None:
            return lit(rule.constant)
        if rule.events:
            return col(EVENT + column)
        parts = [self._blanked(column, name, rule.null) for name in rule.sources]
        if rule.text is not None:
            given = _filled(rule.text, dict(zip(rule.sources, parts, strict=True)))
        elif len(parts) > 1:
            given = fn("nullif", fn("concat_ws", " ", *parts), "")
        else:
            (given,) = parts
        if rule.pattern is not None:
            given = fn("nullif", fn("regexp_extract", given, rule.pattern, 1), "")
        if rule.values:
            given = _translated(given, rule)
        if rule.scale:
            given = _scaled(given, rule.scale)
        return given if rule.blank is None else coalesce(given, lit(rule.blank))

    def is_one_of(self, name: str, allowed: Iterable[str]) -> Expression:
        """Whether a source column has one of these texts, in any letter case."""
        lower = fn("lower", self._source("only", name))
        return fn("ifnull", lower.isin(*map(normal, allowed)), False)

    def fold(self) -> BoundFold | None:
        """The fold of the mapping over these columns."""
        fold, rules = self._mapping.fold, self._mapping.columns
        if fold is None:
            return None
        events = {name: rule.events for name, rule in rules.items() if rule.events}
        return BoundFold(
            case=self._source("fold", fold.case),
            event=self._source("fold", fold.event),
            at=self._source("fold", fold.at),
            formats=next((rules[name].formats for name in events), ()),
            events=events,
        )

    def _blanked(self, column: str, name: str, null: tuple[str, ...]) -> Expression:
        given = self._source(f"columns.{column}", name)
        tokens = [normal(token) for token in (*self._mapping.null, *null)]
        if not tokens:
            return given
        return when(fn("lower", given).isin(*tokens)).then(None).otherwise(given)

    def _source(self, key: str, name: str) -> Expression:
        index = self._position.get(normal(name))
        if index is None:
            raise MappingError(
                "Mapping {mapping}, {key}: the file has no column {name!r}.",
                "It has: {names}.",
                mapping=self._mapping.name,
                key=key,
                name=name,
                names=", ".join(self._header),
            )
        return col(f"c{index}")


def by_name(table: str, header: tuple[str, ...]) -> Mapping:
    """The mapping of a source whose columns bear the names of the contract."""
    known = {normal(name) for name in header}
    names = (column.name for column in source_columns(table) if column.name in known)
    return Mapping(BY_NAME, table, {name: ColumnRule(sources=(name,)) for name in names})


def require_key(bound: Bound, table: str) -> None:
    """Raise LoadError unless the table's key and every column without which all rows would be
    refused are mapped."""
    for name in lacking(table, bound.texts):
        raise LoadError(
            "Line 1: no column is mapped to {name}, the key of {table}."
            if name in TABLES[table].key
            else "Line 1: no column is mapped to {name}, which is required in {table}.",
            "Columns of the file: {columns}."
            " Rename the one that holds it to {name}, or name a mapping with --mapping.",
            name=name,
            table=table,
            columns=", ".join(bound.header),
        )


def lacking(table: str, mapped: Iterable[str]) -> list[str]:
    """Columns that a source must give for any row of it to be accepted, and that are not mapped;
    those of the key first."""
    contract, given = TABLES[table], set(mapped)
    missing = [
        c.name for c in source_columns(table) if must_be_given(table, c) and c.name not in given
    ]
    return sorted(missing, key=lambda name: name not in contract.key)


def must_be_given(table: str, column: Column) -> bool:
    """Whether a source has to give a column: required, without a default, not derived."""
    derived = table == "service_record" and column.name == "status"
    return column.required and column.name not in TABLES[table].defaults and not derived


def _filled(text: str, parts: MappingOf[str, Expression]) -> Expression:
    """A text with the columns in braces filled in; null where one of them is."""
    pieces: list[Expression] = []
    while text:
        before, _, text = text.partition("{")
        name, _, text = text.partition("}")
        pieces += [lit(before), *([parts[name]] if name else [])]
    return reduce(lambda left, right: fn("||", left, right), pieces)


def _translated(given: Expression, rule: ColumnRule) -> Expression:
    found = fn("list_position", lit(list(map(normal, rule.values))), fn("lower", given))
    meant = fn("list_extract", lit(list(rule.values.values())), found)
    rest = given if rule.rest is None else lit(rule.rest)
    translated = when(found.is_not_null()).then(fn("nullif", meant, "")).otherwise(rest)
    return when(given.is_not_null()).then(translated).end()


def _scaled(given: Expression, scale: Scale) -> Expression:
    """A score on the contract's scale, to the nearest whole; other texts as they stand."""
    number = given.try_cast("DOUBLE")
    slope = (scale.to_high - scale.to_low) / (scale.high - scale.low)
    stretched = fn("round", lit(scale.to_low) + (number - lit(scale.low)) * lit(slope))
    whole = stretched.try_cast("INTEGER").cast("VARCHAR")
    is_number = fn("regexp_full_match", given, _NUMBER)
    return when(is_number & whole.is_not_null()).then(whole).otherwise(given)
