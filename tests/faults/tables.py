"""Tables to be damaged: golden ones, and made ones of every table of the contract in Chinese."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from dashboard.contract import TABLES
from dashboard.i18n import code_labels
from dashboard.ingest.schema import Column, source_columns
from tests.stores import GOLDEN

WORDS = (
    "楼道漏水", "电梯困人", "物业费", "保安态度", "地库积水", "𠮷野家旁",
    "門窗五金", "空调外机；异响",
    "「加急」", "……等回复", "café", "№ 7", "🏠 回访", "满意！", "不满意", "（二期）",
    "A座", "～24小时", "甲、乙",
)  # fmt: skip
"""Chinese of the field, with signs that an encoding or a dialect may trip over."""

_FIRST_DAY = date(2024, 1, 1)
_POOL = 120
_LIFE = (
    "created_at", "first_response_at", "investigated_at", "on_site_at", "resolved_at",
    "fed_back_at", "closed_at",
)  # fmt: skip
_EARLIER = {"responded_at": "sent_at", "rectified_on": "inspected_on"}


@dataclass(frozen=True)
class Table:
    """Rows of one table of the contract as a file would hold them."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def with_rows(self, rows: Sequence[Sequence[str]]) -> "Table":
        """The same table with other rows."""
        return replace(self, rows=tuple(map(tuple, rows)))

    def columns(self, *kinds: str) -> list[int]:
        """Places of the columns of these types, by the names in the header."""
        known = {column.name: column.kind for column in source_columns(self.name)}
        return [i for i, name in enumerate(self.header) if known.get(name) in kinds]

    def keys(self) -> list[int]:
        """Places of the key's columns."""
        key = TABLES[self.name].key
        return [i for i, name in enumerate(self.header) if name in key]


@cache
def pool(name: str) -> tuple[Table, ...]:
    """Valid tables of this name to draw from: made ones, and the golden one where there is one."""
    random = Random(name)
    tables = [made(name, random, _POOL)]
    if (GOLDEN / "portfolio" / f"{name}.csv").exists():
        whole = _golden(name)
        tables.append(whole.with_rows(random.sample(whole.rows, min(_POOL, len(whole.rows)))))
    return tuple(tables)


def halves(name: str) -> Table:
    """Every second row of each table of the pool, under all columns."""
    made_, *golden = pool(name)
    rows = list(made_.rows[::2])
    for table in golden:
        cells = (dict(zip(table.header, row, strict=True)) for row in table.rows[::2])
        rows += [tuple(each.get(column, "") for column in made_.header) for each in cells]
    return made_.with_rows(rows)


def some(name: str, random: Random) -> Table:
    """Some rows of a table of the pool; as many as a small file has."""
    table = random.choice(pool(name))
    size = random.choice((1, 2, 3, 8, 20, 20, 30, 45, 60, 60, 90))
    return table.with_rows(random.sample(table.rows, min(size, len(table.rows))))


def made(name: str, random: Random, size: int) -> Table:
    """Valid rows of any table of the contract."""
    columns = source_columns(name)
    rows = [_row(name, columns, random, number) for number in range(size)]
    return Table(name, tuple(column.name for column in columns), tuple(rows))


def _golden(name: str) -> Table:
    with (GOLDEN / "portfolio" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        header, *rows = map(tuple, csv.reader(file))
    return Table(name, header, tuple(rows))


def _row(name: str, columns: tuple[Column, ...], random: Random, number: int) -> tuple[str, ...]:
    given: dict[str, str] = {}
    for column in sorted(columns, key=_after_what_it_follows):
        optional = not column.required and column.name not in TABLES[name].key
        if optional and random.random() < 0.2:
            given[column.name] = ""
        else:
            given[column.name] = _value(name, column, random, number, given)
    if name == "survey":
        given["sent_at"] = given["sent_at"] or f"{_FIRST_DAY}"
        given["responded_at"] = given["responded_at"] or given["sent_at"]
    if name == "service_record":
        given["status"] = random.choice(("", "", "cancelled", "已关闭"))
    return tuple(given[column.name] for column in columns)


def _after_what_it_follows(column: Column) -> int:
    return _LIFE.index(column.name) if column.name in _LIFE else column.name in _EARLIER


def _value(name: str, column: Column, random: Random, number: int, given: dict[str, str]) -> str:
    contract = TABLES[name]
    if column.name in contract.codes:
        code, labels = random.choice(list(code_labels(contract.codes[column.name]).items()))
        return random.choice((code, code, code.upper(), *labels))
    if column.kind in ("TIMESTAMP", "DATE"):
        return _moment(column, random, given)
    if column.kind != "VARCHAR":
        truths = ("true", "false", "是", "否", "1", "0", "Y", "N")
        boolean = column.kind == "BOOLEAN"
        return random.choice(truths) if boolean else _number(name, column, random, number)
    if (name, column.name) == ("target", "month"):
        return f"2024-{number % 12 + 1:02}"
    if column.name in contract.key:
        return f"{random.choice(('R', '工单-', 'No '))}{number:03}"
    if column.name.endswith("_id"):
        return f"{random.choice(('P', '小区'))}{random.randrange(9)}"
    if column.name == "phone":
        return f"13{random.randrange(10**9):09}"
    return "".join(random.choices(WORDS, k=random.choice((1, 1, 2, 5))))


def _moment(column: Column, random: Random, given: dict[str, str]) -> str:
    if column.kind == "DATE":
        start = date.fromisoformat(given.get(_EARLIER.get(column.name, "")) or f"{_FIRST_DAY}")
        return f"{start + timedelta(days=random.randrange(60))}"
    known = [given[name] for name in (*_LIFE, "sent_at") if given.get(name)]
    before = max(map(datetime.fromisoformat, known), default=datetime(2024, 1, 1))
    moment = before + timedelta(seconds=random.randrange(100_000))
    return moment.isoformat(" ", random.choice(("seconds", "seconds", "minutes")))


def _number(name: str, column: Column, random: Random, number: int) -> str:
    if column.name in TABLES[name].key:
        return str(number)
    bounds = TABLES[name].ranges.get(column.name)
    low = int(bounds.low or 0) if bounds else 0
    high = int(bounds.high) if bounds and bounds.high is not None else 100
    if column.kind == "DECIMAL":
        return f"{random.randrange(10**6) / 100:.2f}"
    return str(random.randint(low, high))
