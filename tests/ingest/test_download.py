"""Downloads of refused rows: what a spreadsheet does to them, and that every text comes back."""

import csv
import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from click.testing import CliRunner
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dashboard.cli import commands
from dashboard.errors import DashboardError, LoadError
from dashboard.i18n import translator
from dashboard.ingest.binding import by_name
from dashboard.ingest.correct import OWN, Corrected, cell, correcting, plain
from dashboard.ingest.download import write_download
from dashboard.ingest.held import HeldFile, HeldRow, Problem, open_rows
from dashboard.ingest.load import load_file
from dashboard.ingest.names import BLANKS, normal
from dashboard.ingest.sandbox import opened
from dashboard.settings import ROOT, Settings
from dashboard.spreadsheet import formula_like, is_changed
from tests.ingest.loading import RECORD, load, load_alone, quarantine, rows

Table = list[list[str]]

TEXTS = [
    "=1+1",
    "+8613812345678",
    "-",
    "-5",
    "@x",
    "\tx",
    "\nx",
    "＝1+1",
    "'=1+1",
    "007",
    "13812345678",
    "11010119900307123456",
    "1,200.00",
    "12.50",
    "1E5",
    "3/4",
    "2024-01-05 10:00:30",
    "05.01.2024",
    "8:05",
    "3月5日",
    "上午8:05",
    "MAR1",
    "true",
    "50%",
    "¥20",
    "'",
    "''x",
    '\'json:"x"',
    "json:1",
    " x ",
    '"q"',
    'a"b',
    'a\\"b',
    "a\nb",
    "a,b;c\td|e",
    "𠮷野家 🏠",
    "\u200b\ufeff",
    "厨房漏水，已联系物业",
]
CHINESE = [text for text in TEXTS if text.encode("gbk", "replace").decode("gbk") == text]
"""Those that a Chinese spreadsheet can save as its own CSV."""


def refused(store: Path, texts: Sequence[str], header: str = "remark") -> Path:
    """Load a Parquet file of one refused row per text, and download the rows."""
    file = store.parent / "texts.parquet"
    columns = {
        "record_id": [f"R{n}" for n in range(len(texts))],
        "project_id": ["P1"] * len(texts),
        "kind": ["x"] * len(texts),
        "created_at": ["2024-01-05"] * len(texts),
        header: list(texts),
    }
    pq.write_table(pa.table(columns), file)
    result = load_file(
        file, table="service_record", mapping=None, settings=Settings(store=store), who="tester"
    )
    assert result.refused == len(texts)
    return downloaded(store, "download.csv")


def downloaded(store: Path, name: str, language: str = "en") -> Path:
    (held,) = open_rows(store)
    write_download(held, store.parent / name, translator(language))
    return store.parent / name


def held_texts(store: Path) -> list[str | None]:
    (held,) = open_rows(store)
    assert held.header[:4] == tuple(RECORD.split(","))
    return [row.fields[4] if row.fields else None for row in held.rows]


def table_of(file: Path) -> Table:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.reader(text))


def semicolons(cells: Table, file: Path) -> Path:
    with file.open("w", encoding="gbk", newline="") as text:
        csv.writer(text, delimiter=";").writerows(cells)
    return file


def tabs(cells: Table, file: Path) -> Path:
    with file.open("w", encoding="utf-16", newline="") as text:
        csv.writer(text, delimiter="\t", lineterminator="\n").writerows(cells)
    return file


def workbook(cells: Table, file: Path) -> Path:
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for row, texts in enumerate(cells):
            for column, text in enumerate(texts):
                if re.fullmatch("[1-9][0-9]*", text):
                    sheet.write_number(row, column, int(text))
                else:
                    sheet.write_string(row, column, text)
    return file


@given(st.text())
def test_a_cell_gives_back_its_text(text: str) -> None:
    written = cell(text)
    assert plain(written) == text
    assert written.startswith("'") or not is_changed(written)
    assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", written) is None


@pytest.mark.parametrize("text", TEXTS)
def test_a_cell_is_inert(text: str) -> None:
    assert not formula_like(cell(text)) or cell(text).startswith("'")
    assert plain(cell(text)) == text


@pytest.mark.parametrize("text", ["", "漏水", "GD20240001", "R1", "0", "13812345678", "P-1", "a=b"])
def test_most_texts_are_written_as_they_are(text: str) -> None:
    assert cell(text) == text


def test_long_texts_take_no_time() -> None:
    assert not is_changed("." * 200_000)
    assert not is_changed("may" + "x" * 200_000)


@pytest.mark.parametrize(
    ("save", "name", "texts"),
    [
        (semicolons, "saved.csv", CHINESE),
        (tabs, "saved.txt", TEXTS),
        (workbook, "saved.xlsx", TEXTS),
    ],
    ids=["semicolons", "tabs", "workbook"],
)
def test_a_spreadsheet_saves_it_in_its_own_way(
    store: Path, save: Callable[[Table, Path], Path], name: str, texts: list[str]
) -> None:
    """Another delimiter, encoding and quoting, columns and rows in another order or gone."""
    cells = table_of(refused(store, texts))
    header, *body = cells
    order = [7, 0, 3, 8, 5, 4, 6]  # without "line" and "reasons"
    saved = save(
        [[row[place] for place in order] for row in [header, *reversed(body[1:])]],
        store.parent / name,
    )
    assert held_texts(store) == texts
    result = load_alone(store, saved)
    assert (result.read, result.known) == (len(texts) - 1, len(texts) - 1)
    assert held_texts(store) == texts


ANY_TEXT = st.text() | st.text(alphabet="\"'\\,;\t\r\n =a1", max_size=8)


@given(st.lists(ANY_TEXT, min_size=1, max_size=40), st.text(max_size=8))
@settings(max_examples=3, deadline=None, phases=[Phase.generate])
def test_any_text_in_any_cell_comes_back(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], name: str
) -> None:
    store = tmp_path_factory.mktemp("any") / "store"
    header = f"remark {name}".strip()
    result = load_alone(store, refused(store, texts, header))
    assert (result.refused, result.known) == (len(texts), len(texts))
    assert held_texts(store) == texts
    (held,) = open_rows(store)
    assert held.header[4] == header
    assert all(row.edited for row in held.rows)


@given(
    st.lists(ANY_TEXT.map(str.strip).filter(bool), min_size=1, max_size=4, unique_by=normal),
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_any_table_comes_back(
    tmp_path_factory: pytest.TempPathFactory, header: list[str], data: st.DataObject
) -> None:
    """As the test before, with any header, and without the database."""
    cells = st.tuples(*[ANY_TEXT] * len(header))
    given_rows = data.draw(st.lists(cells, min_size=1, max_size=6))
    problem = (Problem("kind", "unknown_code", data.draw(ANY_TEXT), ""),)
    held = HeldFile(
        "service_record",
        tuple(header),
        by_name("service_record", ()),
        tuple(
            HeldRow("0" * 16, line, "f", "text", problem, fields, None, edited=True)
            for line, fields in enumerate(given_rows, start=2)
        ),
    )
    folder = tmp_path_factory.mktemp("any")
    write_download(held, folder / "download.csv", translator("en"))
    with opened(folder / "download.csv") as read:
        reader = correcting(read, folder / "store")
        assert isinstance(reader, Corrected)
        assert reader.columns == tuple(header)
        assert [each.held_line for each in reader.corrections] == [row.line for row in held.rows]
        (batch,) = reader.batches()
    back = zip(*(batch[f"c{index}"].to_pylist() for index in range(len(header))), strict=True)
    for fields, expected in zip(back, given_rows, strict=True):
        blank = not any(text.strip(BLANKS) for text in expected)
        assert fields == ((None,) * len(header) if blank else expected)


def test_source_columns_named_as_those_of_a_download(store: Path) -> None:
    header = "record_id,project_id,kind,created_at,line,Text,=x,reasons,'y"
    load(store, f"{header}\nR1,P1,x,2024-01-05,7,hello,1,because,2\n", "service_record")
    file = downloaded(store, "download.csv")
    assert table_of(file)[0] == [
        *OWN,
        *RECORD.split(","),
        "'line",
        "'Text",
        "'=x",
        "'reasons",
        "''y",
    ]
    again = load_alone(store, file)
    assert (again.known, again.unmapped) == (1, ("line", "Text", "=x", "reasons", "'y"))
    (held,) = open_rows(store)
    assert held.header == tuple(header.split(","))
    assert held.rows[0].fields == ("R1", "P1", "x", "2024-01-05", "7", "hello", "1", "because", "2")


def test_what_a_download_looks_like(store: Path) -> None:
    text = f"{RECORD}\nR1,P1,mending,2024-01-05\nR2,P1,=1\n"
    result = load(store, text, "service_record")
    file = downloaded(store, "download.csv")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert file.read_bytes().count(b"\r\n") == 3
    assert file.stat().st_mode & 0o777 == 0o600
    header, bad, torn = table_of(file)
    assert header == [*OWN, *RECORD.split(",")]
    assert bad == [
        f"{result.load_id}:2",
        "2",
        "kind: “mending” is none of Enquiry, Repair, Complaint, Follow-up, Visit, Value-added, and"
        " Praise",
        "",
        "R1",
        "P1",
        "mending",
        "'2024-01-05",
    ]
    assert torn[2:] == [
        "the row cannot be taken apart: 3 fields instead of 4",
        "R2,P1,=1",
        *[""] * 4,
    ]
    chinese = table_of(downloaded(store, "chinese.csv", "zh_CN"))
    assert chinese[1][2].startswith("kind：“mending”不是有效取值，可填咨询、报修、")
    assert chinese[2][2] == "该行无法拆分为字段：有 3 个字段，应为 4 个"


def test_the_text_of_a_row_is_inert_and_cut(store: Path) -> None:
    load(store, f"{RECORD}\n=R2,P1,{'x' * 50_000}\n", "service_record")
    _, torn = table_of(downloaded(store, "download.csv"))
    assert torn[3].startswith("'=R2,P1,xxx")
    assert len(torn[3]) == 32_001


def test_times_in_the_form_of_the_spreadsheet(store: Path) -> None:
    mapping = store.parent / "desk.toml"
    mapping.write_text(
        'table = "service_record"\nformats = ["%d.%m.%Y %H:%M"]\n[columns]\nrecord_id = "id"\n'
        'project_id = "site"\nkind = { constant = "repair" }\ncreated_at = "opened"\n',
        encoding="utf-8",
    )
    text = "id,site,opened\n1,A,05.13.2024 10:00\n2,A,06.13.2024 10:00\n3,A,x\n"
    load(store, text, "service_record", mapping=str(mapping))
    cells = table_of(downloaded(store, "download.csv"))
    for row, given_time in zip(
        cells[1:], ("2024/5/13 10:00", "06.05.2024 9:00", "5/1/24"), strict=True
    ):
        row[-1] = given_time
    result = load_alone(store, semicolons(cells, store.parent / "saved.csv"))
    assert (result.inserted, result.closed) == (2, 2)
    assert rows(store, "select created_at::varchar from service_record order by record_id") == [
        ("2024-05-13 10:00:00",),
        ("2024-05-06 09:00:00",),
    ]
    # The forms of the spreadsheet are not the mapping's: only corrections are read by them.
    (held,) = open_rows(store)
    assert held.mapping.columns["created_at"].formats == ("%d.%m.%Y %H:%M",)


def test_leading_apostrophes_of_other_files_stay(store: Path) -> None:
    load(store, f"{RECORD},category\nR1,P1,repair,2024-01-05,'x\n", "service_record")
    assert rows(store, "select category from service_record") == [("'x",)]


def test_a_place_that_cannot_be_written(store: Path) -> None:
    load(store, f"{RECORD}\nR1,P1,x,2024-01-05\n", "service_record")
    (held,) = open_rows(store)
    for place in ("nowhere/x.csv", "store"):
        with pytest.raises(LoadError, match="cannot be written"):
            write_download(held, store.parent / place, translator("en"))
    left = {file.name for file in store.parent.iterdir()}
    assert left == {"service_record.csv", "store"}


def test_a_file_that_is_there_already_becomes_private(store: Path) -> None:
    load(store, f"{RECORD}\nR1,P1,x,2024-01-05\n", "service_record")
    file = store.parent / "download.csv"
    file.write_text("old")
    file.chmod(0o644)
    downloaded(store, file.name)
    assert file.stat().st_mode & 0o777 == 0o600


def call(store: Path, *arguments: str) -> str:
    result = CliRunner().invoke(
        commands, ["quarantine", *arguments, "--store", str(store)], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    return result.stdout


class TestCommand:
    TEXT = f"{RECORD}\nR1,P1,mending,2024-01-05\nR2,P1,repair\n,P1,x,2024-01-05\n"

    def test_open_rows_by_load(self, store: Path) -> None:
        first = load(store, self.TEXT, "service_record")
        load(store, "survey_id,project_id,nps\nV1,P1,10\n", "survey")
        load(store, "project_id,project_name\nP1,x\n", "project")
        shown = call(store).splitlines()
        assert len(shown) == 6
        assert f"load {first.load_id}: 3 refused = 3 open + 0 closed + 0 dismissed" in call(store)
        assert "  open  kind: unknown_code: 2" in shown
        loads = json.loads(call(store, "--json"))["loads"]
        assert [load["file_name"] for load in loads] == ["survey.csv", "service_record.csv"] or [
            load["file_name"] for load in loads
        ] == ["service_record.csv", "survey.csv"]
        mine = next(load for load in loads if load["load_id"] == first.load_id)
        assert (mine["refused"], mine["open"], mine["waiting"]) == (3, 3, 3)
        assert {"column_name": "kind", "rule": "unknown_code", "open": 2} in mine["reasons"]

    def test_rows_of_a_load(self, store: Path) -> None:
        first = load(store, self.TEXT, "service_record")
        shown = call(store, "--load", first.load_id, "--language", "zh_CN")
        assert f"{first.load_id}:4  service_record.csv, line 4: record_id：缺失" in shown
        found = json.loads(call(store, "--load", first.load_id, "--language", "en", "--json"))
        row = found["rows"][2]
        assert row["quarantine_id"] == f"{first.load_id}:4"
        assert row["fields"] == ["", "P1", "x", "2024-01-05"]
        assert row["header"] == RECORD.split(",")
        assert row["problems"][0]["rule"] == "missing"
        assert row["reasons"].startswith("record_id is missing; kind: “x” is none of Enquiry")

    def test_files_of_several_kinds(self, store: Path) -> None:
        load(store, self.TEXT, "service_record")
        load(store, "survey_id,project_id,nps\nV1,P1,10\n", "survey")
        output = str(store.parent / "refused.csv")
        files = json.loads(call(store, "--output", output, "--json"))["files"]
        assert [(Path(each["file"]).name, each["table"], each["rows"]) for each in files] == [
            ("refused.csv", "service_record", 3),
            ("refused-2.csv", "survey", 1),
        ]
        assert "1 rows of survey written" in call(store, "--table", "survey", "--output", output)
        assert load_alone(store, Path(output)).table == "survey"

    def test_dismissing(self, store: Path) -> None:
        first = load(store, self.TEXT, "service_record")
        told = call(store, "--dismiss", first.load_id, "--line", "4", "--line", "3")
        assert told == f"2 rows of load {first.load_id} dismissed\n"
        told = call(store, "--dismiss", first.load_id, "--json")
        assert json.loads(told) == {"load_id": first.load_id, "dismissed": 1}
        assert call(store) == "no row is open\n"
        assert len(quarantine(store)) == 3

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--load", "x"], "knows no load x"),
            (["--output", "x.csv"], "No refused row is open"),
            (["--line", "3"], "--line says which rows to dismiss"),
            (["--dismiss", "x"], "knows no load x"),
        ],
    )
    def test_what_cannot_be(self, store: Path, arguments: list[str], message: str) -> None:
        load(store, f"{RECORD}\nR1,P1,repair,2024-01-05\n", "service_record")
        with pytest.raises(DashboardError, match=message):
            call(store, *arguments)

    def test_as_people_do_it(self, store: Path) -> None:
        """Download, correct, load again: in processes of their own, with no further option."""
        load(store, self.TEXT, "service_record")
        file = store.parent / "refused.csv"

        def run(*arguments: str) -> str:
            command = [sys.executable, "-m", "dashboard", *arguments, "--store", str(store)]
            return subprocess.run(
                command, cwd=ROOT, capture_output=True, text=True, check=True
            ).stdout

        run("quarantine", "--output", str(file))
        text = file.read_text(encoding="utf-8-sig").replace('"mending"', '"报修"')
        file.write_text(text, encoding="utf-8-sig")
        told = run("load", str(file))
        assert "3 read = 1 inserted + 0 updated + 0 unchanged + 2 refused" in told
        assert "quarantine: 1 rows of earlier loads closed" in told
        assert "quarantine: 2 of the refused rows were held already" in told
        load_id = re.search("quarantine --load ([0-9a-f]{16}) --output", told)
        assert load_id is not None
        assert run("quarantine", "--load", load_id[1]).count("service_record.csv, line ") == 2


def test_no_store(store: Path) -> None:
    for arguments in ([], ["--load", "x"], ["--output", "x.csv"], ["--dismiss", "x"]):
        with pytest.raises(DashboardError, match="There is no store"):
            call(store, *arguments)
    assert not store.exists()
