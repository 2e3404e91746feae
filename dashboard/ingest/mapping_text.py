"""Mappings as text: kept with a store under a name, for files with the same header."""

import json
import re
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dashboard.errors import MappingError
from dashboard.ingest.binding import ColumnRule, Mapping
from dashboard.ingest.choose import MAPPINGS
from dashboard.ingest.mapping_parser import UNITS

_NAME = re.compile(r"[\w][\w .-]{0,80}")


def check_name(name: str) -> None:
    """Raise MappingError unless a mapping can be kept under this name."""
    if not _NAME.fullmatch(name):
        raise MappingError(
            f"{name!r} cannot be the name of a mapping.",
            "Use letters, digits, blanks, points and hyphens.",
        )


def save_mapping(mapping: Mapping, name: str, store: Path) -> Path:
    """Keep a mapping with the store, in place of one of the same name."""
    check_name(name)
    folder = store / MAPPINGS
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.toml"
    draft = file.with_suffix(".tmp")
    draft.write_text(mapping_text(mapping), encoding="utf-8")
    return draft.replace(file)


def mapping_content(mapping: Mapping) -> dict[str, Any]:
    """The mapping as plain values, in the structure of a mapping file."""
    return tomllib.loads(mapping_text(mapping))


def mapping_text(mapping: Mapping) -> str:
    """The mapping as a mapping file says it."""
    said = [
        f"title = {_quoted(mapping.title)}" if mapping.title else "",
        f"table = {_quoted(mapping.table)}",
        f"header = {_list(mapping.header)}" if mapping.header else "",
        f"null = {_list(mapping.null)}" if mapping.null else "",
        f"time_zone = {_quoted(mapping.time_zone)}" if mapping.time_zone else "",
        f"decimal = {_quoted(mapping.decimal)}" if mapping.decimal else "",
    ]
    if mapping.only:
        kept = (f"{_quoted(name)} = {_list(texts)}" for name, texts in mapping.only.items())
        said.append(f"only = {{ {', '.join(kept)} }}")
    if mapping.fold:
        parts = (f"{key} = {_quoted(name)}" for key, name in asdict(mapping.fold).items())
        said.append(f"fold = {{ {', '.join(parts)} }}")
    formats = next((rule.formats for rule in mapping.columns.values() if rule.events), ())
    said.append(f"formats = {_list(formats)}" if formats else "")
    said.append("\n[columns]")
    said += [f"{name} = {_rule(rule)}" for name, rule in mapping.columns.items()]
    return "\n".join(filter(None, said)) + "\n"


def _rule(rule: ColumnRule) -> str:
    parts: dict[str, str] = {}
    if rule.constant is not None:
        return f"{{ constant = {_quoted(rule.constant)} }}"
    if rule.events:
        return f"{{ event = {_list(rule.events)} }}"
    if rule.text is not None:
        parts["text"] = _quoted(rule.text)
    else:
        one = len(rule.sources) == 1
        parts["from"] = _quoted(rule.sources[0]) if one else _list(rule.sources)
    if rule.null:
        parts["null"] = _list(rule.null)
    if rule.pattern is not None:
        parts["pattern"] = _quoted(rule.pattern)
    if rule.values:
        pairs = (f"{_quoted(text)} = {_quoted(means)}" for text, means in rule.values.items())
        parts["values"] = f"{{ {', '.join(pairs)} }}"
    for key, text in (("else", rule.rest), ("blank", rule.blank)):
        if text is not None:
            parts[key] = _quoted(text)
    if rule.scale:
        parts["scale"] = f"[{rule.scale.low}, {rule.scale.high}]"
    if rule.formats:
        parts["formats"] = _list(rule.formats)
    if rule.after:
        unit = next(name for name, seconds in UNITS.items() if seconds == rule.after.seconds)
        parts |= {"after": _quoted(rule.after.column), "unit": _quoted(unit)}
    return f"{{ {', '.join(f'{key} = {text}' for key, text in parts.items())} }}"


def _list(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _quoted(text: str) -> str:
    """A text as TOML quotes it, which is as JSON does."""
    return json.dumps(text, ensure_ascii=False)
