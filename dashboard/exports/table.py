"""The rows of an export as plain Python values, and the name of its file."""

import math
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from numbers import Integral, Real
from typing import Any

import numpy as np
import pandas as pd

BLOCK = 10_000
"""Rows that are held as Python values at a time."""


@dataclass(frozen=True)
class Table:
    """Rows to export: ``columns`` maps each column of ``frame`` to its title, in order."""

    title: str
    frame: pd.DataFrame
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Column:
    """A column; ``days`` where its times are all midnights."""

    title: str
    values: "pd.Series[Any]"
    days: bool = False

    def part(self, start: int, stop: int) -> list[Any]:
        """Some values as None, bool, int, float, date, datetime or text."""
        values = self.values.iloc[start:stop]
        if _is_time(values):
            unit = "datetime64[D]" if self.days else "datetime64[us]"
            return list(values.to_numpy().astype(unit).tolist())
        return [_plain(each) for each in values.tolist()]


def columns(table: Table) -> list[Column]:
    """The columns of the table in order."""
    return [_column(title, table.frame[name]) for name, title in table.columns.items()]


def blocks(parts: list[Column], start: int, stop: int) -> Iterator[list[tuple[Any, ...]]]:
    """The rows from ``start`` up to ``stop``, a block at a time."""
    for first in range(start, stop, BLOCK):
        last = min(first + BLOCK, stop)
        yield list(zip(*(each.part(first, last) for each in parts), strict=True))


def _column(title: str, values: "pd.Series[Any]") -> Column:
    if _is_time(values):
        known = values.dropna()
        return Column(title, values, days=bool((known == known.dt.normalize()).all()))
    if pd.api.types.is_float_dtype(values):  # whole numbers with gaps arrive as floats
        known = values.dropna()
        if ((known % 1 == 0) & (known.abs() < 2**53)).all():
            return Column(title, values.astype("Int64"))
    return Column(title, values)


def _is_time(values: "pd.Series[Any]") -> bool:
    return isinstance(values.dtype, np.dtype) and values.dtype.kind == "M"


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is str or kind is int or kind is bool:
        return value
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, Real) and not isinstance(value, Integral):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, datetime):  # also pandas' own
        return datetime.fromisoformat(value.isoformat())
    if isinstance(value, date):
        return value
    if pd.api.types.is_bool(value):
        return bool(value)
    return int(value) if isinstance(value, Integral) else str(value)


def file_name(title: str, day: date, suffix: str) -> str:
    """A name that every file system takes: the title in its own script, and a date."""
    kept = "".join(
        " " if each in '<>:"/\\|?*' or unicodedata.category(each)[0] in "CZ" else each
        for each in title
    )
    stem = " ".join(kept.split())[:60].strip(" .-~")
    return f"{stem} {day.isoformat()}.{suffix}".lstrip()
