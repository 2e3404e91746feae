"""Damages to the cells of a table: each is a small named function; several may be combined."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from random import Random

from dashboard.contract import TABLES
from dashboard.ingest.aliases import ALIASES, SHARED_ALIASES
from tests.faults.tables import Table

Damage = Callable[[Table, Random], Table]

FORMULAS = (
    "=1+1", "=SUM(A1:A9)", "@SUM(1)", "+1+1", "-2+3", '=HYPERLINK("http://x.invalid","点")',
    "=cmd|' /C calc'!A0", "\t=1", "%3D1+1", "'=1",
)  # fmt: skip
NOTHINGS = ("", " ", "\u3000", "NULL", "null", "N/A", "#N/A", "-", "--", "无", "NaN", "None", "\\N")
TIMES = (
    "2024-13-45", "2024-02-30", "昨天", "20240105", "05/01/2024", "1/5/24", "2024/1/5 9:03",
    "2024-01-05T10:00:00+08:00", "2024-01-05T02:00:00Z", "2024-01-05 24:00",
    "2024-01-05 23:59:60",
    "45292", "45292.5", "2024年1月5日", "0000-00-00", "0001-01-01", "9999-12-31", "2099-01-01",
    "2024-01-05 10:11:12.123456789",
    "2024-01-05  10:11", "２０２４-01-05", "2024-1-5",
    "1704412800",
    "2024-01-05 10:00 +0530", "2024-01-05 10:00-99:00", "-2024-01-05", "24-01-05", "5 Jan 2024",
    "2024-01-05 1:2:3", "2024-01-05 10", "2024-01-05T", "294247-01-10", "2024.01.05", "infinity",
    "epoch", "2024-01-05 10:00 Asia/Shanghai", "2024-01-05 12:00 (BC)", "now", "2024-W01-5",
)  # fmt: skip
NUMBERS = (
    "1e400", "-5", "1,234", "1.005", "12345678901234567890", "NaN", "Infinity", "-inf", "0x1F",
    "１２", "5.0", "5.", ".5", "1e2", "--1", "1 234", "¥12", "12元", "5%", "٣", "3.7", "1e-400",
    "-0",
    "+3", "1_000", "99999999999999999.99", "1.2.3", "0b1", "1e", "2³", "1,5", "1/2",
)  # fmt: skip
SIGNS = (
    '"', '""', "'", 'say "hi"', ",", ";", "\t", "|", "\n", "\r\n", "\\", '\\"', "a\u2028b", "\x0b",
    "\x0c", "\x1c", "\x85", "\u200b", "\ufeff", "\u202e", "e\u0301", "\U0001f9d1\u200d\U0001f527",
    "<b>", "&amp;", "{0}", "%s", "$x", "𠮷", "\u00a0", "\x07", "\x1a", "；", "，", "''", "#", "--",
)  # fmt: skip
NUMBERS_OF_PEOPLE = (
    "13800138000", "138 0013 8000", "+86-138-0013-8000", "电话021-58888888，请回",
    "11010519491231002X",
    "订单20240105138001380001", "(010) 6551 2345",
    "3.13800138000", "１３８００１３８０００", "400-820-8820",
)  # fmt: skip
CODES = (
    "未知",
    "REPAIR",
    " repair ",
    "报修",
    "re pair",
    "0",
    "Ｌ1",
    "l1",
    "基础",
    "None",
    "complaints",
)


def _changed(
    table: Table, random: Random, columns: list[int], texts: Iterable[str], *, often: bool = False
) -> Table:
    """Some cells of these columns replaced by some of these texts."""
    rows, texts = [list(row) for row in table.rows], list(texts)
    if not columns or not rows:
        return table
    for _ in range(random.choice((1, 1, 2, 5)) + (len(rows) if often else 0)):
        row, column = random.choice(rows), random.choice(columns)
        if column < len(row):
            row[column] = random.choice(texts)
    return table.with_rows(rows)


def _all(table: Table) -> list[int]:
    return list(range(len(table.header)))


def columns_shuffled(table: Table, random: Random) -> Table:
    order = random.sample(_all(table), len(table.header))
    rows = [[row[index] for index in order] for row in table.rows]
    return replace(table, header=tuple(table.header[index] for index in order)).with_rows(rows)


def names_swapped(table: Table, random: Random) -> Table:
    """Two names of the header change places, their cells do not."""
    names = list(table.header)
    one, other = random.sample(_all(table), 2)
    names[one], names[other] = names[other], names[one]
    return replace(table, header=tuple(names))


def column_dropped(table: Table, random: Random) -> Table:
    gone = random.choice(_all(table))
    header = table.header[:gone] + table.header[gone + 1 :]
    rows = [row[:gone] + row[gone + 1 :] for row in table.rows]
    return replace(table, header=header).with_rows(rows)


def column_added(table: Table, random: Random) -> Table:
    at, name = (
        random.randint(0, len(table.header)),
        random.choice(("备注2", "x", "", "序号", "a,b")),
    )
    header = (*table.header[:at], name, *table.header[at:])
    rows = [(*row[:at], random.choice(("", "杂", "1")), *row[at:]) for row in table.rows]
    return replace(table, header=header).with_rows(rows)


def column_repeated(table: Table, random: Random) -> Table:
    again = random.choice(_all(table))
    rows = [(*row, row[again]) for row in table.rows]
    return replace(table, header=(*table.header, table.header[again])).with_rows(rows)


def names_in_chinese(table: Table, random: Random) -> Table:
    """Columns under other names that exports give them."""
    own = ALIASES.get(table.name, {})
    names = []
    for name in table.header:
        aliases = own.get(name, SHARED_ALIASES.get(name, ()))
        names.append(random.choice(aliases) if aliases and random.random() < 0.7 else name)
    return replace(table, header=tuple(names)) if len(set(names)) == len(names) else table


def names_misspelt(table: Table, random: Random) -> Table:
    names = list(table.header)
    at = random.randrange(len(names))
    name = names[at]
    cut = random.randrange(len(name))
    spelt = (name[:cut] + name[cut + 1 :], name.upper(), f" {name}\u3000", name.replace("_", " "))
    names[at] = random.choice(spelt)
    return replace(table, header=tuple(names))


def times_garbled(table: Table, random: Random) -> Table:
    return _changed(table, random, table.columns("TIMESTAMP", "DATE"), TIMES)


def times_day_first(table: Table, random: Random) -> Table:
    """All times of the table with the day first, as workbooks of another country write them."""
    form = random.choice(("%d/%m/%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d-%m-%Y %H:%M:%S"))
    columns, rows = table.columns("TIMESTAMP", "DATE"), [list(row) for row in table.rows]
    for row in rows:
        for column in columns:
            try:
                row[column] = datetime.fromisoformat(row[column]).strftime(form)
            except (ValueError, IndexError):
                continue
    return table.with_rows(rows)


def times_swapped(table: Table, random: Random) -> Table:
    """Two times of some rows change places, or one is gone."""
    columns, rows = table.columns("TIMESTAMP", "DATE"), [list(row) for row in table.rows]
    for row in random.sample(rows, min(len(rows), 6)) if columns else ():
        one, other = random.choices(columns, k=2)
        if max(one, other) < len(row):
            row[one], row[other] = row[other], random.choice((row[one], ""))
    return table.with_rows(rows)


def numbers_garbled(table: Table, random: Random) -> Table:
    kinds = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DECIMAL", "DOUBLE", "BOOLEAN")
    return _changed(table, random, table.columns(*kinds), NUMBERS)


def codes_garbled(table: Table, random: Random) -> Table:
    coded = [i for i, name in enumerate(table.header) if name in TABLES[table.name].codes]
    return _changed(table, random, coded, CODES)


def formulas(table: Table, random: Random) -> Table:
    return _changed(table, random, _all(table), FORMULAS)


def formulas_as_keys(table: Table, random: Random) -> Table:
    return _changed(table, random, table.keys(), FORMULAS)


def nulls(table: Table, random: Random) -> Table:
    return _changed(table, random, _all(table), NOTHINGS, often=random.random() < 0.2)


def keys_missing(table: Table, random: Random) -> Table:
    return _changed(table, random, table.keys(), NOTHINGS)


def odd_signs(table: Table, random: Random) -> Table:
    texts = [f"{a}漏水{b}" for a in SIGNS for b in random.sample(SIGNS, 2)]
    return _changed(table, random, table.columns("VARCHAR"), texts, often=random.random() < 0.2)


def cells_of_lines(table: Table, random: Random) -> Table:
    texts = ("第一行\n第二行", "a\r\n\r\nb", "\n", '一\n"二"\n三', "x\n" * 30, "1,2\n3,4")
    return _changed(table, random, table.columns("VARCHAR"), texts)


def numbers_of_people(table: Table, random: Random) -> Table:
    masked = [i for i, name in enumerate(table.header) if name in TABLES[table.name].masked]
    return _changed(table, random, masked or table.columns("VARCHAR"), NUMBERS_OF_PEOPLE)


def giant_cell(table: Table, random: Random) -> Table:
    length = random.choice((1_000, 60_000, 131_071, 131_072, 131_073, 400_000))
    return _changed(table, random, _all(table), ["漏" * length, "x" * length])


def giant_line(table: Table, random: Random) -> Table:
    """Longer than any line that is read."""
    return _changed(table, random, _all(table), ["大" * (17 * 2**20)])


def blanks_around(table: Table, random: Random) -> Table:
    rows = [list(row) for row in table.rows]
    for row in rows:
        at = random.randrange(len(row))
        blank = random.choice((" ", "\u3000", "\u00a0", "\ufeff", "\u200b", "  \t"))
        row[at] = random.choice((blank + row[at], row[at] + blank, blank + row[at] + blank))
    return table.with_rows(rows)


def cells_moved(table: Table, random: Random) -> Table:
    """The cells of a row stand one place off."""
    rows = [list(row) for row in table.rows]
    row = random.randrange(len(rows)) if rows else None
    if row is not None:
        rows[row] = rows[row][1:] + rows[row][:1]
    return table.with_rows(rows)


def rows_repeated(table: Table, random: Random) -> Table:
    again = [random.choice(table.rows) for _ in range(random.choice((1, 3)))] if table.rows else []
    return table.with_rows(random.sample([*table.rows, *again], len(table.rows) + len(again)))


def keys_repeated(table: Table, random: Random) -> Table:
    """A key of one row stands in another, in other letters perhaps."""
    rows = [list(row) for row in table.rows]
    for key in table.keys() if rows else ():
        one, other = random.choice(rows), random.choice(rows)
        if key < min(len(one), len(other)):
            one[key] = random.choice((other[key], other[key], other[key].lower()))
    return table.with_rows(rows)


def blank_rows(table: Table, random: Random) -> Table:
    rows = list(table.rows)
    for _ in range(random.choice((1, 3))):
        rows.insert(random.randint(0, len(rows)), ("",) * len(table.header))
    return table.with_rows(rows)


def header_again(table: Table, random: Random) -> Table:
    rows = list(table.rows)
    rows.insert(random.randint(0, len(rows)), table.header)
    return table.with_rows(rows)


def total_below(table: Table, random: Random) -> Table:
    total = ["合计", *[random.choice(("", "1234", "56.7"))] * (len(table.header) - 1)]
    return table.with_rows([*table.rows, total[: len(table.header)]])


def no_rows(table: Table, random: Random) -> Table:
    return table.with_rows(table.rows[: random.randint(0, 1)])


DAMAGES: tuple[Damage, ...] = (
    columns_shuffled, names_swapped, column_dropped, column_added, column_repeated,
    names_in_chinese, names_misspelt, times_garbled, times_day_first, times_swapped,
    numbers_garbled,
    codes_garbled, formulas, formulas_as_keys, nulls, keys_missing, odd_signs, cells_of_lines,
    numbers_of_people, giant_cell, blanks_around, cells_moved, rows_repeated, keys_repeated,
    blank_rows, header_again, total_below, no_rows,
)  # fmt: skip

RARE: tuple[Damage, ...] = (giant_line,)
"""Those that take a second each."""
