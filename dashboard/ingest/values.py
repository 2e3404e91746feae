"""From a column's source text to its value, and the rules that a single value must meet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from duckdb import Expression, coalesce, col, fn, lit, when

from dashboard.codes import CODES
from dashboard.contract import TableContract
from dashboard.i18n import code_labels
from dashboard.ingest.binding import ISO, Reading
from dashboard.ingest.masking import masked
from dashboard.ingest.rule import Rule, quoted, sentence, text
from dashboard.ingest.schema import Column

_DAY = r"[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}"
_CLOCK = r"[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?"
_WALL_TIME = rf"{_DAY}({_CLOCK})?"
_TIME_WITH_OFFSET = rf"{_DAY}{_CLOCK} ?([Zz]|UTC|GMT|[+-][0-9]{{2}}(:?[0-9]{{2}})?)"
_WHOLE = r"[+-]?[0-9]+([.]0*)?"
_NUMBER = r"[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?"
_SERIAL = r"[0-9]{5}([.][0-9]+)?"
_EPOCH = r"1[0-9]{9}([0-9]{3})?"
_CURRENCY = r"^[¥￥$€£] ?| ?[元¥￥$€£]$"
_IN_THOUSANDS = r"[+-]?[0-9]{1,3}(,[0-9]{3})+([.][0-9]*)?"
_WITH_COMMA = r"[+-]?([0-9]{1,3}([. \x{a0}\x{202f}][0-9]{3})+|[0-9]+)(,[0-9]*)?"
_MICROSECONDS = 1_000_000
_TRUE = ("true", "t", "1", "yes", "y", "是")
_FALSE = ("false", "f", "0", "no", "n", "否")
_WHOLE_TYPES = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT")
_NUMBER_TYPES = ("DOUBLE", "DECIMAL")

_KIND_NAMES = {
    "TIMESTAMP": "a time",
    "DATE": "a date",
    "BOOLEAN": "true or false",
    **dict.fromkeys(_WHOLE_TYPES, "a whole number"),
    **dict.fromkeys(_NUMBER_TYPES, "a number"),
}

SERIAL = "serial"
"""The format of a time kept as a workbook keeps it: days since 30 December 1899."""

EPOCH = "epoch"
"""The format of a time kept as the seconds or milliseconds since 1970 (UTC)."""

_CUT = ":[0-9]([^0-9]|$)"

_HALVES = {"上午": "AM", "下午": "PM"}
"""How Chinese spreadsheets write what ``%p`` reads."""

PROMISES = frozenset({"due_at"})
"""Times that lie in the future by their nature."""


@dataclass(frozen=True)
class Clock:
    """How the times of a source are read.

    now       wall clock of the load; a time over a day later is refused
    time_zone the company's, to which times with an offset are converted
    reading   how the source writes times and numbers, as its mapping says
    """

    now: datetime
    time_zone: str
    reading: Reading


def value(column: Column, contract: TableContract, clock: Clock) -> Expression:
    """The value of the source text, null where blank or not readable; defaults are filled in."""
    read = _read(column, contract, clock)
    if column.name in contract.defaults:
        default = lit(contract.defaults[column.name]).cast(column.type)
        return when(text(column.name).is_null()).then(default).otherwise(read)
    return read


def rules(
    column: Column, contract: TableContract, clock: Clock, *, required: bool
) -> Iterator[Rule]:
    """The rules that a value must meet by itself."""
    name = column.name
    given, value_ = text(name), col(name)
    if required:
        yield Rule(name, "missing", given.is_null(), lit("is missing"))
    outside = lit(False)
    if name in contract.ranges:
        low, high = contract.ranges[name].low, contract.ranges[name].high
        number = _number(_plain(given, clock.reading.decimal))
        outside = (number < lit(low)) | (number > lit(high))
        says = sentence(given, _bounds(low, high))
        yield Rule(name, "out_of_range", outside, says, given)
    if name in contract.codes:
        codes = ", ".join(CODES[contract.codes[name]])
        says = sentence(quoted(name), " is not one of ", codes)
        yield Rule(name, "unknown_code", given.is_not_null() & value_.is_null(), says, given)
    elif column.kind in _KIND_NAMES:
        unread = given.is_not_null() & value_.is_null() & ~fn("ifnull", outside, False)
        says = sentence(quoted(name), " cannot be read as ", _KIND_NAMES[column.kind])
        yield Rule(name, "unreadable", unread, says, given)
    if column.kind == "TIMESTAMP" and name not in PROMISES:
        says = sentence(value_.cast("VARCHAR"), " lies more than a day after the load")
        late = value_ > lit(clock.now + timedelta(days=1))
        yield Rule(name, "in_future", late, says, value_.cast("VARCHAR"))


def _read(column: Column, contract: TableContract, clock: Clock) -> Expression:
    given = text(column.name)
    if column.name in contract.codes:
        return _code(given, contract.codes[column.name])
    if column.kind in ("TIMESTAMP", "DATE"):
        read = _time(given, clock, column.name, zoned=column.kind == "TIMESTAMP")
        return read.try_cast(column.type)
    if column.kind == "BOOLEAN":
        lower = fn("lower", given)
        return when(lower.isin(*_TRUE)).then(True).when(lower.isin(*_FALSE)).then(False).end()
    if column.kind in (*_WHOLE_TYPES, *_NUMBER_TYPES):
        form = _WHOLE if column.kind in _WHOLE_TYPES else _NUMBER
        number = _plain(given, clock.reading.decimal)
        sure = _matches(number, form) & fn("isfinite", number.try_cast("DOUBLE"))
        return when(sure).then(number.try_cast(column.type)).end()
    if column.name in contract.masked:
        return masked(given)
    return given


def _time(given: Expression, clock: Clock, name: str, *, zoned: bool) -> Expression:
    if after := clock.reading.durations.get(name):
        # A duration counts from the moment itself, whatever clocks are set forward or back within.
        start = _time(text(after.column), clock, after.column, zoned=zoned)
        length = _number(_plain(given, clock.reading.decimal)) * lit(after.seconds * _MICROSECONDS)
        return start + fn("to_microseconds", fn("round", length).try_cast("BIGINT"))
    read = time_of(given, clock.reading.formats.get(name, ()), clock.time_zone)
    return _moved(read, given, clock) if zoned and clock.reading.time_zone else read


def time_of(given: Expression, formats: tuple[str, ...], time_zone: str) -> Expression:
    """The time that a text means, by these formats or else the ISO forms; null where it is none.

    A time with an offset is converted to ``time_zone``.
    """
    written = tuple(form for form in formats if form != ISO)
    if written and ISO in formats:
        return coalesce(_by_format(given, written, time_zone), time_of(given, (), time_zone))
    if written:
        return _by_format(given, written, time_zone)
    bare = fn("upper", fn("replace", given, " +", "+"))
    zoned = fn("replace", bare, " -", "-").try_cast("TIMESTAMPTZ")
    return (
        when(_matches(given, _WALL_TIME))
        .then(given.try_cast("TIMESTAMP"))
        .when(_matches(given, _TIME_WITH_OFFSET))
        .then(fn("timezone", time_zone, zoned))
        .end()
    )


def spoken(given: str) -> str:
    """A text with 上午 and 下午 as ``%p`` reads them."""
    for half, mark in _HALVES.items():
        given = given.replace(half, mark)
    return given


def _by_format(given: Expression, formats: tuple[str, ...], time_zone: str) -> Expression:
    written = [form for form in formats if form not in (SERIAL, EPOCH)]
    words = given
    for half, mark in _HALVES.items() if any("%p" in form for form in written) else ():
        words = fn("replace", words, half, mark)
    read = fn("try_strptime", words, lit(written)) if written else lit(None).cast("TIMESTAMP")
    # DuckDB takes a few words, such as “epoch”, for a time of any format, and “16:0” for 16:00,
    # which is what is left of a time that was cut.
    whole = fn("regexp_matches", given, "[0-9]") & ~fn("regexp_matches", given, _CUT)
    read = when(whole).then(read).end()
    if SERIAL in formats:
        days = fn("round", given.try_cast("DOUBLE") * lit(86_400)).try_cast("BIGINT")
        first = lit("1899-12-30").cast("TIMESTAMP")
        counted = first + fn("to_seconds", days)
        read = when(_matches(given, _SERIAL)).then(counted).otherwise(read)
    if EPOCH in formats:
        milliseconds = fn("rpad", given, 13, "0").try_cast("BIGINT")
        moment = fn("timezone", time_zone, fn("to_timestamp", milliseconds / lit(1000)))
        read = when(_matches(given, _EPOCH)).then(moment).otherwise(read)
    return read


def _moved(read: Expression, given: Expression, clock: Clock) -> Expression:
    """A wall time of the source's zone in the company's; a moment of any zone is there already."""
    zone = fn("timezone", clock.reading.time_zone, read)
    elsewhere = ~fn("ifnull", _matches(given, f"{_TIME_WITH_OFFSET}|{_EPOCH}"), False)
    return when(elsewhere).then(fn("timezone", clock.time_zone, zone)).otherwise(read)


def _plain(given: Expression, decimal: str | None) -> Expression:
    """A number as digits and a point: without currency, separators of thousands or comma.

    Where the decimal sign is not known, “1,234” says nothing, and the text stays as it is.
    """
    if decimal is None:
        return given
    given = fn("translate", given, "０１２３４５６７８９．，－", "0123456789.,-")
    bare = fn("regexp_replace", given, _CURRENCY, "", "g")
    if decimal == ",":
        digits = fn("replace", fn("regexp_replace", bare, r"[. \x{a0}\x{202f}]", "", "g"), ",", ".")
        return when(_matches(bare, _WITH_COMMA)).then(digits).end()
    digits = fn("replace", bare, ",", "")
    grouped = when(_matches(bare, _IN_THOUSANDS)).then(digits).otherwise(bare)
    return when(_matches(given, _NUMBER)).then(given).otherwise(grouped)


def _code(given: Expression, code_set: str) -> Expression:
    meanings: dict[str, str] = {}
    for code, labels in code_labels(code_set).items():
        for label in (code, *labels):
            meanings.setdefault(label.lower(), code)
    names, codes = lit(list(meanings)), lit(list(meanings.values()))
    return fn("list_extract", codes, fn("list_position", names, fn("lower", given)))


def _number(given: Expression) -> Expression:
    return when(_matches(given, _NUMBER)).then(given.try_cast("DOUBLE")).end()


def _matches(given: Expression, pattern: str) -> Expression:
    return fn("regexp_full_match", given, pattern)


def _bounds(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f" is not between {low:g} and {high:g}"
    return f" is below {low:g}" if low is not None else f" is above {high:g}"
