"""What editing targets and standards comes to: the rows to be stored, and what is wrong with them.

Pure: data frames in, data frames and faults out.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any, NamedTuple

import pandas as pd

COMPANY = "company"
TARGET = ("metric", "scope_type", "scope_id", "month", "value")
STANDARD = (
    "standard_id", "version", "name", "measure", "scope", "threshold", "unit", "state",
    "effective_from", "effective_to",
)  # fmt: skip

_NUMBERED = re.compile(r"(\D*)(\d{1,3})((?:\.\d+)*)")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_MEASURED = ("threshold", "unit", "measure", "scope")
"""What a standard asks for: where that changes, it is another version."""

_TARGETED = ("metric", "place", "value")
_NEEDED = ("standard_id", "name", "measure", "threshold", "unit", "state")


class Fault(NamedTuple):
    """What is wrong with a row (its number, from 1): ``missing`` a column, ``month`` no month,
    ``twice`` there, ``dates`` reversed."""

    row: int
    what: str
    column: str = ""


class Change(NamedTuple):
    """What becomes of a version of a standard: ``new``, ``changed``, ``retired`` or ``removed``."""

    what: str
    name: str
    version: str
    day: date | None = None


def place(scope_type: str, scope_id: object) -> str:
    """Where a target holds, as one choice: ``company``, ``region:…`` or ``project:…``."""
    return COMPANY if scope_type == COMPANY else f"{scope_type}:{scope_id}"


def targets(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of an editor (metric, place, month, value) as rows of the table ``target``."""
    kinds, ids = [], []
    for each in rows["place"]:
        kind, _, key = str(each).partition(":")
        kinds.append(kind)
        ids.append(key or None)
    told = pd.DataFrame({"metric": rows["metric"], "scope_type": kinds, "scope_id": ids})
    return told.assign(month=rows["month"].replace("", None), value=rows["value"])[list(TARGET)]


def target_faults(rows: pd.DataFrame) -> list[Fault]:
    """What is wrong with the rows of an editor of targets."""
    faults, seen = [], set()
    for number, row in enumerate(_plain(rows), start=1):
        faults += [Fault(number, "missing", each) for each in _TARGETED if row[each] is None]
        if row["month"] and not _MONTH.fullmatch(row["month"]):
            faults.append(Fault(number, "month", "month"))
        key = (row["metric"], row["place"], row["month"] or None)
        if key in seen and None not in key[:2]:
            faults.append(Fault(number, "twice"))
        seen.add(key)
    return faults


def revised(
    before: pd.DataFrame, after: pd.DataFrame, today: date
) -> tuple[pd.DataFrame, list[Change]]:
    """The versions of the standards after an edit, and what changes.

    A row of ``after`` is that of ``before`` with the same index. Where it changes what an active
    standard asks for, the version that was in force is kept as it was, retired the day before the
    new one begins: the day that was entered as its beginning, else ``today``. A row without a
    version, or of another standard, is new.
    """
    old = dict(zip(before.index, _plain(before), strict=True))
    rows: list[dict[str, Any]] = []
    changes: list[Change] = []
    for index, row in zip(after.index, _plain(after), strict=True):
        was = old.pop(index, None)
        if was is not None and was["state"] == "active" and _differs(was, row, _MEASURED):
            moved = row["effective_from"] != was["effective_from"]
            begins = row["effective_from"] if moved and row["effective_from"] else today
            ends = max(begins - timedelta(days=1), was["effective_from"] or date.min)
            rows.append({**was, "state": "retired", "effective_to": ends})
            changes.append(Change("retired", was["name"], was["version"], ends))
            row |= {"version": None, "effective_from": begins, "effective_to": None}
            was = None
        elif was is not None and _differs(was, row, STANDARD):
            changes.append(Change("changed", row["name"] or "", row["version"] or ""))
        if was is None:
            own = [each for each in (*_plain(before), *rows) if _same_standard(each, row)]
            known = [each["version"] for each in own if each["version"]]
            row["version"] = row["version"] or next_version(known)
            changes.append(Change("new", row["name"] or "", row["version"], row["effective_from"]))
        rows.append(row)
    changes += [Change("removed", each["name"], each["version"]) for each in old.values()]
    return pd.DataFrame(rows, columns=list(STANDARD)), changes


def standard_faults(rows: pd.DataFrame) -> list[Fault]:
    """What is wrong with versions of standards."""
    faults, seen = [], set()
    for number, row in enumerate(_plain(rows), start=1):
        faults += [Fault(number, "missing", each) for each in _NEEDED if row[each] is None]
        first, last = row["effective_from"], row["effective_to"]
        if first and last and last < first:
            faults.append(Fault(number, "dates", "effective_to"))
        key = (row["standard_id"], row["version"])
        if key in seen:
            faults.append(Fault(number, "twice"))
        seen.add(key)
    return faults


def next_version(known: list[str]) -> str:
    """The version after the last one of those that are known: 1.0 → 2.0, v3 → v4."""
    if not known:
        return "1"
    last = max(known, key=lambda text: [int(number) for number in re.findall(r"\d+", text)] or [0])
    if numbered := _NUMBERED.fullmatch(last):
        before, number, parts = numbered.groups()
        return f"{before}{int(number) + 1}{re.sub(r'[0-9]+', '0', parts)}"
    return next(text for n in count(2) if (text := f"{last}.{n}") not in known)


def _same_standard(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(one["standard_id"] == other["standard_id"])


def _differs(one: Mapping[str, Any], other: Mapping[str, Any], columns: tuple[str, ...]) -> bool:
    return any(one[each] != other[each] for each in columns)


def _plain(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows with blank cells as None, texts without blanks around them, and days as dates."""
    found: list[dict[str, Any]] = []
    for row in rows.to_dict("records"):
        found.append({str(name): _cell(str(name), cell) for name, cell in row.items()})
    return found


def _cell(name: str, cell: Any) -> Any:
    if cell is None or pd.isna(cell):
        return None
    if isinstance(cell, str):
        return cell.strip() or None
    return pd.Timestamp(cell).date() if name.startswith("effective_") else cell
