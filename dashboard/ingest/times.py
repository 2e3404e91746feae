"""In which format the times of a column are written, told from samples of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from dashboard.ingest.binding import ISO
from dashboard.ingest.values import EPOCH, SERIAL, spoken

_CLOCK = r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d{1,9})?)?"
_ISO = re.compile(
    rf"\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}({_CLOCK}( ?([Zz]|UTC|GMT|[+-]\d{{2}}(:?\d{{2}})?))?)?"
)
_UNLIKE_OTHERS = {
    ISO: _ISO,
    SERIAL: re.compile(r"[234]\d{4}(\.\d+)?"),
    EPOCH: re.compile(r"1\d{9}(\d{3})?"),
}
"""Forms that are taken for no other: a column may have them beside one another."""

_DAY_FIRST = tuple(f"%d{mark}%m{mark}{year}" for mark in "/-." for year in ("%Y", "%y"))
_MONTH_FIRST = tuple(f"%m{mark}%d{mark}{year}" for mark in "/-." for year in ("%Y", "%y"))
_OTHERS = (
    "%Y年%m月%d日", "%Y.%m.%d", "%Y%m%d", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y",
    "%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y",
)  # fmt: skip
_CLOCKS = (
    "", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", "T%H:%M:%S", "%H:%M", "%H:%M:%S",
    "%H%M%S", "%H%M", " %H时%M分", " %H时%M分%S秒", " %I:%M%p", " %I:%M:%S%p",
    " %p%I:%M", " %p%I:%M:%S", " %p %I:%M", " %p %I:%M:%S", "%p%I:%M", "%p%I:%M:%S",
    ", %H:%M", ", %H:%M:%S", ", %I:%M %p", ", %I:%M:%S %p",
)  # fmt: skip
_PARTS = {"%d": r"\d{1,2}", "%m": r"\d{1,2}", "%Y": r"\d{4}", "%y": r"\d{2}"}
_ENOUGH = 0.95
_FEW = 3
_SAMPLES = 40
_YEARS = range(1950, 2101)


@dataclass(frozen=True)
class TimeForms:
    """How times are written: ``formats`` is empty for the ISO forms, which need none.

    share     of the samples that read
    ambiguous day and month could change places
    """

    formats: tuple[str, ...]
    share: float
    ambiguous: bool = False


def time_forms(samples: Sequence[str], *, prefer: str | None = None) -> TimeForms:
    """The forms that most samples have; ``prefer`` is ``%d`` or ``%m`` where either could be first.

    Of no samples, the ISO forms. Days and months as numbers are read beside no other form: where a
    spreadsheet has taken some of a column for times, it may have swapped them.
    """
    iso = sum(_ISO.fullmatch(text) is not None for text in samples)
    if iso >= _ENOUGH * len(samples):
        return TimeForms((), iso / len(samples) if samples else 1.0)
    named = [_unlike_others(text) for text in samples]
    apart = tuple(form for form in _UNLIKE_OTHERS if form in named)
    left = [text for text, form in zip(samples, named, strict=True) if form is None]
    plain = TimeForms(() if apart == (ISO,) else apart, 1 - len(left) / len(samples))
    if not any(char.isdigit() for text in left[:_FEW] for char in text):
        return plain
    found = _written(tuple(dict.fromkeys(left))[:_SAMPLES], prefer)
    share = found.share * len(left) / len(samples)
    if not share:
        return plain
    if apart and not _numbers(found.formats[0]):
        return TimeForms((*found.formats, *apart), plain.share + share)
    return replace(found, share=share) if share > plain.share else plain


def _unlike_others(text: str) -> str | None:
    return next((form for form, known in _UNLIKE_OTHERS.items() if known.fullmatch(text)), None)


def _numbers(form: str) -> bool:
    """Whether a format begins with day and month, both as numbers."""
    return {form[:2], form[3:5]} == {"%d", "%m"}


def _written(samples: tuple[str, ...], prefer: str | None) -> TimeForms:
    found = [_with_clocks(day, samples) for day in (*_DAY_FIRST, *_MONTH_FIRST, *_OTHERS)]
    best = max(form.share for form in found)
    leading = [form for form in found if form.share == best]
    orders = {form.formats[0][:2] for form in leading} & {"%d", "%m"}
    chosen = [form for form in leading if form.formats[0].startswith(prefer or "")] or leading
    return TimeForms(chosen[0].formats, best, len(orders) > 1 and prefer is None)


def first_of_day_and_month(forms: Sequence[TimeForms]) -> str | None:
    """Which stands first in the columns that leave no doubt, ``%d`` or ``%m``; None where none."""
    orders = {form.formats[0][:2] for form in forms if form.formats and not form.ambiguous}
    orders &= {"%d", "%m"}
    return orders.pop() if len(orders) == 1 else None


@lru_cache(maxsize=256)
def _with_clocks(day: str, samples: tuple[str, ...]) -> TimeForms:
    """The formats of this day, with whatever times of day the samples have."""
    used: list[str] = []
    beginning = re.sub("%[dmYybB]", lambda part: _PARTS.get(part[0], "[A-Za-z]+"), re.escape(day))
    if not any(re.match(beginning, sample) for sample in samples):
        return TimeForms((day,), 0.0)
    left = samples
    for form in (day + clock for clock in _CLOCKS):
        unread = tuple(sample for sample in left if not _reads(sample, form))
        used += [form] if len(unread) < len(left) else []
        left = unread
        if not left:
            break
    return TimeForms(tuple(used) or (day,), 1 - len(left) / len(samples))


def _reads(sample: str, form: str) -> bool:
    try:
        return datetime.strptime(spoken(sample), form).year in _YEARS
    except ValueError:
        return False
