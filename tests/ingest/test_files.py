"""Files: the forms that are read, and those that are refused as a whole."""

import gzip
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dashboard.errors import DashboardError, LoadError
from dashboard.ingest import csv_reader, encoding, unpack
from dashboard.settings import ROOT
from tests.ingest.loading import RECORD, contents, load, quarantine, rows

TEXT = f"{RECORD}\nR1,P1,repair,2024-01-05\nR2,P1,投诉,2024-01-05\n"


def zipped(method: int = zipfile.ZIP_DEFLATED, /, **members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.rstrip("\n").encode(),
        f"\n\n{TEXT}\n\n".encode(),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode(),
        TEXT.replace(",", "|").encode(),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        gzip.compress(TEXT.encode()),
        zipped(**{"data.csv": TEXT.encode()}),
        zipped(**{"folder/": b"", "folder/data.csv": TEXT.encode()}),
        zipped(**{"d.csv": TEXT.encode(), "__MACOSX/._d.csv": b"1", ".DS_Store": b"2"}),
        zipped(**{"a/.DS_Store": b"1", "a/d.csv": TEXT.encode(), "__MACOSX/a/._d.csv": b"2"}),
    ],
    ids=lambda _: "form",
)
def test_forms_of_a_file(store: Path, content: bytes) -> None:
    assert load(store, content, "service_record").inserted == 2
    assert rows(store, "select kind from service_record order by record_id") == [
        ("repair",),
        ("complaint",),
    ]


def test_rows_across_blocks_and_batches(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "BLOCK", 7)
    monkeypatch.setattr(csv_reader, "BATCH_ROWS", 3)
    lines = [f'R{n},P1,repair,2024-01-05,"多\r\n行{n}"' for n in range(20)]
    text = "\r\n".join([f"{RECORD},detail", *lines, "R99,P1,x,2024-01-05,"])
    result = load(store, text, "service_record")
    assert (result.inserted, result.refused) == (20, 1)
    assert [line for line, _, _ in quarantine(store)] == [42]
    assert rows(store, "select detail from service_record where record_id = 'R7'") == [
        ("多\r\n行7",)
    ]


def test_cells_that_are_too_long_and_quotes_that_do_not_match(store: Path) -> None:
    good = "P1,repair,2024-01-05"
    text = (
        f"{RECORD},detail\nR1,{good},{'x' * 131_073}\nR2,{good},{'x' * 131_072}\n"
        f'R3,{good},"a"b\nR4,{good},"c\n'
    )
    result = load(store, text, "service_record")
    assert (result.inserted, result.refused) == (1, 3)
    quotes = "row: a quote opens and is not closed, or text follows a closing quote"
    assert [(line, why) for line, _, why in quarantine(store)] == [
        (2, ["row: a cell is longer than 131,072 characters"]),
        (4, [quotes]),
        (5, [quotes]),
    ]


def test_a_header_alone_is_a_load_of_nothing(store: Path) -> None:
    assert load(store, f"{RECORD}\n", "service_record").read == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n\n  \n".replace(b"  ", b""), "no header"),
        (b"a,b\n1,2\n", "Line 1: no column is mapped to record_id, the key of service_record"),
        (b"record_id,project_id, Record_ID\n", "line 1: columns 1 and 3 are both called"),
        (b'record_id,"project\n', "line 1: row: a quote opens and is not closed, or text"),
        (TEXT.replace("投诉", "投诉\0").encode(), "zero bytes"),
        ("なまえ,ねんれい\nやまだ,25\n".encode("shift_jis"), "in an encoding that is not read"),
        (f"{RECORD}\nR1,P1,repair,2024-01-05\nR2,P".encode() + b"\xe6", "line 3: byte 0xE6"),
        (zipped(a=b"1", b=b"2"), "holds 2 files instead of one"),
        (zipped(a=b"1", b=b"2", **{".DS_Store": b"3"}), "holds 2 files instead of one"),
        (zipped(**{"__MACOSX/._a": b"1"}), "holds 0 files instead of one"),
        (zipped(), "holds 0 files instead of one"),
        (zipped(**{"a.xlsx": zipped(a=b"1")}), "only text is read from within an archive"),
        (zipped(**{"a.csv.gz": gzip.compress(b"a")}), "only text is read from within"),
        (gzip.compress(b"PAR1" + bytes(99)), "only text is read from within an archive"),
        (zipped(**{"[Content_Types].xml": b"1", "xl/workbook.xml": b"2"}), "as a workbook: "),
        (b"\xd0\xcf\x11\xe0 not a workbook", "as a workbook: "),
        (b"PAR1....PAR1", "cannot be read as Parquet: "),
        (b"%PDF-1.7 and so on", "is a PDF document"),
        (b"<html><table>", "is a page or document of tags"),
        (b'{"record_id": 1}', "is JSON"),
        (gzip.compress(TEXT.encode())[:-9], "is damaged"),
        (b"PK\x03\x04 not a zip", "is damaged"),
        (zipped(a=b"1")[:20] + zipped(a=b"1")[21:], "is damaged: its content does not"),
        (b"\x89PNG\r\n\x1a\n\0\0", "zero bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_refused_files_change_nothing(store: Path, content: bytes, message: str) -> None:
    load(store, TEXT, "service_record")
    before = contents(store)
    with pytest.raises(LoadError, match=message.replace("[", r"\[")) as raised:
        load(store, content, "service_record")
    assert raised.value.hint
    assert contents(store) == before


def test_a_zero_byte_late_in_the_file_changes_nothing(store: Path) -> None:
    load(store, TEXT, "service_record")
    before = contents(store)
    many = TEXT + "R3,P1,repair,2024-01-05\n" * 100_000
    with pytest.raises(LoadError, match="is not text in UTF-8: it has zero bytes"):
        load(store, many.encode() + b"R4,P1\0,repair,2024-01-05\n", "service_record")
    assert contents(store) == before


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_zip_is_refused_whatever_its_method(store: Path, method: int) -> None:
    whole = zipped(method, **{"data.csv": TEXT.encode()})
    assert load(store, whole, "service_record").inserted == 2
    before = contents(store)
    start = whole.index(b"data.csv") + len(b"data.csv")
    refused, told = [], set()
    for at in range(start, whole.index(b"PK\x01\x02")):
        broken = bytearray(whole)
        broken[at] ^= 0xFF
        try:
            # Some bytes of a packed text say nothing of it.
            assert b"".join(unpack.blocks(written(store, bytes(broken)))) == TEXT.encode()
        except LoadError as error:
            refused.append(bytes(broken))
            told.add(error.message.partition(": ")[0])
    assert len(refused) > 30
    assert told == {"service_record.csv is damaged"}
    with pytest.raises(LoadError, match="is damaged"):
        load(store, refused[-1], "service_record")
    assert contents(store) == before


def test_a_zip_of_a_later_version_is_refused(store: Path) -> None:
    packed = bytearray(zipped(**{"data.csv": TEXT.encode()}))
    packed[packed.index(b"PK\x01\x02") + 6] = 99
    with pytest.raises(LoadError, match="packed in a way that is not read: zip file version 9"):
        load(store, bytes(packed), "service_record")
    assert not store.exists()


def written(store: Path, content: bytes) -> Path:
    file = store.parent / "service_record.csv"
    file.write_bytes(content)
    return file


def test_a_bad_byte_late_in_the_file_changes_nothing(store: Path) -> None:
    load(store, TEXT, "service_record")
    before = contents(store)
    many = TEXT + "R3,P1,repair,2024-01-05\n" * 100_000
    with pytest.raises(LoadError, match=r"line 100004: byte 0xFF is not UTF-8"):
        load(store, many.encode() + b"\xff", "service_record")
    assert contents(store) == before


def test_bombs_and_endless_lines(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "FREE_BYTES", 1 << 20)
    bomb = TEXT.encode() + b"\n" * (4 << 20)
    for packed in (gzip.compress(bomb), zipped(data=bomb)):
        with pytest.raises(LoadError, match="200 times its size"):
            load(store, packed, "service_record")
    monkeypatch.setattr(unpack, "MAX_BYTES", 1 << 20)
    with pytest.raises(LoadError, match="holds more than"):
        load(store, bomb, "service_record")
    monkeypatch.setattr(encoding, "MAX_LINE", 1000)
    monkeypatch.setattr(unpack, "BLOCK", 1000)
    with pytest.raises(LoadError, match="line 4 does not end"):
        load(store, TEXT.encode() + b"x" * 5000, "service_record")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dashboard", "load", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_command_line(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(f"{TEXT}R3,P1,x,2024-01-05\n", encoding="utf-8")
    options = ["--table", "service_record", "--store", str(store)]
    told = run(str(file), *options, "--json")
    assert told.returncode == 0
    assert all(re.fullmatch(r"[ \d]{3}% [a-z]+", line) for line in told.stderr.splitlines())
    result = json.loads(told.stdout)
    assert set(result) == {
        "file",
        "table",
        "read",
        "inserted",
        "updated",
        "unchanged",
        "refused",
        "removed",
        "warnings",
        "refusals",
        "lacking",
        "known",
        "closed",
        "mapping",
        "took",
        "unmapped",
        "left_out",
        "seconds",
        "version",
        "load_id",
        "trial",
    }
    assert (result["read"], result["inserted"], result["refused"]) == (3, 2, 1)
    told = run(str(file), *options)
    assert "3 read = 0 inserted + 0 updated + 2 unchanged + 1 refused" in told.stdout
    before = contents(store)
    unclear = tmp_path / "unclear.csv"
    unclear.write_text("a,b\n1,2\n", encoding="utf-8")
    for arguments, message in [
        ([str(tmp_path / "none.csv"), *options], "There is no file"),
        ([str(tmp_path), *options], "There is no file"),
        ([str(file), "--table", "tickets", "--store", str(store)], "no table 'tickets'"),
        ([str(unclear), "--store", str(store)], "not said which table"),
        ([str(file), *options, "--mapping", "none"], "no mapping 'none'"),
    ]:
        told = run(*arguments)
        assert (told.returncode, told.stdout) == (1, "")
        assert told.stderr.startswith("Error: ")
        assert message in told.stderr
        assert len(told.stderr.splitlines()) == 2
        program = run(*arguments, "--json")
        assert (program.returncode, program.stderr) == (1, told.stderr)
        error = json.loads(program.stdout)["error"]
        assert set(error) == {"message", "hint", "values"}
        filled = DashboardError.from_json(error)
        first, second = told.stderr.splitlines()
        assert first == f"Error: {filled.message}"
        assert second.strip() == filled.hint
    assert contents(store) == before
