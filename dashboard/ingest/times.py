"""In which format the times of a column are written, told from samples of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from dashboard.ingest.values import SERIAL

_CLOCK = r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d{1,9})?)?"
_ISO = re.compile(
    rf"\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}({_CLOCK}( ?([Zz]|[+-]\d{{2}}(:?\d{{2}})?))?)?"
)
_NUMBER_OF_DAYS = re.compile(r"[234]\d{4}(\.\d+)?")
_DAY_FIRST = tuple(f"%d{mark}%m{mark}{year}" for mark in "/-." for year in ("%Y", "%y"))
_MONTH_FIRST = tuple(f"%m{mark}%d{mark}{year}" for mark in "/-." for year in ("%Y", "%y"))
_OTHERS = ("%Y年%m月%d日", "%Y.%m.%d", "%Y%m%d", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y")
_CLOCKS = (
    "", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", "T%H:%M:%S", "%H:%M", "%H:%M:%S",
    "%H%M%S", "%H%M", " %H时%M分", " %H时%M分%S秒",
)  # fmt: skip
_ENOUGH = 0.95
_FEW = 3
_SAMPLES = 40


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
    """The form that most samples have; ``prefer`` is ``%d`` or ``%m`` where either could be first.

    Of no samples, the ISO forms.
    """
    if not samples:
        return TimeForms((), 1.0)
    iso = sum(_ISO.fullmatch(sample) is not None for sample in samples) / len(samples)
    if iso >= _ENOUGH:
        return TimeForms((), iso)
    if all(_NUMBER_OF_DAYS.fullmatch(sample) for sample in samples):
        return TimeForms((SERIAL,), 1.0)
    if not all(any(char.isdigit() for char in sample) for sample in samples[:_FEW]):
        return TimeForms((), iso)
    some = tuple(dict.fromkeys(samples))[:_SAMPLES]
    found = [_with_clocks(day, some) for day in (*_DAY_FIRST, *_MONTH_FIRST, *_OTHERS)]
    best = max(form.share for form in found)
    if best <= iso:
        return TimeForms((), iso)
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
        datetime.strptime(sample, form)
    except ValueError:
        return False
    return True
