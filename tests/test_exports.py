"""Exports read back: each value as it was, no text ever a formula, names that any system takes."""

import csv
import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard import exports
from dashboard.i18n import translator
from dashboard.metrics import METRICS

MADE = datetime(2026, 1, 2, 3, 4)
SOURCE = exports.Source(
    period="2025",
    filters="Region: =North",
    shown="Staff: =Chen",
    counted=("5 records",),
    as_of="2025-12-31 08:00",
    note="n < 30",
    demo=True,
)
HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\u00a0=1",
    "\u200b=1",
    '"=1',
    "'=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "\x00=1",
]
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40))
CELLS = {
    "text": st.none() | TEXTS,
    "whole": st.none() | st.integers(-(10**14), 10**14),
    "share": st.none() | st.floats(-1e9, 1e9),
    "held_on": st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    "created_at": st.none()
    | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    "vip": st.none() | st.booleans(),
}
ROWS = st.lists(st.fixed_dictionaries(CELLS), max_size=6)


def table(rows: list[dict[str, Any]], title: str = "Rows") -> exports.Table:
    """Rows as they come from the store: days and times as times, whole numbers with gaps."""
    frame = pd.DataFrame(rows, columns=list(CELLS))
    for column in ("held_on", "created_at"):
        frame[column] = pd.to_datetime(frame[column]).astype("datetime64[us]")
    return exports.Table(title, frame, {column: column.upper() for column in CELLS})


def workbook(shown: exports.Table, language: str = "en") -> openpyxl.Workbook:
    explained = exports.about(translator(language), shown, SOURCE, ["nps", "csat"], MADE)
    return openpyxl.load_workbook(io.BytesIO(exports.xlsx_bytes(shown, explained)))


def read_csv(shown: exports.Table) -> list[list[str]]:
    content = exports.csv_bytes(shown)
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def writable(text: str) -> str:
    """A text as a workbook can hold it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in "\t\n" or not (ord(c) < 32 or 127 <= ord(c) < 160))
    return "".join(c for c in kept if c not in "\ufffe\uffff")


def as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S") if value.year > 999 else ""
    return str(value).lower() if isinstance(value, bool) else str(value)


@settings(deadline=None, max_examples=60)
@given(ROWS)
@example([{**dict.fromkeys(CELLS), "text": text} for text in HOSTILE])
def test_csv_holds_what_was_given_and_no_formula(rows: list[dict[str, Any]]) -> None:
    header, *read = read_csv(table(rows))
    assert header == [column.upper() for column in CELLS]
    assert len(read) == len(rows)
    times = [row["created_at"] for row in rows if row["created_at"]]
    midnights = not any(moment.time() > datetime.min.time() for moment in times)
    for given_row, cells in zip(rows, read, strict=True):
        text, whole, share, held_on, created_at, vip = cells
        meant = given_row["text"] or ""
        assert text in (meant, f"'{meant}")
        assert not text.lstrip(" \"'").startswith(tuple("=+-@＝＋－＠\t\r")) or text[0] == "'"
        assert whole == as_text(given_row["whole"])
        assert (float(share) if share else None) == given_row["share"]
        assert held_on == as_text(given_row["held_on"])
        day = as_text(given_row["created_at"])
        assert created_at == (day[:10] if midnights else day)
        assert vip == as_text(given_row["vip"])


@settings(deadline=None, max_examples=60)
@given(ROWS)
@example([{**dict.fromkeys(CELLS), "text": text} for text in HOSTILE])
@example([{**dict.fromkeys(CELLS), "text": "_x0041_"}])
def test_a_workbook_holds_what_was_given_and_no_formula(rows: list[dict[str, Any]]) -> None:
    book = workbook(table(rows))
    assert len(book.sheetnames) == 2
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    header, *read = book.worksheets[0].iter_rows()
    assert [cell.value for cell in header] == [column.upper() for column in CELLS]
    for given_row, cells in zip(rows, read, strict=False):
        for column, cell in zip(CELLS, cells, strict=True):
            assert_same(cell, given_row[column])


def assert_same(cell: Any, meant: Any) -> None:
    if meant is None or meant == "":
        assert cell.value is None or cell.value == ""
    elif isinstance(meant, str):
        shown = openpyxl.utils.escape.unescape(cell.value or "")
        assert shown == writable(meant)
        assert cell.quotePrefix or not exports.formula_like(meant)
    elif isinstance(meant, date):
        day = meant if isinstance(meant, datetime) else datetime(*meant.timetuple()[:3])
        assert abs((cell.value - day).total_seconds()) < 1
        assert cell.is_date
    else:
        assert cell.value == pytest.approx(meant, rel=1e-14)
        assert isinstance(cell.value, bool) == isinstance(meant, bool)


def test_the_second_sheet_explains_the_rows() -> None:
    for language, sheet in (("en", "About"), ("zh_CN", "说明")):
        t = translator(language)
        book = workbook(table([dict.fromkeys(CELLS)]), language)
        told = {row[0]: row[1] for row in book[sheet].iter_rows(values_only=True) if row[0]}
        assert told[t("Period")] == SOURCE.period
        assert told[t("Filters")] == SOURCE.filters
        assert told[t("As of")] == SOURCE.as_of
        assert told[t("Rows")] == "1"
        assert told[t("Demo data")]
        assert told[t("Made at")] == "2026-01-02 03:04"
        for metric in ("nps", "csat"):
            assert told[t(METRICS[metric].name)] == t(METRICS[metric].definition)


def test_the_sheet_is_easy_to_read() -> None:
    rows = [{**dict.fromkeys(CELLS), "text": "渗漏水" * 8, "whole": 1}]
    sheet = workbook(table(rows)).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F2"
    assert sheet.column_dimensions["A"].width >= 48
    assert sheet["B2"].number_format == "#,##0"


def test_what_excel_cannot_hold_is_told_otherwise() -> None:
    long = "长" * 40_000
    frame = pd.DataFrame(
        {"text": [long, "a\x01\x1fb\ufffe"], "number": [10**17, 1], "day": [date(1800, 1, 2), None]}
    )
    shown = exports.Table("x", frame, {column: column for column in frame})
    _, first, second = workbook(shown).worksheets[0].iter_rows(values_only=True)
    assert len(first[0]) == 32_767
    assert first[0][-1] == "…"
    assert first[1:] == (str(10**17), "1800-01-02")
    assert second == ("ab", 1, None)
    assert read_csv(shown)[1] == [long, str(10**17), "1800-01-02"]


def test_numbers_that_are_none_are_empty() -> None:
    frame = pd.DataFrame({"value": [1.5, float("nan"), float("inf")]})
    shown = exports.Table("x", frame, {"value": "value"})
    assert read_csv(shown) == [["value"], ["1.5"], [""], [""]]
    assert [row[0] for row in workbook(shown).worksheets[0].iter_rows(values_only=True)][:2] == [
        "value",
        1.5,
    ]


def test_a_text_with_another_programs_separator_is_one_cell() -> None:
    shown = exports.Table("x", pd.DataFrame({"a": ["x;=1+1", "x\t=1+1"]}), {"a": "a"})
    assert exports.csv_bytes(shown).decode("utf-8-sig").splitlines()[1:] == [
        '"x;=1+1"',
        '"x\t=1+1"',
    ]


def test_a_long_table_goes_on_in_a_further_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.exports.workbook.ROWS_PER_SHEET", 4)
    monkeypatch.setattr("dashboard.exports.table.BLOCK", 3)
    shown = exports.Table("n", pd.DataFrame({"n": range(10)}), {"n": "n"})
    book = workbook(shown)
    assert book.sheetnames == ["n", "About", "n (2)", "n (3)"]
    read = [
        row[0]
        for name in ("n", "n (2)", "n (3)")
        for row in book[name].iter_rows(min_row=2, values_only=True)
    ]
    assert read == list(range(10))
    assert [row[0] for row in read_csv(shown)[1:]] == [str(each) for each in range(10)]


@given(st.text(), st.lists(st.text(), max_size=3))
@example("History", [])
@example("'", [])
@example("a" * 40, ["a" * 31])
def test_sheet_names_are_legal(title: str, others: list[str]) -> None:
    taken: list[str] = []
    for each in (*others, title, title):
        name = exports.sheet_name(each, taken)
        assert 0 < len(name) <= 31
        assert not set("[]:*?/\\") & set(name)
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() not in {*(other.casefold() for other in taken), "history"}
        taken.append(name)


@given(st.text())
@example("../../etc/passwd")
@example("\u202egpj.exe")
@example("投诉：按项目/类别")
def test_file_names_are_safe(title: str) -> None:
    name = exports.file_name(title, date(2026, 3, 1), "csv")
    assert name.endswith("2026-03-01.csv")
    assert not set('<>:"/\\|?*\x00\u202e') & set(name)
    assert not name.startswith((".", " ", "-"))
    assert len(name.encode()) <= 255


def test_file_names_keep_their_script() -> None:
    named = exports.file_name("投诉：按项目/类别", date(2026, 3, 1), "xlsx")
    assert named == "投诉：按项目 类别 2026-03-01.xlsx"
