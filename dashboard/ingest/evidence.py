"""What the values of a source column say of it: whether they are of a contract column's kind."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from dashboard.contract import TABLES, Range
from dashboard.i18n import code_labels
from dashboard.ingest.aliases import CODE_WORDS, score_words
from dashboard.ingest.names import normal
from dashboard.ingest.schema import Column

NUMBER_KINDS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DOUBLE", "DECIMAL")

_TELLING = 10
"""Values that it takes to tell a scale: of fewer, some may be odd."""

_NUMBER = re.compile(r"[-+]?[¥￥$€£]? ?\d[\d,. \u00a0\u202f]*[元]?")
_TRUTH = {"true", "false", "t", "f", "yes", "no", "y", "n", "1", "0", "是", "否"}


def share_of_kind(table: str, column: Column, values: tuple[str, ...]) -> float:
    """The share of the values that the column could take."""
    contract = TABLES[table]
    if not values:
        return 1.0
    if column.name in contract.codes:
        known = _codes(contract.codes[column.name])
        return sum(normal(value) in known for value in values) / len(values)
    if column.kind in NUMBER_KINDS:
        words = meanings(table, column.name)
        range_ = contract.ranges.get(column.name) if len(values) >= _TELLING else None
        read = (normal(value) in words or _is_number(value, range_) for value in values)
        return sum(read) / len(values)
    if column.kind == "BOOLEAN":
        return sum(normal(value) in _TRUTH for value in values) / len(values)
    if contract.key == (column.name,):
        return len(set(values)) / len(values)
    return 1.0


@cache
def meanings(table: str, column: str) -> Mapping[str, str]:
    """Words in exports that stand for a code or a score of the column."""
    contract = TABLES[table]
    if column in contract.codes:
        return CODE_WORDS.get(contract.codes[column], {})
    range_ = contract.ranges.get(column)
    return score_words(range_.low, range_.high) if range_ else {}


def _is_number(value: str, range_: Range | None) -> bool:
    """Whether a text is a number; where both ends of the range are known, one within it."""
    text = unicodedata.normalize("NFKC", value)
    if range_ is None or range_.low is None or range_.high is None:
        return _NUMBER.fullmatch(text) is not None
    try:
        return range_.low <= float(text.replace(",", ".")) <= range_.high
    except ValueError:
        return False


@cache
def _codes(code_set: str) -> frozenset[str]:
    labels = code_labels(code_set)
    words = {label.lower() for code, texts in labels.items() for label in (code, *texts)}
    return frozenset(words | set(CODE_WORDS.get(code_set, {})))
