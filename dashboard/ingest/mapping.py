"""Mappings: how the columns of a source become the columns of a table.

A mapping is a TOML file, by name in ``data/mappings`` or anywhere by its path::

    title = "What the source is"
    table = "service_record"
    null = ["N/A"]                         # texts that mean blank, beside blank itself

    [columns]
    record_id = "case_enquiry_id"          # a source column under another name
    project_id = { from = "neighborhood", blank = "unknown" }
    channel = { from = "source", values = { "Self Service" = "web" }, else = "other" }
    stage = { constant = "after_sales" }
    created_at = { from = "open_dt", formats = ["%d.%m.%Y %H:%M"] }

Column names and the left sides of ``values`` match in any letter case, blanks around them aside.
``values`` translates a text, ``else`` stands for texts that ``values`` does not name, ``blank`` for
blank ones. A text that translates to "" is blank. One source column may feed several columns.
"""

import tomllib
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from duckdb import Expression, coalesce, col, fn, lit, when

from dashboard.contract import TABLES
from dashboard.errors import LoadError, MappingError
from dashboard.ingest.names import BLANKS, normal
from dashboard.ingest.schema import Column, source_columns
from dashboard.settings import MAPPINGS

_KEYS = ("title", "table", "null", "columns")
_COLUMN_KEYS = ("from", "constant", "values", "else", "blank", "formats")
_NOT_READ = ("%z", "%Z")


@dataclass(frozen=True)
class ColumnRule:
    """Where one contract column comes from: a source column or a constant."""

    source: str | None = None
    constant: str | None = None
    values: MappingOf[str, str] = field(default_factory=dict)
    rest: str | None = None
    blank: str | None = None
    formats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bound:
    """A mapping applied to the header of one source.

    texts    contract column → expression over the reader's columns ``c0``, ``c1``, …
    formats  contract column → time formats that the mapping names
    unmapped source columns that nothing maps, as the header writes them
    header   all source columns
    """

    texts: MappingOf[str, Expression]
    formats: MappingOf[str, tuple[str, ...]]
    unmapped: tuple[str, ...]
    header: tuple[str, ...]


@dataclass(frozen=True)
class Mapping:
    """A mapping, checked: ``columns`` is contract column → rule."""

    name: str
    table: str
    columns: MappingOf[str, ColumnRule]
    null: tuple[str, ...] = ()

    def bind(self, header: tuple[str, ...]) -> Bound:
        """The mapping over these source columns.

        Raises MappingError where the source lacks a column that the mapping reads.
        """
        position = {normal(name): index for index, name in enumerate(header)}
        texts = {}
        for name, rule in self.columns.items():
            if rule.source is not None and normal(rule.source) not in position:
                raise MappingError(
                    f"Mapping {self.name}, columns.{name}: the file has no column {rule.source!r}.",
                    f"It has: {', '.join(header)}.",
                )
            texts[name] = self._text(rule, position)
        used = {normal(rule.source) for rule in self.columns.values() if rule.source is not None}
        return Bound(
            texts,
            {name: rule.formats for name, rule in self.columns.items() if rule.formats},
            tuple(name for name in header if normal(name) not in used),
            header,
        )

    def _text(self, rule: ColumnRule, position: MappingOf[str, int]) -> Expression:
        if rule.source is None:
            return lit(rule.constant)
        given = source_text(position[normal(rule.source)])
        lower = fn("lower", given)
        if self.null:
            given = when(lower.isin(*map(normal, self.null))).then(None).otherwise(given)
        if rule.values:
            known = list(map(normal, rule.values))
            found = fn("list_position", lit(known), lower)
            meant = fn("list_extract", lit(list(rule.values.values())), found)
            rest = given if rule.rest is None else lit(rule.rest)
            translated = when(found.is_not_null()).then(fn("nullif", meant, "")).otherwise(rest)
            given = when(given.is_not_null()).then(translated).end()
        return given if rule.blank is None else coalesce(given, lit(rule.blank))


def by_name(table: str, header: tuple[str, ...]) -> Mapping:
    """The mapping of a source whose columns bear the names of the contract."""
    known = {normal(name) for name in header}
    names = (column.name for column in source_columns(table) if column.name in known)
    return Mapping("by name", table, {name: ColumnRule(source=name) for name in names})


def require_key(bound: Bound, table: str) -> None:
    """Raise LoadError unless every required part of the table's key is mapped."""
    required = {column.name for column in source_columns(table) if column.required}
    for name in TABLES[table].key:
        if name in required and name not in bound.texts:
            raise LoadError(
                f"Line 1: no column is mapped to {name}, the key of {table}.",
                f"Columns of the file: {', '.join(bound.header)}."
                f" Rename the one that holds it to {name}, or name a mapping with --mapping.",
            )


def source_text(index: int) -> Expression:
    """The text of a source column without blanks around it, null where nothing is left."""
    return fn("nullif", fn("trim", col(f"c{index}"), BLANKS), "")


def load_mapping(name: str) -> Mapping:
    """The mapping of that name in ``data/mappings``, or of that file; raises MappingError."""
    path = Path(name) if name.endswith(".toml") else MAPPINGS / f"{name}.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        names = ", ".join(sorted(file.stem for file in MAPPINGS.glob("*.toml"))) or "none yet"
        raise MappingError(
            f"There is no mapping {name!r}.", f"Name one of {names}, or a file that ends in .toml."
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MappingError(f"Mapping {path} cannot be read: {error}.", "Mend the file.") from error
    return _Parser(path.name).mapping(path.stem, content)


class _Parser:
    """Checks one mapping file; every error names the file and the key."""

    def __init__(self, file: str) -> None:
        self._file = file

    def mapping(self, name: str, content: dict[str, Any]) -> Mapping:
        self._known(content, _KEYS, "")
        table = self._text(content.get("table"), "table")
        if table not in TABLES:
            self._fail("table", f"{table!r} is not a table", f"Use one of {', '.join(TABLES)}.")
        if "title" in content:
            self._text(content["title"], "title")
        columns = content.get("columns")
        if not isinstance(columns, dict) or not columns:
            self._fail("columns", "it is missing or empty", "Add a [columns] table.")
        known = {column.name: column for column in source_columns(table)}
        self._known(columns, tuple(known), "columns.")
        rules = {key: self._rule(known[key], rule) for key, rule in columns.items()}
        return Mapping(name, table, rules, self._texts(content.get("null", []), "null"))

    def _rule(self, column: Column, rule: object) -> ColumnRule:
        key = f"columns.{column.name}"
        if isinstance(rule, str):
            return ColumnRule(source=self._text(rule, key))
        if not isinstance(rule, dict):
            self._fail(key, "it is neither a text nor a table", 'Write column = "source column".')
        self._known(rule, _COLUMN_KEYS, f"{key}.")
        if ("from" in rule) == ("constant" in rule) or ("constant" in rule and len(rule) > 1):
            self._fail(key, "it needs either from or constant alone", "Remove one of them.")
        if "else" in rule and "values" not in rule:
            self._fail(f"{key}.else", "it needs values beside it", "Add values = { … }.")
        formats = self._texts(rule.get("formats", []), f"{key}.formats")
        if formats and column.kind not in ("TIMESTAMP", "DATE"):
            self._fail(f"{key}.formats", "the column is not a time", "Remove formats.")
        if any(part in text for text in formats for part in _NOT_READ):
            self._fail(f"{key}.formats", "an offset is not read by a format", "Leave %z out.")
        return ColumnRule(
            source=self._optional(rule, "from", key),
            constant=self._optional(rule, "constant", key),
            values=self._values(rule.get("values", {}), f"{key}.values"),
            rest=self._optional(rule, "else", key),
            blank=self._optional(rule, "blank", key),
            formats=formats,
        )

    def _values(self, values: object, key: str) -> dict[str, str]:
        if not isinstance(values, dict):
            self._fail(key, "it is not a table", 'Write values = { "text" = "code" }.')
        return {
            self._text(k, key): self._text(v, f"{key}.{k}", empty=True) for k, v in values.items()
        }

    def _texts(self, texts: object, key: str) -> tuple[str, ...]:
        if not isinstance(texts, list):
            self._fail(key, "it is not a list of texts", 'Write them as ["…", "…"].')
        return tuple(self._text(text, key) for text in texts)

    def _optional(self, rule: dict[str, Any], key: str, parent: str) -> str | None:
        return self._text(rule[key], f"{parent}.{key}") if key in rule else None

    def _text(self, text: object, key: str, *, empty: bool = False) -> str:
        if not isinstance(text, str) or not (text.strip(BLANKS) or empty):
            self._fail(key, "it is not a text, or blank", "Write a text in quotes.")
        return text

    def _known(self, content: dict[str, Any], keys: tuple[str, ...], parent: str) -> None:
        for key in content:
            if key not in keys:
                self._fail(f"{parent}{key}", "there is no such key", f"Use {', '.join(keys)}.")

    def _fail(self, key: str, cause: str, mend: str) -> NoReturn:
        raise MappingError(f"Mapping {self._file}, {key}: {cause}.", mend)
