"""Checks a mapping file; see ``mapping`` for what it may say."""

import re
from collections.abc import Iterable
from typing import Any, NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dashboard.contract import TABLES
from dashboard.errors import MappingError, Said
from dashboard.ingest.binding import After, ColumnRule, Mapping, Scale
from dashboard.ingest.fold import Fold
from dashboard.ingest.names import BLANKS
from dashboard.ingest.schema import Column, source_columns

_KEYS = (
    "title", "table", "header", "null", "time_zone", "formats", "decimal", "only", "fold",
    "columns",
)  # fmt: skip
_ORIGINS = ("from", "text", "constant", "event")
_FOLD_KEYS = ("case", "event", "at")
_COLUMN_KEYS = (
    *_ORIGINS, "values", "else", "blank", "null", "pattern", "formats", "after", "unit", "scale"
)  # fmt: skip
UNITS = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}
_TIMES = ("TIMESTAMP", "DATE")
_NOT_READ = ("%z", "%Z")
_DECIMALS = (".", ",")
_LARGEST = 1e9


class Parser:
    """Checks one mapping file; every error names the file and the key."""

    def __init__(self, file: str) -> None:
        self._file = file

    def mapping(self, name: str, content: dict[str, Any]) -> Mapping:
        """The mapping of this content; raises MappingError where it cannot be used."""
        self._known(content, _KEYS, "")
        table = self._text(content.get("table"), "table")
        if table not in TABLES:
            self._fail("table", Said("{table!r} is not a table", table=table), _one_of(TABLES))
        columns = content.get("columns")
        if not isinstance(columns, dict) or not columns:
            self._fail("columns", Said("it is missing or empty"), Said("Add a [columns] table."))
        known = {column.name: column for column in source_columns(table)}
        self._known(columns, tuple(known), "columns.")
        formats = self._formats(content, "")
        rules = {key: self._rule(table, known[key], rule, formats) for key, rule in columns.items()}
        fold = self._fold(content, rules)
        for key, rule in rules.items():
            start = rules.get(rule.after.column) if rule.after else None
            if rule.after and (start is None or start.after):
                self._fail(
                    f"columns.{key}.after", Said("it is no time that is mapped"), Said("Map one.")
                )
        return Mapping(
            name,
            table,
            rules,
            null=self._texts(content.get("null", []), "null"),
            time_zone=self._time_zone(content),
            decimal=self._decimal(content),
            only=self._only(content.get("only", {})),
            fold=fold,
            header=self._texts(content.get("header", []), "header"),
            title=self._optional(content, "title", "") or "",
        )

    def _rule(
        self, table: str, column: Column, rule: object, formats: tuple[str, ...]
    ) -> ColumnRule:
        key = f"columns.{column.name}"
        is_time = column.kind in _TIMES
        if isinstance(rule, str):
            source = self._text(rule, key)
            return ColumnRule(sources=(source,), formats=formats if is_time else ())
        if not isinstance(rule, dict):
            self._fail(
                key,
                Said("it is neither a text nor a table"),
                Said('Write column = "source column".'),
            )
        self._known(rule, _COLUMN_KEYS, f"{key}.")
        self._check_combination(rule, key)
        own = self._formats(rule, f"{key}.")
        for name in ("formats", "event"):
            if rule.get(name) and not is_time:
                self._fail(
                    f"{key}.{name}",
                    Said("the column is not a time"),
                    Said("Remove {name}.", name=name),
                )
        text = self._optional(rule, "text", key)
        return ColumnRule(
            sources=self._sources(rule, key) if text is None else self._named(text, key),
            text=text,
            constant=self._optional(rule, "constant", key),
            events=self._texts(rule.get("event", []), f"{key}.event"),
            null=self._texts(rule.get("null", []), f"{key}.null"),
            pattern=self._pattern(rule, key),
            values=self._values(rule.get("values", {}), f"{key}.values"),
            rest=self._optional(rule, "else", key),
            blank=self._optional(rule, "blank", key),
            scale=self._scale(table, column, rule, key),
            formats=own or (formats if is_time else ()),
            after=self._after(column, rule, key),
        )

    def _check_combination(self, rule: dict[str, Any], key: str) -> None:
        origins = [name for name in _ORIGINS if name in rule]
        alone = {"constant", "event"} & set(rule)
        if len(origins) != 1 or (alone and len(rule) > 1):
            self._fail(
                key,
                Said("it needs one of {origins}", origins=", ".join(_ORIGINS)),
                Said("Remove what is too much."),
            )
        for name, other in (("else", "values"), ("after", "unit"), ("unit", "after")):
            if name in rule and other not in rule:
                self._fail(
                    f"{key}.{name}",
                    Said("it needs {other} beside it", other=other),
                    Said("Add {other} = ….", other=other),
                )

    def _fold(self, content: dict[str, Any], rules: dict[str, ColumnRule]) -> Fold | None:
        given = content.get("fold")
        events = [key for key, rule in rules.items() if rule.events]
        if given is None and events:
            self._fail(
                f"columns.{events[0]}.event", Said("no log is folded"), Said("Add fold = {{ … }}.")
            )
        if given is None:
            return None
        if not isinstance(given, dict) or set(given) != set(_FOLD_KEYS):
            self._fail(
                "fold", Said("it does not name case, event and at"), Said("Name a column for each.")
            )
        return Fold(*(self._text(given[key], f"fold.{key}") for key in _FOLD_KEYS))

    def _sources(self, rule: dict[str, Any], key: str) -> tuple[str, ...]:
        given = rule.get("from", [])
        if isinstance(given, str):
            return (self._text(given, f"{key}.from"),)
        sources = self._texts(given, f"{key}.from")
        if "from" in rule and not sources:
            self._fail(f"{key}.from", Said("it names no column"), Said("Name one."))
        return sources

    def _named(self, text: str, key: str) -> tuple[str, ...]:
        """The columns that a text names in braces, each once."""
        names = tuple(dict.fromkeys(re.findall(r"\{([^{}]+)\}", text)))
        if not names or "{" in re.sub(r"\{[^{}]+\}", "", text):
            self._fail(
                f"{key}.text",
                Said("it names no column in braces"),
                Said('Write "{{column}}-{{other}}".'),
            )
        return names

    def _pattern(self, rule: dict[str, Any], key: str) -> str | None:
        pattern = self._optional(rule, "pattern", key)
        if pattern is not None:
            try:
                groups = re.compile(pattern).groups
            except re.error:
                groups = 0
            if not groups:
                self._fail(
                    f"{key}.pattern", Said("it is no pattern with a group"), Said('Write "^(…)".')
                )
        return pattern

    def _scale(self, table: str, column: Column, rule: dict[str, Any], key: str) -> Scale | None:
        if "scale" not in rule:
            return None
        given, range_ = rule["scale"], TABLES[table].ranges.get(column.name)
        if range_ is None or range_.low is None or range_.high is None:
            self._fail(f"{key}.scale", Said("the column is not a score"), Said("Remove scale."))
        is_pair = isinstance(given, list) and len(given) == 2
        if not is_pair or not all(map(_is_number, given)) or given[0] == given[1]:
            self._fail(
                f"{key}.scale", Said("it is no pair of numbers"), Said("Write scale = [1, 10].")
            )
        return Scale(given[0], given[1], range_.low, range_.high)

    def _after(self, column: Column, rule: dict[str, Any], key: str) -> After | None:
        after, unit = self._optional(rule, "after", key), self._optional(rule, "unit", key)
        if after is None or unit is None:
            return None
        if column.kind != "TIMESTAMP" or "formats" in rule:
            self._fail(
                f"{key}.after", Said("the column is not a time"), Said("Remove after and formats.")
            )
        if unit not in UNITS:
            self._fail(f"{key}.unit", Said("there is no unit {unit!r}", unit=unit), _one_of(UNITS))
        return After(after, UNITS[unit])

    def _formats(self, content: dict[str, Any], parent: str) -> tuple[str, ...]:
        formats = self._texts(content.get("formats", []), f"{parent}formats")
        if any(part in text for text in formats for part in _NOT_READ):
            self._fail(
                f"{parent}formats", Said("an offset is not read by a format"), Said("Leave %z out.")
            )
        return formats

    def _time_zone(self, content: dict[str, Any]) -> str | None:
        name = self._optional(content, "time_zone", "")
        if name is not None:
            try:
                ZoneInfo(name)
            except (ZoneInfoNotFoundError, ValueError):
                self._fail(
                    "time_zone",
                    Said("there is no zone {name!r}", name=name),
                    Said("Use one as Asia/Shanghai."),
                )
        return name

    def _decimal(self, content: dict[str, Any]) -> str | None:
        sign = self._optional(content, "decimal", "")
        if sign not in (None, *_DECIMALS):
            self._fail(
                "decimal", Said("it is neither a point nor a comma"), Said('Write "." or ",".')
            )
        return sign

    def _only(self, only: object) -> dict[str, tuple[str, ...]]:
        if not isinstance(only, dict):
            self._fail(
                "only", Said("it is not a table"), Said('Write only = {{ column = ["text"] }}.')
            )
        return {name: self._texts(texts, f"only.{name}") for name, texts in only.items()}

    def _values(self, values: object, key: str) -> dict[str, str]:
        if not isinstance(values, dict):
            self._fail(
                key, Said("it is not a table"), Said('Write values = {{ "text" = "code" }}.')
            )
        return {
            self._text(k, key): self._text(v, f"{key}.{k}", empty=True) for k, v in values.items()
        }

    def _texts(self, texts: object, key: str) -> tuple[str, ...]:
        if not isinstance(texts, list):
            self._fail(key, Said("it is not a list of texts"), Said('Write them as ["…", "…"].'))
        return tuple(self._text(text, key) for text in texts)

    def _optional(self, rule: dict[str, Any], key: str, parent: str) -> str | None:
        name = f"{parent}.{key}" if parent else key
        return self._text(rule[key], name) if key in rule else None

    def _text(self, text: object, key: str, *, empty: bool = False) -> str:
        if not isinstance(text, str) or not (text.strip(BLANKS) or empty):
            self._fail(key, Said("it is not a text, or blank"), Said("Write a text in quotes."))
        return text

    def _known(self, content: dict[str, Any], keys: tuple[str, ...], parent: str) -> None:
        for key in content:
            if key not in keys:
                self._fail(f"{parent}{key}", Said("there is no such key"), _one_of(keys))

    def _fail(self, key: str, cause: Said, mend: Said) -> NoReturn:
        raise MappingError(
            "Mapping {file}, {key}: {cause}.",
            mend.text,
            file=self._file,
            key=key,
            cause=cause,
            **mend.values,
        )


def _one_of(allowed: Iterable[str]) -> Said:
    return Said("Use one of: {allowed}.", allowed=", ".join(allowed))


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return -_LARGEST < value < _LARGEST
