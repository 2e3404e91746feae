"""What a cell may become on the way into the store, told from the contract alone.

Written without the loader's code: blanks around a text are cut off, codes may be labels, times have
the ISO forms or, where the columns speak for it, another form; phone numbers in free text are
masked. All else stays as it is, byte for byte.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from dashboard.contract import TABLES
from dashboard.i18n import code_labels
from dashboard.ingest.aliases import CODE_WORDS, NOTHING
from dashboard.ingest.schema import Column

HOME = ZoneInfo("Asia/Shanghai")
BLANKS = " \t\r\n\u00a0\u3000\ufeff\u200b"

_ISO = re.compile(
    r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})"
    r"(?:[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?"
    r"(?: ?(?:([Zz])|([+-][0-9]{2}):?([0-9]{2})?))?)?"
)
_CLOCKS = (
    "",
    " %H:%M",
    " %H:%M:%S",
    "T%H:%M:%S",
    " %I:%M %p",
    "%H:%M:%S",
    "%H:%M",
    "%H%M%S",
    "%H%M",
)
_DAY_FIRST = tuple(f"%d{mark}%m{mark}{year}" for mark in "/-." for year in ("%Y", "%y"))
_MONTH_FIRST = tuple(f"%m{mark}%d{mark}{year}" for mark in "/-." for year in ("%Y", "%y"))
_OTHERS = ("%Y年%m月%d日", "%Y.%m.%d", "%Y%m%d", "%d %b %Y", "%d-%b-%Y", "%b %d, %Y")
_TRUE = ("true", "t", "1", "yes", "y", "是")
_FALSE = ("false", "f", "0", "no", "n", "否")
_BITS = {"TINYINT": 7, "SMALLINT": 15, "INTEGER": 31, "BIGINT": 63}
_MONEY = Decimal(10) ** 16


@dataclass(frozen=True)
class Given:
    """How a file was understood.

    plain     its columns bear the contract's names and all is written as the contract says
    exact     this column bears the contract's name
    day_first its times, where they are not in the ISO forms, were written with the day first
    """

    plain: bool
    exact: bool
    day_first: bool


@dataclass(frozen=True)
class Reading:
    """What a cell may become: one of ``values``, or its row may be refused where ``refusal``."""

    values: tuple[object, ...]
    refusal: bool = False

    @property
    def certain(self) -> bool:
        """Whether it becomes one value, whatever else the file holds."""
        return len(self.values) == 1 and not self.refusal

    def allows(self, value: object) -> bool:
        """Whether the store may hold this value for the cell."""
        return any(
            allowed(value) if callable(allowed) else _same(value, allowed)
            for allowed in self.values
        )


def reading(table: str, column: Column, cell: str, given: Given) -> Reading:
    """The reading of one cell of a column that was mapped."""
    contract, text = TABLES[table], cell.strip(BLANKS)
    if not text:
        return Reading((contract.defaults.get(column.name),))
    found = _read(table, column, text, given)
    if not given.plain and text.lower() in NOTHING:
        return Reading((*found.values, contract.defaults.get(column.name)), refusal=True)
    return found


def _read(table: str, column: Column, text: str, given: Given) -> Reading:
    contract = TABLES[table]
    if column.name in contract.codes:
        return _code(contract.codes[column.name], text, given)
    if column.kind in ("TIMESTAMP", "DATE"):
        return _time(column, text, given)
    if column.kind == "BOOLEAN":
        values = (text.lower() in _TRUE,) if text.lower() in (*_TRUE, *_FALSE) else ()
        return Reading(values, not values)
    if column.kind != "VARCHAR":
        return _number(table, column, text, given)
    if column.name in contract.masked:
        return Reading((masked_form(text),))
    return Reading((text,))


def _code(code_set: str, text: str, given: Given) -> Reading:
    meant: dict[str, str] = {}
    for code, labels in code_labels(code_set).items():
        for label in (code, *labels):
            meant.setdefault(label.lower(), code)
    if text.lower() in meant:
        return Reading((meant[text.lower()],))
    word = CODE_WORDS.get(code_set, {}).get(text.lower())
    return Reading((word,) if word and not given.exact else (), refusal=True)


def _time(column: Column, text: str, given: Given) -> Reading:
    text = re.sub(" +", " ", text)
    moments = [*iso(text)]
    known = bool(moments) and "24:00" not in text
    if not given.plain:
        moments += _otherwise(text, given)
    if column.kind == "DATE":
        moments = [moment.date() for moment in moments]
    # A column that is written in another form is read by that alone.
    return Reading(tuple(dict.fromkeys(moments)), refusal=not (known and given.plain))


def iso(text: str) -> Iterator[datetime]:
    """The time that an ISO form means, in the company's time zone; none where it is none."""
    found = _ISO.fullmatch(text)
    if not found:
        return
    year, month, day, hour, minute, second, fraction, zulu, offset, minutes = found.groups()
    try:
        moment = datetime(int(year), int(month), int(day))
        if int(hour or 0) > 24 or int(minute or 0) > 59 or int(second or 0) > 59:
            return
        moment += timedelta(
            hours=int(hour or 0), minutes=int(minute or 0), seconds=int(second or 0)
        )
        moment += timedelta(microseconds=int((fraction or "")[:6].ljust(6, "0")))
        if zulu or offset:
            away = timedelta(hours=int(offset or 0))
            away += timedelta(minutes=int(f"{(offset or '+')[0]}{minutes or 0}"))
            utc = (moment - away).replace(tzinfo=ZoneInfo("UTC"))
            moment = utc.astimezone(HOME).replace(tzinfo=None)
        yield moment
    except (ValueError, OverflowError):
        return


def _otherwise(text: str, given: Given) -> Iterator[datetime]:
    days = (*_DAY_FIRST, *_OTHERS, *(() if given.day_first else _MONTH_FIRST))
    for form in (day + clock for day in days for clock in _CLOCKS):
        try:
            yield datetime.strptime(text, form)
        except ValueError:
            continue
    if re.fullmatch(r"[0-9]{5}([.][0-9]+)?", text):
        yield datetime(1899, 12, 30) + timedelta(seconds=round(float(text) * 86_400))


def _number(table: str, column: Column, text: str, given: Given) -> Reading:
    found = [value for value in _numbers(text, given) if _fits(table, column, value)]
    plain = re.fullmatch(r"[+-]?[0-9]+([.][0-9]+)?", text) is not None
    if column.kind in _BITS:
        values: list[object] = [int(value) for value in found]
        plain = plain and "." not in text
    elif column.kind == "DECIMAL":
        values = [_to_the_cent(value) for value in found]
    else:
        values = [float(value) for value in found]
    sure = plain and bool(values) and given.plain
    return Reading(tuple(values), refusal=not sure)


def _numbers(text: str, given: Given) -> Iterator[Decimal]:
    if re.fullmatch(r"[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?", text):
        yield Decimal(text)
    if not given.plain:
        bare = re.sub(r"^[¥￥$€£] ?| ?[元¥￥$€£]$", "", text)
        for digits in (bare.replace(",", ""), re.sub("[. ]", "", bare).replace(",", ".")):
            if re.fullmatch(r"[+-]?[0-9]+([.][0-9]*)?", digits):
                yield Decimal(digits)


def _fits(table: str, column: Column, value: Decimal) -> bool:
    bounds = TABLES[table].ranges.get(column.name)
    if bounds and bounds.low is not None and value < Decimal(bounds.low):
        return False
    if bounds and bounds.high is not None and value > Decimal(bounds.high):
        return False
    if column.kind in _BITS:
        return value == int(value) and -(2 ** _BITS[column.kind]) <= value < 2 ** _BITS[column.kind]
    return abs(value) < _MONEY if column.kind == "DECIMAL" else abs(value) < Decimal("1e308")


def _to_the_cent(value: Decimal) -> Callable[[object], bool]:
    return lambda held: isinstance(held, Decimal) and abs(held - value) <= Decimal("0.005")


def masked_form(text: str) -> Callable[[object], bool]:
    """Whether what is held is the text, but for asterisks in place of digits of a long number."""

    def allowed(held: object) -> bool:
        if not isinstance(held, str):
            return False
        if held == text:
            return True
        parts = [re.escape(part) for part in re.split(r"\*{4,}", held)]
        gap = r"[-\s.／/．－\u2010-\u2015\u2212\u200b]{0,5}"
        hidden = rf"(?:{gap}[0-9０-９*]){{3,12}}{gap}"
        # A gap beside the asterisks goes with them, also in a number's country code.
        return re.fullmatch(hidden.join(parts), text) is not None

    return allowed


def _same(value: object, allowed: object) -> bool:
    if isinstance(allowed, float) and isinstance(value, float):
        return value == allowed
    return type(value) is type(allowed) and value == allowed
