"""Mappings as plain data and as text, and kept with a store for files with the same header."""

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dashboard.errors import MappingError
from dashboard.ingest.binding import ColumnRule, Mapping
from dashboard.ingest.choose import MAPPINGS
from dashboard.ingest.mapping_parser import UNITS

_NAME = re.compile(r"[\w][\w .-]{0,80}")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def check_name(name: str) -> None:
    """Raise MappingError unless a mapping can be kept under this name."""
    if not _NAME.fullmatch(name):
        raise MappingError(
            "{name!r} cannot be the name of a mapping.",
            "Use letters, digits, blanks, points and hyphens.",
            name=name,
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


def mapping_text(mapping: Mapping) -> str:
    """The mapping as a mapping file says it."""
    content = mapping_content(mapping)
    columns = content.pop("columns")
    said = [f"{key} = {_toml(value)}" for key, value in content.items()]
    said.append("\n[columns]")
    said += [f"{name} = {_toml(rule)}" for name, rule in columns.items()]
    return "\n".join(said) + "\n"


def mapping_content(mapping: Mapping) -> dict[str, Any]:
    """The mapping as plain data, of which a file in TOML or JSON is made; see ``mapping``.

    What it does not say has no key.
    """
    formats = next((rule.formats for rule in mapping.columns.values() if rule.events), ())
    said: dict[str, Any] = {
        "title": mapping.title,
        "table": mapping.table,
        "header": list(mapping.header),
        "null": list(mapping.null),
        "time_zone": mapping.time_zone,
        "decimal": mapping.decimal,
        "only": {name: list(texts) for name, texts in mapping.only.items()},
        "fold": asdict(mapping.fold) if mapping.fold else None,
        "formats": list(formats),
    }
    columns = {name: _rule(rule) for name, rule in mapping.columns.items()}
    return {key: value for key, value in said.items() if value} | {"columns": columns}


def _rule(rule: ColumnRule) -> dict[str, Any]:
    if rule.constant is not None:
        return {"constant": rule.constant}
    if rule.events:
        return {"event": list(rule.events)}
    one = len(rule.sources) == 1
    origin = {"from": rule.sources[0] if one else list(rule.sources)}
    said: dict[str, Any] = {
        "null": list(rule.null) or None,
        "pattern": rule.pattern,
        "values": dict(rule.values) or None,
        "else": rule.rest,
        "blank": rule.blank,
        "scale": [rule.scale.low, rule.scale.high] if rule.scale else None,
        "formats": list(rule.formats) or None,
    }
    if rule.after:
        unit = next(name for name, seconds in UNITS.items() if seconds == rule.after.seconds)
        said |= {"after": rule.after.column, "unit": unit}
    told = {key: value for key, value in said.items() if value is not None}
    return (origin if rule.text is None else {"text": rule.text}) | told


def _toml(value: Any) -> str:
    """A text, a number, a list or a table as TOML writes it in one line."""
    if isinstance(value, str):
        # As JSON quotes it, but for the one control character that JSON leaves as it is.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, dict):
        pairs = (f"{_key(name)} = {_toml(each)}" for name, each in value.items())
        return f"{{ {', '.join(pairs)} }}"
    return repr(value)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _toml(name)
