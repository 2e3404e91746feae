"""What a spreadsheet makes of texts: formulas, numbers, times."""

import re
import unicodedata
from functools import lru_cache

REMEMBERED = 10_000
"""Texts whose form is remembered: most texts of a table come again."""

_TYPED = re.compile(
    r"[\s(+\-.,%¥￥$€£₩]*\d"  # a number, a date, a time, a share
    r"|\s*(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s./-]*\d"
    r"|\s*[上下]午"
    r"|\s*(true|false)\s*$",
    re.IGNORECASE,
)
_PLAIN_NUMBER = re.compile(r"0|[1-9][0-9]{0,10}")
"""Numbers that are shown, and saved as text, as they were written."""


@lru_cache(REMEMBERED)
def formula_like(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula.

    What it starts with counts after blanks, quotes and invisible characters, and also in full width
    (``＝``); a tab or line break at the start counts by itself.
    """
    if not text or text[0].isalnum():
        return False
    if text[0] in "\t\r\n":
        return True
    seen = (
        each
        for each in unicodedata.normalize("NFKC", text)
        if unicodedata.category(each)[0] not in "CZ" and each not in "'\"`‘’“”"
    )
    return next(seen, "") in tuple("=+-@")


def is_changed(text: str) -> bool:
    """Whether a spreadsheet that opens the text as a cell could save it as another one.

    That is a formula, and whatever it takes for a number, a time or a truth value and writes in its
    own way: “007” becomes 7, “2024-01-05 10:00:30” loses its seconds.
    """
    if _PLAIN_NUMBER.fullmatch(text):
        return False
    return formula_like(text) or _TYPED.match(text) is not None
