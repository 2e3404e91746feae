"""Readers: what is written in any encoding, dialect or kind of file is read as it was meant."""

import csv
import gzip
import io
import zipfile
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from dashboard.errors import LoadError
from dashboard.ingest import convert, csv_reader, encoding, rows, sandbox, unpack
from dashboard.ingest.csv_reader import CsvReader
from dashboard.ingest.sandbox import opened
from dashboard.ingest.sheet_reader import SheetReader
from dashboard.ingest.sniff import Dialect

WORDS = st.text(st.sampled_from("abcXYZ 0123456789'\"äß漏水投诉电梯，。"), max_size=12)
TABLES = st.lists(st.tuples(WORDS, WORDS, st.integers(0, 10**6).map(str)), min_size=1, max_size=30)
CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030")


def rows_of(file: Path, sheet: str | None = None) -> list[list[str]]:
    with opened(file, sheet) as reader:
        batches = [batch.to_pylist() for batch in reader.batches()]
        width = range(len(reader.columns))
        assert all(row["problem"] is None for batch in batches for row in batch)
        return [
            list(reader.columns),
            *([row[f"c{index}"] for index in width] for batch in batches for row in batch),
        ]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    table=TABLES,
    delimiter=st.sampled_from(",;\t|"),
    codec=st.sampled_from(CODECS),
    cr=st.booleans(),
)
def test_what_is_written_is_read(
    tmp_path: Path, table: list[tuple[str, ...]], delimiter: str, codec: str, cr: bool
) -> None:
    # Three rows that leave no doubt about encoding, delimiter and quotes, then any.
    sure = [("楼道漏水", f"电梯{delimiter} 故障", str(n)) for n in range(3)]
    lines = [("标题", "内容", "费用"), *sure, *table]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r" if cr else "\r\n").writerows(lines)
    file = tmp_path / "any.csv"
    file.write_bytes(text.getvalue().encode(codec))
    reader = CsvReader(file)
    assert (reader.form.delimiter, reader.form.header) == (delimiter, 1)
    assert rows_of(file) == [list(line) for line in lines]


@pytest.mark.parametrize(
    ("codec", "name"), [("latin-1", "Latin-1"), ("cp1252", "Latin-1"), ("gb18030", "GB18030")]
)
def test_the_encoding_shows_late_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, codec: str, name: str
) -> None:
    monkeypatch.setattr(unpack, "BLOCK", 1_000)
    last = "投诉；噪音" if codec == "gb18030" else "Müller à Orléans"
    file = tmp_path / "late.csv"
    file.write_bytes(b"id,name\n" + b"1,a\n" * 2_000 + f"2,{last}\n".encode(codec))
    reader = CsvReader(file)
    assert reader.form.encoding == name
    assert rows_of(file)[-1] == ["2", last]


def test_lines_without_feeds_across_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "BLOCK", 16)
    monkeypatch.setattr(encoding, "MAX_LINE", 40)
    file = tmp_path / "mac.csv"
    file.write_bytes("id,名\r1,甲乙\r".encode() + "2,丙\r".encode() * 30)
    assert len(rows_of(file)) == 32


@pytest.mark.parametrize("block", [3, 7, 2**20])
def test_lone_returns_among_feeds_stay_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(unpack, "BLOCK", block)
    file = tmp_path / "any.csv"
    file.write_bytes(b'id,text\nA,"x\r\ry"\nB,z\r\nC,"\r"\n')
    assert rows_of(file) == [["id", "text"], ["A", "x\r\ry"], ["B", "z"], ["C", "\r"]]


def test_the_halves_of_a_line_end_in_two_blocks_are_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpack, "BLOCK", 9)
    file = tmp_path / "any.csv"
    file.write_bytes(b"id,n\rA,1\r\nB,2\r")
    assert [
        (row["line"], row["c0"]) for batch in CsvReader(file).batches() for row in batch.to_pylist()
    ] == [(2, "A"), (3, "B")]


def test_a_lone_return_in_a_row_is_named(tmp_path: Path) -> None:
    file = tmp_path / "any.csv"
    file.write_text("id,text\nA,x\nB,y\rz\nC,w\n", encoding="utf-8", newline="")
    found = [row for batch in CsvReader(file).batches() for row in batch.to_pylist()]
    assert [(row["line"], row["source_text"]) for row in found] == [
        (2, "A,x"),
        (3, "B,y\rz"),
        (4, "C,w"),
    ]
    assert found[1]["problem"] == "row: a carriage return stands in it outside of quotes"


@pytest.mark.parametrize(
    ("codec", "junk"), [("utf-16", b"\0\xdc\0\0"), ("utf-8", b"\xff"), ("gb18030", b"\xff\xff")]
)
def test_the_line_of_a_byte_that_does_not_fit(tmp_path: Path, codec: str, junk: bytes) -> None:
    file = tmp_path / "any.csv"
    # One of the two bytes of 上 in UTF-16 is that of a line feed.
    file.write_bytes("id,text\nA,上上上海\nB,漏水\n".encode(codec) + junk)
    with pytest.raises(LoadError, match="line 4"):
        list(CsvReader(file).batches())


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark_may_have_zeros_on_both_sides(tmp_path: Path, codec: str) -> None:
    file = tmp_path / "any.csv"
    file.write_bytes("id,text\nA,一期一栋\u3000\nB,\u200b一\n".encode(codec))
    assert rows_of(file) == [["id", "text"], ["A", "一期一栋\u3000"], ["B", "\u200b一"]]


def test_chinese_whose_bytes_look_like_other_text(tmp_path: Path) -> None:
    file = tmp_path / "any.csv"
    # But for 电, their two bytes are a character of UTF-8, too.
    lines = [["id", "text"], ["A", "漏楼停投路"], ["B", "漏楼停电"], ["C", "投路"]]
    file.write_text("\n".join(",".join(line) for line in lines), encoding="gb18030")
    assert rows_of(file) == lines


def test_text_that_fits_two_encodings(tmp_path: Path) -> None:
    file = tmp_path / "any.csv"
    codecs = {
        **dict.fromkeys(("漏楼", "3楼投", "A楼12, 3楼4"), "gb18030"),
        **dict.fromkeys(("café, Müller", "да", "¥12, ¥1,234"), "utf-8"),
    }
    for text, codec in codecs.items():
        file.write_bytes(f'id,text\nA,"{text}"\n'.encode(codec))
        assert rows_of(file) == [["id", "text"], ["A", text]]


def test_chinese_with_rare_signs(tmp_path: Path) -> None:
    file = tmp_path / "any.csv"
    lines = [["id", "text"], ["A", "𠮷\u00a0№"], ["B", "漏水🏠🏠"]]
    file.write_text("\n".join(",".join(line) for line in lines), encoding="gb18030")
    assert rows_of(file) == lines


@pytest.mark.parametrize("codec", ["big5", "shift_jis"])
def test_text_of_other_encodings_is_refused(tmp_path: Path, codec: str) -> None:
    file = tmp_path / "any.csv"
    file.write_bytes("id,text\nA,工程 1\nB,否\nC,水 2 日\n".encode(codec))
    with pytest.raises(LoadError, match="an encoding that is not read"):
        CsvReader(file)


def test_damaged_chinese_is_never_taken_for_latin(tmp_path: Path) -> None:
    file = tmp_path / "any.csv"
    whole = "id,text\nA,楼道漏水，物业不管\nB,电梯困人\n".encode("gb18030")
    for cut in range(14, len(whole)):
        file.write_bytes(whole[:cut])
        with suppress(LoadError):
            assert CsvReader(file).form.encoding != "Latin-1"


def test_returns_end_lines_though_cells_have_feeds(tmp_path: Path) -> None:
    file = tmp_path / "mac.csv"
    file.write_bytes('id,text\rA,"一\n""二""\n"\rB,三\r'.encode())
    assert rows_of(file) == [["id", "text"], ["A", '一\n"二"\n'], ["B", "三"]]


@pytest.mark.parametrize(
    ("text", "columns", "first"),
    [
        ("工单报表,,\n,,\nid,名称,分\nA,甲,1\nB,乙,2\n", ("id", "名称", "分"), ["A", "甲", "1"]),
        ("id,名称,\nA,甲,\nB,乙,\n", ("id", "名称", "column 3"), ["A", "甲", ""]),
        (",id,名称\nA,1\nB,2\nC,3\n", ("id", "名称"), ["A", "1"]),
        ("'id','名, 称'\n'A','甲, 乙'\n", ("id", "名, 称"), ["A", "甲, 乙"]),
        ('id, text\nA, "x, y"\nB, "z, w"\n', ("id", "text"), ["A", "x, y"]),
        ('id|text\nA|"say \\"hi\\"|x"\nB|"b"\n', ("id", "text"), ["A", 'say "hi"|x']),
        ("id^text\nA^x\nB^y\n", ("id", "text"), ["A", "x"]),
        ("id;分\nA;1,5\nB;2,5\n", ("id", "分"), ["A", "1,5"]),
    ],
)
def test_dialects_and_headers(
    tmp_path: Path, text: str, columns: tuple[str, ...], first: list[str]
) -> None:
    file = tmp_path / "any.csv"
    file.write_text(text, encoding="utf-8")
    assert rows_of(file)[:2] == [list(columns), first]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ab,c\n" + "1,2,3\n" * 5, "line 1: the header has 2 names, but the rows have 3 fields"),
        ("a,b,a\n1,2,3\n", "line 1: columns 1 and 3 are both called 'a'"),
        ("标题,,\n\na,b,a\n1,2,3\n2,3,4\n", "line 3: columns 1 and 3 are both called 'a'"),
    ],
)
def test_headers_that_are_refused(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "any.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LoadError, match=message) as raised:
        CsvReader(file)
    assert raised.value.hint


def ragged(tmp_path: Path, row: str) -> dict[str, object]:
    """How one ragged row is read below thirty regular ones."""
    regular = "".join(f"R{n:03},2024-01-{n:02},P{n % 7},{' ab' * n}\n" for n in range(1, 31))
    file = tmp_path / "ragged.csv"
    file.write_text(f"id,day,place,text\n{regular}{row}\n", encoding="utf-8")
    (*_, last) = (row for batch in CsvReader(file).batches() for row in batch.to_pylist())
    return dict(last)


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        ("R031,,2024-02-01,P1,x", ["R031", "2024-02-01", "P1", "x"]),
        (",R031,2024-02-01,P1,x", ["R031", "2024-02-01", "P1", "x"]),
        ("R031,2024-02-01,P1,leak, again", ["R031", "2024-02-01", "P1", "leak, again"]),
        ("R0312024-02-01,P1,x", None),
        ("R031,2024-02-01,x", None),
        ("R031,2024-02-01,P1,x,y,z", None),
        ('R031,"2024-02-01,P1,"x"', ["R031", '"2024-02-01', "P1", "x"]),
        ('R031,2024-02-01,P1,"the "big" lift"', ["R031", "2024-02-01", "P1", 'the "big" lift']),
        ('R031,2024-02-01,P1,"x', None),
    ],
)
def test_rows_are_put_right_in_one_way_or_not(
    tmp_path: Path, row: str, fields: list[str] | None
) -> None:
    read = ragged(tmp_path, row)
    assert read["source_text"] == row
    if fields is None:
        assert str(read["problem"]).startswith("row: ")
        assert (read["repair"], read["c0"]) == (None, None)
    else:
        assert read["problem"] is None
        assert read["repair"]
        assert [read[f"c{index}"] for index in range(4)] == fields


def read_lines(tmp_path: Path, lines: list[str]) -> tuple[CsvReader, list[dict[str, object]]]:
    file = tmp_path / "any.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    reader = CsvReader(file)
    return reader, [dict(row) for batch in reader.batches() for row in batch.to_pylist()]


def with_addresses(sep: str = ", ", beside: str = "138000{n:05}") -> list[list[str]]:
    """Sixty orders, every third of which has separators in its address that nothing protects."""
    streets = ("翠湖路 {n}号", "No.{n} Lake Street", "Flat {n}-B", "B{n} 地下车库", "{n}栋", "#{n}")
    orders = []
    for n in range(60):
        parts = [streets[(n // 2 + k) % 6].format(n=n) for k in range(1 + n % 3 % 2 * (1 + n % 4))]
        orders.append(
            [f"GD{n:03}", f"2024-01-{1 + n % 28:02}", sep.join(parts), beside.format(n=n), "已完成"]
        )
    return orders


@pytest.mark.parametrize("sep", [", ", ","])
def test_texts_with_separators_that_nothing_protects(tmp_path: Path, sep: str) -> None:
    orders = with_addresses(sep)
    lines = ["工单号,日期,地址,电话,状态", *map(",".join, orders)]
    reader, rows = read_lines(tmp_path, lines)
    assert [[row[f"c{index}"] for index in range(5)] for row in rows] == orders
    assert [bool(row["repair"]) for row in rows] == [order[2].count(",") > 0 for order in orders]
    assert reader.form.mended is None
    # A piece in quotes is a field of its own.
    _, rows = read_lines(tmp_path, [*lines, 'GD999,2024-01-01,"翠湖",路,13800000000,已完成'])
    assert rows[-1]["problem"] == "row: 6 fields instead of 5"


@pytest.mark.parametrize(
    ("orders", "more"),
    [
        # Two texts side by side: nothing tells where the one ends.
        (with_addresses(",", "漏水{n} x-{n} {n}! #{n} 楼"), []),
        # A stray separator at the end, and the surplus ones before it.
        (with_addresses(), ["GD1,2024-01-01,a, b,13800000000,已完成,"]),
        # A separator too many elsewhere.
        (with_addresses(), ["GD1,2024-01-01,a,13800000000,已完成,已完成"]),
    ],
)
def test_separators_whose_place_nothing_tells_are_refused(
    tmp_path: Path, orders: list[list[str]], more: list[str]
) -> None:
    orders = [[*order[:3], order[3] * (1 + n % 5), order[4]] for n, order in enumerate(orders)]
    _, rows = read_lines(tmp_path, ["工单号,日期,地址,说明,状态", *map(",".join, orders), *more])
    for order, row in zip(orders, rows, strict=False):
        read = [row[f"c{index}"] for index in range(5)]
        assert read == order or str(row["problem"]).startswith("row: ")
    assert all(row["problem"] for row in rows[len(orders) :])
    if not more:
        assert [bool(row["problem"]) for row in rows] == ["," in order[2] for order in orders]


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("工单编号创建时间,项目,费用", ["工单编号", "创建时间", "项目", "费用"]),
        ("工单编号,创建时间项目,费用", ["工单编号", "创建时间", "项目", "费用"]),
        ("ID,Date,SiteNamePrice", ["ID", "Date", "SiteName", "Price"]),
        ("TicketID,CreatedDateCity,Price", ["TicketID", "CreatedDate", "City", "Price"]),
        ("ID,Date,NamePrice", None),
        ('"ID","CreatedDateName",Price', None),
        ("id,created,totalPrice", None),
        ("编号,状态日期,费用", None),
        ("ID,Date,Price", None),
        ("TIMEDATE,NAME,PRICE", None),
    ],
)
def test_two_names_in_one(tmp_path: Path, header: str, columns: list[str] | None) -> None:
    body = [f"GD{n:03},2024-01-{n + 1:02},翠湖{n % 3},{n}.50" for n in range(20)]
    if columns is None:
        with pytest.raises(LoadError, match="the header has 3 names, but the rows have 4 fields"):
            read_lines(tmp_path, [header, *body])
        return
    reader, rows = read_lines(tmp_path, [header, *body])
    assert list(reader.columns) == columns
    assert reader.form.mended == header
    assert len(rows) == 20


OPENERS = ['a,"b', 'a,"b""', 'a,"b\n","\n","', 'a,"\n' + "c,d\n" * 40 + 'a,"x']


@pytest.mark.parametrize("opener", OPENERS)
def test_quotes_that_open_again_and_again_are_read_in_one_go(
    opener: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines are given back where a quote is not closed, but each no more than a few times."""
    taken, original = 0, rows._Feed.__next__

    def counted(feed: rows._Feed) -> str:
        nonlocal taken
        taken += 1
        return original(feed)

    monkeypatch.setattr(rows._Feed, "__next__", counted)
    lines = io.StringIO(f"{opener}\n" * 3_000).readlines()
    found = list(Dialect().rows(iter(lines)))
    assert taken <= 3 * len(lines)
    assert "\n".join(row.text for row in found) + "\n" == "".join(lines)


def test_a_row_of_endless_lines_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MAX_ROW", 1_000)
    lines = ['a,"b\n', *['","\n'] * 600, 'x"\n', "c,d\n"]
    found = list(Dialect().rows(iter(lines)))
    assert (found[0].text, found[0].fields) == ('a,"b', None)
    assert str(found[0].problem) == "a row of several lines is longer than 1,000 characters"
    assert [row.line for row in found] == list(range(1, 604))
    assert found[-1].fields == ["c", "d"]


@pytest.mark.parametrize("sign", ["\\", '"', "'", " ", "x"])
def test_long_runs_of_one_sign_take_no_time(tmp_path: Path, sign: str) -> None:
    # A second pass over the run for each of its characters would take minutes.
    lines = ["a,b", '1,"say \\"x\\""', *[f"{n},y" for n in range(30)]]
    runs = [f"1,{sign * 100_000}", f'1,"{sign * 100_000}', f"1,{sign * 100_000},2"]
    reader, found = read_lines(tmp_path, [*lines, *runs])
    assert reader.columns == ("a", "b")
    assert len(found) >= 32


def test_a_table_below_many_blank_lines(tmp_path: Path) -> None:
    reader, found = read_lines(tmp_path, [*[""] * 100_000, "a,b", "1,2"])
    assert reader.columns == ("a", "b")
    assert [(row["line"], row["c1"]) for row in found] == [(100_002, "2")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (",".join(f"a{n}" for n in range(4_001)), "4,001 columns, and no more than 4,000 are read"),
        (" \n" * 2_000, "every line is blank"),
    ],
)
def test_texts_that_are_no_table(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(LoadError, match=message) as raised:
        read_lines(tmp_path, [text])
    assert raised.value.hint


def test_one_line_with_a_quote_that_opens(tmp_path: Path) -> None:
    reader, found = read_lines(tmp_path, ['x, "y'])
    assert (reader.columns, found) == (("x", '"y'), [])


def test_batches_are_no_larger_than_memory_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_reader, "_BATCH_CHARACTERS", 10_000)
    file = tmp_path / "any.csv"
    file.write_text("a,b\n" + f"1,{'x' * 4_000}\n" * 9, encoding="utf-8")
    assert [len(batch) for batch in CsvReader(file).batches()] == [3, 3, 3]
    monkeypatch.undo()
    wide = ",".join(f"a{n}" for n in range(2_000))
    file.write_text(f"{wide}\n" * 2 + f"{'1,' * 1_999}1\n" * 120, encoding="utf-8")
    assert max(len(batch) for batch in CsvReader(file).batches()) == 50


def workbook(tmp_path: Path) -> Path:
    book = Workbook()
    book.active.title = "说明"
    sheet = book.create_sheet("工单")
    sheet["A1"] = "工单月报"
    sheet.merge_cells("A1:F1")
    for cell, value in {
        "A2": "工单号",
        "B2": "项目",
        "C2": "时间",
        "E2": "费用",
        "F2": "备注",
    }.items():
        sheet[cell] = value
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("C2:D2")
    sheet["C3"], sheet["D3"] = "创建", "完成"
    sheet.append(["G1", "翠湖", datetime(2024, 1, 5, 8, 30, 1), date(2024, 1, 6), 12.5, "a\nb"])
    sheet.append(["G2", None, 45_000.25, "2024/1/7 9:00", 3.0, True])
    sheet.merge_cells("B4:B5")
    sheet["A900"] = " "
    sheet["Z5"].number_format = "0"
    file = tmp_path / "book.xlsx"
    book.save(file)
    return file


def test_a_workbook(tmp_path: Path) -> None:
    file = workbook(tmp_path)
    found = rows_of(file)
    assert found[0] == ["工单号", "项目", "时间 创建", "时间 完成", "费用", "备注"]
    assert found[1] == ["G1", "翠湖", "2024-01-05 08:30:01", "2024-01-06", "12.5", "a\nb"]
    assert found[2] == ["G2", "翠湖", "45000.25", "2024/1/7 9:00", "3", "true"]
    assert rows_of(file, "工单") == found
    reader = SheetReader(file)
    assert (reader.form.sheet, reader.form.sheets) == ("工单", ("说明", "工单"))
    lines = [line for batch in reader.batches() for line in batch["line"].to_pylist()]
    assert lines[:2] == [4, 5]
    for sheet, message in [("说明", "is blank"), ("无", "has no sheet '无'")]:
        with pytest.raises(LoadError, match=message), opened(file, sheet):
            pass


def test_parquet(tmp_path: Path) -> None:
    moment = datetime(2024, 1, 5, 8, 30)
    table = pa.table(
        {
            "id": ["a", None],
            "at": [moment, None],
            "n": [1.5, 2.0],
            "ok": [True, None],
            "l": [[1], []],
        }
    )
    pq.write_table(table, tmp_path / "t.parquet")
    found = rows_of(tmp_path / "t.parquet")
    assert found[0] == ["id", "at", "n", "ok", "l"]
    assert found[1][0] == "a"
    assert found[1][1].startswith("2024-01-05 08:30:00")
    assert found[1][2:] == ["1.5", "true", "[1]"]
    assert (found[2][:2], found[2][3]) == (["", ""], "")


def test_sheets_belong_to_workbooks(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(LoadError, match="has no sheets"), opened(file, "Sheet1"):
        pass


def test_a_workbook_that_expands_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"0" * (20 << 20))
    monkeypatch.setattr(sandbox, "_convert", lambda *_: pytest.fail("it was read"))
    with pytest.raises(LoadError, match="expands to 20 MB"), opened(bomb):
        pass


def far_cell(tmp_path: Path) -> Path:
    """A workbook of a few bytes whose only cells lie at both ends of the largest sheet."""
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "a", "b"
    file = tmp_path / "far.xlsx"
    book.save(file)
    return file


def test_a_workbook_that_takes_all_memory_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(LoadError, match=rf"more than {convert.MAX_MEMORY >> 30} GB of memory"),
        opened(far_cell(tmp_path)),
    ):
        pass


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_carriage_return_inside_a_cell_stays_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    """Where lines end by line feeds, wherever the blocks of the file end."""
    file = tmp_path / "returns.csv"
    text = f'a,b\r\n1,"x\ry"\r\n2,"\r\r\n\r"\r\n3,"z\r"{end}'
    file.write_bytes(text.encode())
    for block in (1 << 20, 1, 7):
        monkeypatch.setattr(unpack, "BLOCK", block)
        assert "".join(encoding.lines(file, "utf-8")) == text
        monkeypatch.setattr(unpack, "BLOCK", 1 << 20)
        (batch,) = CsvReader(file).batches()
        assert batch["c1"].to_pylist() == ["x\ry", "\r\r\n\r", "z\r"]


def packed(kind: str) -> bytes:
    content = b"id,text\nA,1\n"
    if kind == "gz":
        return gzip.compress(content, mtime=0)
    with zipfile.ZipFile(buffer := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("导出.csv", content)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["gz", "zip"])
def test_every_damage_of_one_bit_is_refused_or_harmless(tmp_path: Path, kind: str) -> None:
    whole, file = packed(kind), tmp_path / f"any.{kind}"
    for place in range(32, 8 * len(whole)):  # the first four bytes say what it is
        damaged = bytearray(whole)
        damaged[place // 8] ^= 1 << place % 8
        file.write_bytes(damaged)
        with suppress(LoadError):
            assert unpack.kind_of(file) == "text"
            assert b"".join(unpack.blocks(file)) == b"id,text\nA,1\n"
