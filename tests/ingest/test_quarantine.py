"""Refused rows: what is held of them, and what closes them."""

import csv
import json
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.access import EVERYTHING
from dashboard.errors import LoadError, StoreError
from dashboard.i18n import translator
from dashboard.ingest.dismiss import dismiss
from dashboard.ingest.download import write_download
from dashboard.ingest.held import HeldFile, open_rows
from dashboard.ingest.load import load_file
from dashboard.ingest.result import LoadResult
from dashboard.ledger import LEDGER
from dashboard.published import current_version, private_file, store_file
from dashboard.settings import Settings
from dashboard.store import Store
from tests.ingest.loading import RECORD, load, load_alone, quarantine, rows

GOOD = "R1,P1,repair,2024-01-05"
BAD = "R2,P1,mending,2024-01-05"
WORSE = "R3,,repair,soon"
TORN = "R4,P1,repair"
TEXT = "\n".join([RECORD, GOOD, BAD, WORSE, TORN, ""])
MENDED = BAD.replace("mending", "repair")


def ledger(store: Path) -> list[tuple[Any, ...]]:
    """Line, state, and the rank of the load (1 = first) that closed or holds the row."""
    loads = {load_id: n for n, (load_id,) in enumerate(loads_of(store), start=1)}
    found = rows(store, "select load_id, line, state, closed_by from refused_row")
    return sorted((loads[each[0]], *each[1:3], loads.get(each[3])) for each in found)


def loads_of(store: Path) -> list[tuple[str]]:
    """The loads in the order in which they were made, which is that of the log."""
    return rows(store, "select load_id from load_log order by rowid")


def states(store: Path) -> dict[str, int]:
    found = rows(store, "select state, count(*) from refused_row group by state")
    return dict(found)


def the_open(store: Path, **asked: Any) -> HeldFile:
    (held,) = open_rows(store, **asked)
    return held


def downloaded(store: Path, **asked: Any) -> Path:
    file = store.parent / "refused.csv"
    write_download(the_open(store, **asked), file, translator("en"))
    return file


def corrected(file: Path, *changes: tuple[str, str]) -> Path:
    text = file.read_text(encoding="utf-8-sig")
    for old, new in changes:
        assert old in text, text
        text = text.replace(old, new)
    target = file.with_name("corrected.csv")
    target.write_text(text, encoding="utf-8-sig")
    return target


def texts(store: Path) -> Sequence[str]:
    return [text for _, text, _ in quarantine(store)]


def test_what_is_held_of_a_row(store: Path) -> None:
    result = load(store, TEXT, "service_record")
    assert (result.inserted, result.refused, result.known, result.closed) == (1, 3, 0, 0)
    held = the_open(store)
    assert (held.table, held.header) == ("service_record", tuple(RECORD.split(",")))
    bad, worse, torn = held.rows
    assert (bad.load_id, bad.line, bad.text, bad.fields) == (
        result.load_id,
        3,
        BAD,
        ("R2", "P1", "mending", "2024-01-05"),
    )
    assert [(each.column, each.rule, each.value) for each in bad.problems] == [
        ("kind", "unknown_code", "mending")
    ]
    assert [(each.column, each.rule, each.value) for each in worse.problems] == [
        ("project_id", "missing", None),
        ("created_at", "unreadable", "soon"),
    ]
    assert worse.problems[1].sentence == "created_at: 'soon' cannot be read as a time"
    assert (torn.fields, torn.key) == (None, None)
    assert [(each.column, each.rule, each.value) for each in torn.problems] == [
        ("row", "unreadable", "row: 3 fields instead of 4")
    ]
    assert (json.loads(bad.key or ""), json.loads(worse.key or "")) == ("R2", "R3")
    assert not any(row.edited for row in held.rows)


def test_the_public_file_says_which_rules_and_no_text(store: Path) -> None:
    load(store, TEXT.replace("mending", "张三13812345678"), "service_record")
    version = current_version(store)
    assert version is not None
    raw = store_file(store, version).read_bytes()
    assert "张三" not in raw.decode(errors="ignore")
    assert b"13812345678" not in raw
    found = Store(Settings(store=store)).run("quarantine_reasons", EVERYTHING)
    columns = ["column_name", "rule", "open", "closed", "dismissed"]
    assert sorted(found[columns].itertuples(index=False, name=None)) == [
        ("created_at", "unreadable", 1, 0, 0),
        ("kind", "unknown_code", 1, 0, 0),
        ("project_id", "missing", 1, 0, 0),
        ("row", "unreadable", 1, 0, 0),
    ]


def test_a_corrected_row_closes_exactly_what_it_corrects(store: Path) -> None:
    load(store, f"{TEXT}{BAD},x\n", "service_record")
    file = corrected(downloaded(store), ("mending", "repair"))
    result = load_alone(store, file)
    assert (result.read, result.inserted, result.refused) == (4, 1, 3)
    assert (result.closed, result.known, result.mapping) == (1, 3, "by name")
    assert [each for each in ledger(store) if each[0] == 1] == [
        (1, 3, "closed", 2),
        (1, 4, "open", None),
        (1, 5, "open", None),
        (1, 6, "open", None),
    ]
    assert states(store) == {"closed": 1, "open": 3, "superseded": 3}
    assert rows(store, "select record_id from service_record order by 1") == [("R1",), ("R2",)]
    again = load_alone(store, file)
    assert (again.unchanged, again.refused, again.closed, again.known) == (1, 3, 0, 3)


def test_a_correction_may_give_the_row_another_key(store: Path) -> None:
    twice = f"{RECORD}\n{GOOD}\nR1,P2,repair,2024-01-06\n"
    assert load(store, twice, "service_record").refused == 2
    file = corrected(downloaded(store), ('"R1","P2"', '"R9","P2"'))
    result = load_alone(store, file)
    assert (result.inserted, result.closed) == (2, 2)
    assert open_rows(store) == ()


def test_a_row_refused_again_stays_open_with_its_new_reasons(store: Path) -> None:
    first = load(store, TEXT, "service_record")
    result = load_alone(store, corrected(downloaded(store), ("mending", "tinkering")))
    assert (result.refused, result.known, result.closed) == (3, 3, 0)
    assert len(quarantine(store)) == 3
    bad, worse, torn = the_open(store).rows
    assert (bad.load_id, bad.line, bad.text) == (first.load_id, 3, BAD)
    assert bad.fields == ("R2", "P1", "tinkering", "2024-01-05")
    assert bad.problems[0].value == "tinkering"
    assert (bad.edited, worse.edited, torn.edited) == (True, True, False)
    # What nobody filled in keeps its reason.
    assert torn.problems[0].value == "row: 3 fields instead of 4"
    found = Store(Settings(store=store)).run("quarantine_loads", EVERYTHING)
    counts = ["refused", "open", "closed", "dismissed", "superseded", "waiting"]
    assert sorted(found[counts].itertuples(index=False, name=None)) == [
        (3, 0, 0, 0, 3, 3),
        (3, 3, 0, 0, 0, 3),
    ]
    # The rows of a load are found by that load wherever they are held.
    assert the_open(store, loads=[result.load_id]).rows == the_open(store).rows


def test_reasons_of_the_ledger_follow(store: Path) -> None:
    load(store, TEXT, "service_record")
    load_alone(store, corrected(downloaded(store), ('"mending"', '""'), ("soon", "later")))
    failed = "select line, list_transform(problems, lambda p: p.rule) from refused_row"
    assert sorted(rows(store, f"{failed} where state = 'open'")) == [
        (3, ["missing"]),
        (4, ["missing", "unreadable"]),
        (5, ["unreadable"]),
    ]


def test_what_a_row_that_was_torn_is_filled_in_with(store: Path) -> None:
    load(store, TEXT, "service_record")
    file = downloaded(store)
    blank = ',"R4,P1,repair","","","",""'
    result = load_alone(
        store, corrected(file, (blank, ',"R4,P1,repair","R4","P1","repair","2024-01-07"'))
    )
    assert (result.inserted, result.refused, result.closed) == (1, 2, 1)
    assert [row.line for row in the_open(store).rows] == [3, 4]


def test_a_torn_row_filled_in_wrongly_still_shows_its_text(store: Path) -> None:
    load(store, TEXT, "service_record")
    blank = ',"R4,P1,repair","","","",""'
    file = corrected(downloaded(store), (blank, ',"x","R4","P1","repair","later"'))
    load_alone(store, file)
    torn = the_open(store).rows[2]
    assert (torn.fields, torn.edited) == (("R4", "P1", "repair", "later"), True)
    assert '"R4,P1,repair","R4","P1","repair","later"' in downloaded(store).read_text("utf-8-sig")


def test_a_later_row_with_the_key_closes_the_row(store: Path) -> None:
    load(store, TEXT, "service_record")
    assert load(store, f"{RECORD}\n{GOOD}\n", "service_record").closed == 0
    later = load(store, f"{RECORD}\nR2,P7,visit,2024-02-01\n", "service_record")
    assert (later.inserted, later.closed) == (1, 1)
    assert ledger(store)[0] == (1, 3, "closed", 3)
    # The same key of another table is another key.
    people = "staff_id,staff_name\nR3,x\n"
    assert load(store, people, "staff").closed == 0


def test_a_key_of_several_columns_closes_too(store: Path) -> None:
    header = "metric,scope_type,scope_id,month,value"
    load(store, f"{header}\ncsat,company,,2024-01,x\nnps,company,,,y\n", "target")
    held = the_open(store)
    assert json.loads(held.rows[0].key or "") == ["csat", "company", "", "2024-01"]
    assert load(store, f"{header}\ncsat,company,,2024-01,4\n", "target").closed == 1
    assert [row.line for row in the_open(store).rows] == [3]


def test_a_row_with_a_refused_twin_is_closed_by_neither(store: Path) -> None:
    """Rows of one file do not close each other."""
    result = load(store, f"{RECORD}\n{GOOD}\nR1,P1,x,2024-01-05\n", "service_record")
    assert (result.refused, result.closed) == (2, 0)


def test_the_same_file_again_doubles_nothing(store: Path) -> None:
    first = load(store, TEXT, "service_record")
    second = load(store, TEXT, "service_record")
    assert (second.unchanged, second.refused, second.known) == (1, 3, 3)
    assert len(quarantine(store)) == 3
    assert {row.load_id for row in the_open(store).rows} == {first.load_id}
    assert ledger(store) == [
        *((1, line, "open", None) for line in (3, 4, 5)),
        *((2, line, "superseded", 1) for line in (3, 4, 5)),
    ]


def test_the_same_row_in_another_file_is_not_doubled(store: Path) -> None:
    load(store, TEXT, "service_record")
    more = f"{RECORD}\n{WORSE}\nR5,P1,mending,2024-01-05\n"
    result = load(store, more, "service_record")
    assert (result.refused, result.known) == (2, 1)
    assert sorted(texts(store)) == sorted([BAD, WORSE, TORN, "R5,P1,mending,2024-01-05"])
    # The same text under another header says something else.
    other = f"project_id,record_id,kind,created_at\n{WORSE}\n"
    assert load(store, other, "service_record").known == 0


def test_rows_of_one_text_are_held_each(store: Path) -> None:
    text = f"{RECORD}\n{WORSE}\n{GOOD}\n{WORSE}\n"
    load(store, text, "service_record")
    assert [row.line for row in the_open(store).rows] == [2, 4]
    again = load(store, text, "service_record")
    assert again.known == 2
    held = rows(store, "select line, closed_line from refused_row where state = 'superseded'")
    assert sorted(held) == [(2, 2), (4, 4)]


def mapping(store: Path, **more: str) -> str:
    file = store.parent / "desk.toml"
    rest = "".join(f"{key} = {value}\n" for key, value in more.items())
    file.write_text(
        f'table = "service_record"\n{rest}[columns]\nrecord_id = "record_id"\n'
        'project_id = { from = "project_id", blank = "unknown" }\ncreated_at = "created_at"\n'
        'kind = { from = "kind", values = { "mending" = "repair" } }\n',
        encoding="utf-8",
    )
    return str(file)


def test_a_better_mapping_of_the_same_file_closes_what_it_takes(store: Path) -> None:
    load(store, TEXT, "service_record")
    result = load(store, TEXT, "service_record", mapping=mapping(store))
    assert (result.inserted, result.refused, result.known, result.closed) == (1, 2, 2, 1)
    worse, torn = the_open(store).rows
    # What stays open is read as it was read last.
    assert [each.rule for each in worse.problems] == ["unreadable"]
    assert torn.fields is None
    assert the_open(store).mapping.name == "desk"


def test_a_mapping_that_leaves_a_row_out_closes_it(store: Path) -> None:
    load(store, TEXT, "service_record")
    filtered = mapping(store, only='{ project_id = ["P1"] }')
    result = load(store, TEXT, "service_record", mapping=filtered)
    assert (result.read, result.left_out, result.closed) == (3, 1, 2)
    assert [row.line for row in the_open(store).rows] == [5]


def test_the_file_of_rows_that_were_corrected_opens_nothing_again(store: Path) -> None:
    load(store, TEXT, "service_record")
    load_alone(store, corrected(downloaded(store), ("mending", "repair")))
    again = load(store, TEXT, "service_record")
    assert (again.refused, again.known) == (3, 3)
    assert len(the_open(store).rows) == 2
    # Another file with that row is news.
    news = load(store, f"{RECORD}\n{BAD}\n", "service_record")
    assert (news.refused, news.known) == (1, 0)


def test_the_file_again_does_not_undo_half_a_correction(store: Path) -> None:
    load(store, TEXT, "service_record")
    load_alone(store, corrected(downloaded(store), ("soon", "later")))
    load(store, TEXT, "service_record")
    assert the_open(store).rows[1].fields == ("R3", "", "repair", "later")


def test_a_mapping_is_kept_for_the_correction(store: Path) -> None:
    text = TEXT.replace("mending", "tinkering")
    load(store, text, "service_record", mapping=mapping(store))
    # "mending" means something only by that mapping, of which nothing is said now
    result = load_alone(store, corrected(downloaded(store), ("tinkering", "mending")))
    assert (result.mapping, result.inserted) == ("desk", 1)


def test_a_better_mapping_may_be_named_for_a_download(store: Path) -> None:
    load(store, TEXT, "service_record")
    settings = Settings(store=store)
    result = load_file(
        downloaded(store), table=None, mapping=mapping(store), settings=settings, who="tester"
    )
    assert (result.mapping, result.inserted, result.closed) == ("desk", 1, 1)
    with pytest.raises(LoadError, match="is for the table service_record, not staff"):
        load_file(
            store.parent / "refused.csv",
            table="staff",
            mapping=mapping(store),
            settings=settings,
            who="tester",
        )


def test_after_a_better_mapping_the_rows_stay_together(store: Path) -> None:
    load(store, TEXT, "service_record")
    file, settings = downloaded(store), Settings(store=store)
    load_file(file, table=None, mapping=mapping(store), settings=settings, who="tester")
    assert [row.line for row in the_open(store).rows] == [4, 5]
    # Both the old download and a new one are read by it.
    for again in (file, downloaded(store)):
        result = load_alone(store, corrected(again, ("soon", "later")))
        assert (result.mapping, result.closed) == ("desk", 0)


def test_columns_may_change_places(store: Path) -> None:
    load(store, TEXT, "service_record")
    file = downloaded(store)
    with file.open(encoding="utf-8-sig", newline="") as text:
        cells = list(csv.reader(text))
    order = random.Random(3).sample(range(len(cells[0])), len(cells[0]))
    with file.open("w", encoding="gb18030", newline="") as text:
        csv.writer(text, delimiter=";").writerows([row[place] for place in order] for row in cells)
    assert load_alone(store, file).known == 3
    held = the_open(store)
    assert held.header == tuple(RECORD.split(","))
    assert held.rows[0].fields == tuple(BAD.split(","))


def test_a_dry_run_closes_nothing(store: Path) -> None:
    load(store, TEXT, "service_record")
    file = corrected(downloaded(store), ("mending", "repair"))
    assert load_alone(store, file, dry_run=True).closed == 1
    assert states(store) == {"open": 3}


def test_one_id_on_two_rows_loses_neither(store: Path) -> None:
    load(store, TEXT, "service_record")
    file = downloaded(store)
    header, bad, worse, _ = file.read_text(encoding="utf-8-sig").splitlines()
    split = [header, bad, bad.replace("R2", "R2b"), bad.replace("R2", "R2c"), worse]
    file.write_text("\n".join(split).replace('R2"', 'R2","').replace('"R2","","', '"R2","'))
    result = load_alone(store, file)
    assert (result.refused, result.known) == (4, 2)
    assert len(the_open(store).rows) == 5
    mended = "\n".join([header, bad.replace("mending", "repair"), bad.replace("R2", "R2b")])
    file.write_text(mended)
    result = load_alone(store, file)
    assert (result.inserted, result.refused, result.known) == (1, 1, 1)
    fields = [row.fields for row in the_open(store).rows if row.fields]
    assert ("R2b", "P1", "mending", "2024-01-05") in fields


class TestDownloadsThatDoNotFit:
    def test_of_another_store(self, store: Path) -> None:
        load(store, TEXT, "service_record")
        file = corrected(downloaded(store), ("mending", "repair"))
        other = store.parent / "other"
        with pytest.raises(LoadError, match="not of this store's") as raised:
            load_alone(other, file)
        assert "--table" in raised.value.hint
        result = load_file(
            file,
            table="service_record",
            mapping=None,
            settings=Settings(store=other),
            who="tester",
        )
        assert (result.inserted, result.refused, result.unmapped) == (1, 2, ())

    def test_of_files_that_were_read_differently(self, store: Path) -> None:
        load(store, TEXT, "service_record")
        load(
            store,
            "\n".join([RECORD, "R9,P1,x,2024-01-05"]),
            "service_record",
            mapping=mapping(store),
        )
        first, second = open_rows(store)
        files = [store.parent / name for name in ("a.csv", "b.csv")]
        for held, file in zip((first, second), files, strict=True):
            write_download(held, file, translator("en"))
        both = files[0].read_text(encoding="utf-8-sig") + "".join(
            files[1].read_text(encoding="utf-8-sig").splitlines(keepends=True)[1:]
        )
        files[0].write_text(both, encoding="utf-8")
        with pytest.raises(LoadError, match="read in different ways"):
            load_alone(store, files[0])

    def test_without_a_column_that_is_needed(self, store: Path) -> None:
        load(store, TEXT, "service_record")
        file = corrected(downloaded(store), ("project_id", "place"))
        with pytest.raises(LoadError, match="the file has no column 'project_id'"):
            load_alone(store, file)

    def test_rows_that_were_added_by_hand(self, store: Path) -> None:
        load(store, TEXT, "service_record")
        file = downloaded(store)
        with file.open("a", encoding="utf-8") as more:
            more.write('"","","","","R8","P1","repair","2024-01-05"\r\n')
            more.write('"ffffffffffffffff:3","","","","R9","P1","repair","2024-01-05"\r\n')
            more.write('"","","","","R10","P1","x","2024-01-05"\r\n')
        result = load_alone(store, file)
        assert (result.inserted, result.refused, result.known) == (2, 4, 3)

    def test_a_row_that_was_broken_by_hand(self, store: Path) -> None:
        load(store, TEXT, "service_record")
        file = corrected(downloaded(store), ('"mending"', '"mending","x"'))
        result = load_alone(store, file)
        assert (result.refused, result.known) == (3, 3)
        bad = the_open(store).rows[0]
        assert bad.fields == ("R2", "P1", "mending", "2024-01-05")
        assert bad.problems[0].rule == "unknown_code"

    def test_of_a_folded_log(self, store: Path) -> None:
        file = store.parent / "log.toml"
        file.write_text(
            'table = "service_record"\nfold = { case = "ticket", event = "step", at = "when" }\n'
            '[columns]\nrecord_id = "ticket"\nproject_id = "site"\nkind = { constant = "repair" }\n'
            'created_at = { event = ["opened"] }\nresolved_at = { event = ["solved"] }\n',
            encoding="utf-8",
        )
        log = (
            "ticket,site,step,when\nT1,N,opened,2024-01-05\nT2,N,opened,x\nT2,N,solved,2024-01-06\n"
        )
        result = load(store, log, "service_record", mapping=str(file))
        assert result.refused == 1
        with pytest.raises(LoadError, match="put together from several rows of a log"):
            downloaded(store)
        mended = log.replace("opened,x", "opened,2024-01-05")
        assert load(store, mended, "service_record", mapping=str(file)).closed == 1


class TestDismissing:
    def dismissed(self, store: Path, load_id: str, *lines: int) -> int:
        return dismiss(load_id, lines, settings=Settings(store=store), who="eve")

    def test_lines_of_a_load(self, store: Path) -> None:
        first = load(store, TEXT, "service_record")
        assert self.dismissed(store, first.load_id, 4, 5) == 2
        assert current_version(store) == 2
        found = rows(
            store,
            "select line, closed_by, closed_who, closed_at is null from refused_row"
            " where state = 'dismissed' order by line",
        )
        assert found == [(4, None, "eve", False), (5, None, "eve", False)]
        assert [row.line for row in the_open(store).rows] == [3]

    def test_a_whole_load_wherever_its_rows_are_held(self, store: Path) -> None:
        load(store, TEXT, "service_record")
        again = load(store, TEXT, "service_record")
        with pytest.raises(LoadError, match="has no open row at line 3"):
            self.dismissed(store, again.load_id, 3)
        assert self.dismissed(store, again.load_id) == 3
        assert open_rows(store) == ()

    def test_what_is_dismissed_stays_so(self, store: Path) -> None:
        first = load(store, TEXT, "service_record")
        self.dismissed(store, first.load_id, 4)
        tomorrow = load(store, f"{RECORD}\nR7,P1,repair,2024-01-05\n{WORSE}\n", "service_record")
        assert (tomorrow.refused, tomorrow.known) == (1, 1)
        assert [row.line for row in the_open(store).rows] == [3, 5]
        # A later row with its key is no reason to think otherwise of it,
        load(store, f"{RECORD}\nR3,P1,repair,2024-01-05\n", "service_record")
        assert states(store)["dismissed"] == 1

    def test_who_corrects_it_all_the_same_has_it_loaded(self, store: Path) -> None:
        first = load(store, TEXT, "service_record")
        file = corrected(downloaded(store), ("mending", "repair"))
        self.dismissed(store, first.load_id)
        result = load_alone(store, file)
        assert (result.inserted, result.closed, result.known) == (1, 1, 2)
        assert states(store) == {"closed": 1, "dismissed": 2, "superseded": 2}

    def test_what_is_not_there(self, store: Path) -> None:
        first = load(store, TEXT, "service_record")
        with pytest.raises(LoadError, match=f"Load {first.load_id} has no open row at line 2, 9"):
            self.dismissed(store, first.load_id, 9, 3, 2)
        with pytest.raises(LoadError, match="knows no load nothing"):
            self.dismissed(store, "nothing")
        self.dismissed(store, first.load_id)
        with pytest.raises(LoadError, match="has no open row\\."):
            self.dismissed(store, first.load_id)
        assert current_version(store) == 2


def as_contract_1(store: Path) -> None:
    """Make of the current version what the first contract would have made of it."""
    version = current_version(store)
    assert version is not None
    with duckdb.connect(str(store_file(store, version))) as connection:
        connection.execute("drop table refused_row")
        connection.execute("alter table load_log drop column removed")
        connection.execute("update store_info set contract_version = 1")
    with duckdb.connect(str(private_file(store, version))) as connection:
        connection.execute("drop table load_source")
        for column in ("problems", "fields", "row_key", "read_by", "edited"):
            connection.execute(f"alter table quarantine drop column {column}")
    (store / LEDGER).unlink()  # it had none


OLD = [
    (f"{RECORD},reopen_count", ",P1,mending,2999-01-01,-1", "service_record"),
    (f"{RECORD},closed_at", "R5,P1,repair,2024-01-05,2024-01-01", "service_record"),
    ("survey_id,project_id,nps,csat", "V1,P1,11,", "survey"),
    ("survey_id,project_id,nps", "V1,P1,10", "survey"),
    (
        "inspection_id,project_id,inspected_on,item,rectified_on",
        "I1,P1,2024-01-05,x,2024-01-01",
        "inspection",
    ),
    ("metric,scope_type,month,value", "csat,company,2024-13,1", "target"),
    (RECORD, f"{GOOD}\nR1,P2,repair,2024-01-05\n{TORN}", "service_record"),
]


def test_a_store_of_an_older_contract_is_upgraded(store: Path) -> None:
    for header, text, table in OLD:
        load(store, f"{header}\n{text}\n", table)
    failed = "select load_id, line, list_sort(problems) from refused_row order by 1, 2"
    before = rows(store, failed)
    assert len(before) == 9
    as_contract_1(store)
    assert len(Store(Settings(store=store)).run("load_history", EVERYTHING)) == len(OLD)
    with pytest.raises(StoreError, match="made by an older version"):
        open_rows(store)
    load(store, "project_id,project_name\nP1,x\n", "project")
    assert rows(store, failed) == before
    assert rows(store, "select contract_version from store_info") == [(2,)]
    assert sum(len(held.rows) for held in open_rows(store)) == 9


def test_rows_of_an_older_contract_can_be_filled_in(store: Path) -> None:
    load(store, TEXT, "service_record")
    as_contract_1(store)
    load(store, "project_id,project_name\nP1,x\n", "project")
    file = downloaded(store)
    header, first, *_ = file.read_text(encoding="utf-8-sig").splitlines()
    names = re.findall('"(.*?)"', header)
    cells = dict.fromkeys(names, "") | dict(zip(RECORD.split(","), MENDED.split(","), strict=True))
    cells["quarantine_id"] = first.split('"')[1]
    file.write_text(f"{','.join(names)}\n{','.join(cells.values())}\n", encoding="utf-8")
    result = load_alone(store, file)
    assert (result.inserted, result.closed, result.unmapped) == (1, 1, ())
    # The file itself, loaded again, tells the rest.
    again: LoadResult = load(store, TEXT, "service_record")
    assert (again.refused, again.known) == (3, 3)
    assert [row.fields for row in the_open(store).rows] == [("R3", "", "repair", "soon"), None]
