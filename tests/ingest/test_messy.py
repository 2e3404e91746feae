"""Every file of public collections of bad files: rows accounted for, or a clear refusal."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.errors import LoadError
from dashboard.ingest.choose import sample
from dashboard.ingest.csv_reader import CsvReader
from dashboard.ingest.propose import propose
from dashboard.ingest.reader import Reader
from dashboard.ingest.sheet_reader import SheetReader
from dashboard.ingest.unpack import kind_of
from tests.ingest.loading import SHARED, load, load_alone

MESSY = SHARED / "data" / "messy"
POLLUTED = MESSY / "pollock" / "polluted_files"
SPECTRUM = MESSY / "csv_spectrum"
SUITES = ("csv_spectrum", "csvkit", "duckdb_csv", "goodtables", "pollock", "sheetjs", "tabulator")

pytestmark = pytest.mark.skipif(not MESSY.is_dir(), reason="../shared is not here")

# Where reading alike would be guessing: a second table with the same header, whose rows are loaded
# as well, and quotes that are doubled though another sign quotes.
UNDECIDABLE = {"file_quotation_char_0x27.csv", "file_multitable_same.csv"}


def read(file: Path) -> tuple[list[str], list[list[str]]]:
    """Header and rows that read; no header where the file has none."""
    reader = CsvReader(file) if kind_of(file) == "text" else SheetReader(file)
    rows = [row for batch in reader.batches() for row in fields(reader, batch.to_pylist())]
    return list(reader.columns) if reader.form.header else [], rows


def fields(reader: Reader, rows: list[dict[str, str]]) -> Iterator[list[str]]:
    for row in rows:
        if row["problem"] is None:
            yield [row[f"c{index}"] for index in range(len(reader.columns))]


def truths() -> list[tuple[Path, list[list[str]]]]:
    """Files with the rows that they are known to mean, the header first."""
    found = []
    for file in sorted((POLLUTED / "csv").glob("*.csv")):
        with (POLLUTED / "clean" / file.name).open(newline="", encoding="utf-8") as clean:
            found.append((file, list(csv.reader(clean))))
    for file in sorted((SPECTRUM / "csvs").glob("*.csv")):
        truth = (SPECTRUM / "json" / f"{file.stem}.json").read_text("utf-8", "replace")
        rows = json.loads(truth.replace(r"\r\n", r"\n"))
        rows = rows if isinstance(rows, list) else [rows]
        found.append((file, [list(rows[0]), *(list(row.values()) for row in rows)]))
    return found


def test_clean_truths_are_read_exactly() -> None:
    missed, known = set(), truths()
    for file, truth in known:
        try:
            header, rows = read(file)
        except LoadError:
            header, rows = [], []
        if [row for row in [header, *rows] if row] != truth:
            missed.add(file.name)
    # The file of coordinates has another telephone number than its truth.
    assert missed == UNDECIDABLE | {"location_coordinates.csv"}
    assert len(known) == 63


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("csvkit/examples/dummy.csv", "csvkit/examples/dummy.xlsx"),
        ("csvkit/examples/dummy.csv", "csvkit/examples/dummy.xls"),
        ("csvkit/examples/dummy.csv", "csvkit/examples/dummy.csv.gz"),
        ("csvkit/examples/dummy.csv", "csvkit/examples/dummy.tsv"),
        ("csvkit/examples/test.xls", "csvkit/examples/test.xlsx"),
        ("csvkit/examples/test_utf16_big.csv", "csvkit/examples/test_utf16_little.csv"),
        ("tabulator/data/table.csv", "tabulator/data/table.xlsx"),
        ("tabulator/data/table.csv", "tabulator/data/table.xls"),
        ("tabulator/data/table.csv", "tabulator/data/table.ods"),
        ("tabulator/data/table.csv", "tabulator/data/table.csv.zip"),
        ("sheetjs/1904/1900.xlsx", "sheetjs/1904/1900.ods"),
        ("sheetjs/1904/1904.xlsx", "sheetjs/1904/1904.xlsb"),
        ("csvkit/examples/test.xlsx", "csvkit/examples/test_skip_lines.xlsx"),
        ("tabulator/data/table.csv", "tabulator/data/table.csv.gz"),
        ("tabulator/data/special/doublequote.csv", "tabulator/data/special/doublequote.csv.zip"),
        ("tabulator/data/special/merged-cells.xls", "tabulator/data/special/merged-cells.xlsx"),
    ],
)
def test_the_same_table_in_another_form(one: str, other: str) -> None:
    assert read(MESSY / one) == read(MESSY / other)


@pytest.mark.parametrize("suite", SUITES)
def test_every_file_is_accounted_for_or_refused(suite: str, store: Path) -> None:
    """Each file is read with a mapping proposed; where that is sure, it is loaded."""
    files = [file for file in sorted((MESSY / suite).rglob("*")) if file.is_file()]
    assert files
    unclear = [file for file in files if not ends_well(store, file)]
    assert unclear == []


def ends_well(store: Path, file: Path) -> bool:
    """Whether a file is loaded, left alone, or refused with cause and mend."""
    try:
        # In this process: most of the time goes into starting another one.
        reader = CsvReader(file) if kind_of(file) == "text" else SheetReader(file)
        if propose_of(reader):
            load_alone(store, file)
    except LoadError as error:
        return bool(error.message and error.hint)
    return True


def propose_of(reader: Reader) -> bool:
    """Whether the file would be loaded; all its rows are read in any case."""
    lines = [line for batch in reader.batches() for line in batch["line"].to_pylist()]
    assert lines == sorted(set(lines))
    return propose(reader.columns, sample(reader, 100)).confident


def test_what_a_load_counts_of_a_messy_file(store: Path) -> None:
    file = POLLUTED / "csv" / "row_more_sep_row41_col4.csv"
    mapping = store.parent / "orders.toml"
    mapping.write_text(
        'table = "service_record"\nformats = ["%d/%m/%Y %H:%M"]\n[columns]\n'
        'record_id = { text = "{PRODUCTID}/{DATE}" }\nproject_id = "ProductType"\n'
        'created_at = { from = ["DATE", "TIME"] }\nkind = { constant = "repair" }\n'
        'detail = "ProductDescription"\n',
        encoding="utf-8",
    )
    result = load(store, file, "service_record", mapping=str(mapping))
    assert (result.read, result.refused) == (83, 0)
    assert result.warnings == {"row: put_right": 1}
