"""What the fields of a column look like: their kinds of characters, as in ``AA-9999``."""

import re
from collections import Counter
from collections.abc import Sequence

EVIDENCE_ROWS = 20
"""Rows that it takes to know what the fields of a column look like."""

_MANY = 8
_RUNS = (
    (re.compile(r"[0-9]+(\.[0-9]+)?"), "9"),
    (re.compile(r"[^\W\d_]+"), "A"),
    (re.compile(r"\s+"), " "),
)


def pattern(field: str) -> str:
    """The kinds of characters of a field, with runs of one kind as one; 12 and 12.50 are alike."""
    for run, sign in _RUNS:
        field = run.sub(sign, field)
    return field


def patterns(column: Sequence[str]) -> frozenset[str] | None:
    """The patterns that a column's fields have; None where they are too many to tell anything."""
    counted = Counter(map(pattern, column))
    return frozenset(counted) if len(counted) <= _MANY else None
