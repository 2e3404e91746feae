"""A mapping while it is being put together: what is chosen for each column, as a mapping file.

Pure: it knows what ``python -m dashboard inspect`` found, and the choices of a reader.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

NOTHING, CONSTANT, AS_SAID = "", "=", "*"
"""Choices beside a source column: no source; one text for all rows; what the mapping says in more
words than can be edited here."""

_COLUMN = "c:"
_EDITED = {"from", "values", "else", "blank", "null", "formats"}
_MARK = " | "
TIMES = ("TIMESTAMP", "DATE")


@dataclass(frozen=True)
class Chosen:
    """What a reader chose for one column.

    origin    NOTHING, CONSTANT, AS_SAID or what ``from_column`` gives
    constant  the text for all rows
    meanings  text of the source → code; "" for blank, None for a text that is not understood
    rest      the code of all other texts; blank  the code of blank cells
    formats   how times are written; None: as recognised
    first     ``%d`` or ``%m`` where either could come first
    """

    origin: str
    constant: str = ""
    meanings: Mapping[str, str | None] = field(default_factory=dict)
    rest: str | None = None
    blank: str | None = None
    formats: tuple[str, ...] | None = None
    first: str | None = None


@dataclass(frozen=True)
class Meaning:
    """A text of the source (None: blank cells), in how many rows, and the code it stands for."""

    text: str | None
    rows: int
    code: str | None


def from_column(name: str) -> str:
    """The choice of a source column."""
    return f"{_COLUMN}{name}"


def column_of(origin: str) -> str | None:
    """The source column that is chosen; None where it is something else."""
    return origin.removeprefix(_COLUMN) if origin.startswith(_COLUMN) else None


def joined(formats: Iterable[str]) -> str:
    """Formats of times as one text, to be read and edited."""
    return _MARK.join(formats)


def parted(text: str) -> tuple[str, ...]:
    """The formats in such a text."""
    return tuple(part.strip() for part in text.split(_MARK.strip()) if part.strip())


class Proposed:
    """What ``inspect`` found of a file, as the reader is asked about it."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        self.found = found
        self.rules: Mapping[str, Any] = found["mapping"]["columns"]
        self.columns = {each["name"]: each for each in found["columns"]}
        self.fields = {each["column"]: each for each in found["fields"]}

    def origin(self, column: str) -> str:
        """What is chosen for a column before the reader has a say.

        Where a column is lacking, one that bears its name is taken, though its values are odd.
        """
        rule, found = self.rules.get(column), self.fields[column]
        if rule is None:
            named = found["suggested"] if column in self.found["lacking"] else None
            return from_column(named) if named else NOTHING
        if isinstance(rule, str):
            return from_column(rule)
        if "constant" in rule:
            return CONSTANT
        simple = isinstance(rule.get("from"), str) and set(rule) <= _EDITED
        return from_column(rule["from"]) if simple else AS_SAID

    def origins(self, column: str) -> list[str]:
        """What may be chosen for a column."""
        more = [AS_SAID] if self.origin(column) == AS_SAID else []
        return [NOTHING, *more, *map(from_column, self.columns), CONSTANT]

    def detail(self, column: str, key: str) -> str:
        """What the proposed rule of a column says under ``constant``, ``else`` or ``blank``."""
        rule = self.rules.get(column)
        return str(rule.get(key) or "") if isinstance(rule, Mapping) else ""

    def meanings(self, column: str, origin: str) -> list[Meaning] | None:
        """The texts of a source column and the codes they are taken for, what is not understood
        first; None where there are too many to be codes."""
        name = column_of(origin)
        if name is None:
            return []
        if origin == self.origin(column) and column in self.rules:
            found = [
                Meaning(v["text"], v["rows"], v["code"]) for v in self.fields[column]["values"]
            ]
            return self._told(column, found)
        values = self.columns[name]["values"]
        if values is None:
            return None
        words = self.found["words"].get(self.fields[column]["codes"], {})
        nothing = {text.lower() for text in self.found["mapping"].get("null", ())}
        texts: dict[str | None, int] = {}
        for value in values:
            blank = value["text"] is None or value["text"].lower() in nothing
            text = None if blank else value["text"]
            texts[text] = texts.get(text, 0) + value["rows"]
        meant = [Meaning(text, n, words.get((text or "").lower())) for text, n in texts.items()]
        return sorted(meant, key=lambda each: each.code is not None)

    def _told(self, column: str, found: list[Meaning]) -> list[Meaning]:
        """The meanings that a rule names; where it has an ``else``, that stands for the others."""
        rule = self.rules[column]
        if not isinstance(rule, Mapping) or "else" not in rule:
            return found
        named = {text.strip().lower() for text in rule["values"]}
        told = [
            each
            if each.text is not None and each.text.lower() in named
            else replace(each, code=None)
            for each in found
        ]
        return sorted(told, key=lambda each: each.code is not None)

    def times(self, origin: str) -> Mapping[str, Any] | None:
        """How the times of a source column are written; None where it does not seem to hold any."""
        name = column_of(origin)
        times: Mapping[str, Any] | None = self.columns[name]["times"] if name else None
        return times

    def formats(self, column: str, origin: str) -> tuple[str, ...]:
        """The formats of a column's times before the reader has a say."""
        rule = self.rules.get(column)
        if origin == self.origin(column) and isinstance(rule, Mapping) and "formats" in rule:
            return tuple(rule["formats"])
        times = self.times(origin)
        return tuple(times["formats"]) if times else ()

    def asks_for_order(self, column: str, origin: str) -> bool:
        """Whether it must be said if day or month comes first."""
        times = self.times(origin)
        told = self.found["known"] is not None and origin == self.origin(column)
        is_time = self.fields[column]["kind"] in TIMES
        return bool(is_time and times and times["ambiguous"] and not told)

    def samples(self, origin: str) -> tuple[str, ...]:
        """A few values of a source column."""
        name = column_of(origin)
        return tuple(self.columns[name]["samples"]) if name else ()

    def confidence(self, column: str, origin: str) -> float | None:
        """How sure the proposal is of an origin; None where the reader chose it."""
        if origin != self.origin(column):
            return None
        sure: float | None = self.fields[column]["confidence"]
        return sure if sure is not None else 0.0

    def chosen(self, column: str) -> Chosen:
        """What is chosen for a column while the reader has not had a say."""
        origin = self.origin(column)
        found = self.meanings(column, origin) if self.fields[column]["codes"] else []
        return Chosen(
            origin,
            self.detail(column, "constant"),
            {each.text: each.code for each in found or () if each.text is not None},
            self.detail(column, "else") or None,
            self.detail(column, "blank") or None,
        )

    def content(
        self, choices: Mapping[str, Chosen], time_zone: str | None = None
    ) -> dict[str, Any]:
        """The mapping of these choices, in the structure of a mapping file."""
        rules = {column: self._rule(column, chosen) for column, chosen in choices.items()}
        said = {key: value for key, value in self.found["mapping"].items() if key != "time_zone"}
        zone = {"time_zone": time_zone} if time_zone else {}
        kept = {column: rule for column, rule in rules.items() if rule is not None}
        return {**said, **zone, "columns": kept}

    def untouched(self, choices: Mapping[str, Chosen], time_zone: str | None) -> bool:
        """Whether it is a known mapping that the reader left as it is."""
        if self.found["known"] is None or self.found["lacking"]:
            return False
        same = time_zone == self.found["mapping"].get("time_zone")
        return same and all(self.chosen(column) == each for column, each in choices.items())

    def lacking(self, choices: Mapping[str, Chosen]) -> list[str]:
        """Columns that every row needs and that nothing is chosen for."""
        return [
            column
            for column, found in self.fields.items()
            if found["required"] and self._rule(column, choices[column]) is None
        ]

    def undecided(self, choices: Mapping[str, Chosen]) -> list[str]:
        """Columns of which it must still be said if day or month comes first."""
        return [
            column
            for column, chosen in choices.items()
            if self.asks_for_order(column, chosen.origin)
            and chosen.formats is None
            and chosen.first is None
        ]

    def not_understood(self, choices: Mapping[str, Chosen]) -> dict[str, int]:
        """Column with codes → how many of its values nobody understands."""
        counts = {
            column: sum(code is None for code in chosen.meanings.values())
            for column, chosen in choices.items()
            if column_of(chosen.origin) is not None and not chosen.rest
        }
        return {column: count for column, count in counts.items() if count}

    def unused(self, content: Mapping[str, Any]) -> list[str]:
        """Columns of the file that a mapping does not read."""
        used = set(content.get("only", ())) | set(content.get("fold", {}).values())
        for rule in content["columns"].values():
            used |= set(_sources(rule))
        lower = {name.strip().lower() for name in used}
        return [name for name in self.columns if name.strip().lower() not in lower]

    def _rule(self, column: str, chosen: Chosen) -> Any:
        """The rule for one column as a mapping file says it; None where there is none."""
        name = column_of(chosen.origin)
        if chosen.origin == AS_SAID:
            return self.rules[column]
        if chosen.origin == CONSTANT:
            return {"constant": chosen.constant} if chosen.constant.strip() else None
        if name is None:
            return None
        before = self.rules.get(column)
        same = chosen.origin == self.origin(column)
        rule = dict(before) if same and isinstance(before, Mapping) else {"from": name}
        found = self.fields[column]
        if found["codes"]:
            rule |= self._coded(found["codes"], rule, chosen)
            rule = {key: value for key, value in rule.items() if value is not None}
        if found["kind"] in TIMES:
            rule.pop("formats", None)
            if formats := self._formats(column, chosen):
                rule["formats"] = list(formats)
        return rule if set(rule) != {"from"} else name

    def _coded(self, codes: str, rule: Mapping[str, Any], chosen: Chosen) -> dict[str, Any]:
        """Texts and their codes; all of them, since ``else`` stands for every text not named."""
        known = self.found["words"].get(codes, {}) if chosen.rest else {}
        told = {text.strip().lower() for text in chosen.meanings}
        values = {
            text: code
            for text, code in {**known, **rule.get("values", {})}.items()
            if text.strip().lower() not in told
        }
        values |= {text: code for text, code in chosen.meanings.items() if code is not None}
        rest = chosen.rest or None
        return {
            "values": values or None,
            "else": rest if values else None,
            "blank": chosen.blank or None,
        }

    def _formats(self, column: str, chosen: Chosen) -> tuple[str, ...]:
        if chosen.formats is not None:
            return chosen.formats
        times = self.times(chosen.origin)
        if chosen.first and times and times["ambiguous"]:
            return tuple(times["day_first" if chosen.first == "%d" else "month_first"])
        return self.formats(column, chosen.origin)


def _sources(rule: Any) -> Sequence[str]:
    """The source columns that a rule reads."""
    if isinstance(rule, str):
        return (rule,)
    if "text" in rule:
        return re.findall(r"\{([^{}]+)\}", rule["text"])
    given = rule.get("from", ())
    return (given,) if isinstance(given, str) else given
