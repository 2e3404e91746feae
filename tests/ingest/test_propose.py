"""Proposals: which mapping headers and values speak for, and when it is sure enough."""

import json
from pathlib import Path

import openpyxl
import pytest

from dashboard.errors import LoadError, MappingError
from dashboard.ingest.aliases import ALIASES, CODE_WORDS, SHARED_ALIASES
from dashboard.ingest.load import load_file
from dashboard.ingest.mapping import fitting, load_mapping
from dashboard.ingest.mapping_text import mapping_text
from dashboard.ingest.preview import preview
from dashboard.ingest.propose import propose
from dashboard.ingest.schema import source_columns
from dashboard.ingest.times import first_of_day_and_month, time_forms
from dashboard.settings import MAPPINGS, Settings
from tests.ingest.loading import contents, load, load_alone, rows

ORDERS = """工单编号,小区名称,工单类型,来源渠道,创建时间,完成时间,处理人,工单状态,处理费用,备注
GD1,翠湖花园,报修,电话,2025年3月1日 8:05,2025年3月1日 10:00,张三,已完成,"1,200.00",
GD2,翠湖花园,投诉建议,微信,2025年3月2日 9:05,,李四,处理中,-,x
GD3,锦绣里,报修,APP,2025年3月3日 8:05,2025年3月4日 10:00,张三,已关闭,30,
"""
SURVEY = (
    "问卷编号,小区,提交时间,总体满意度,推荐意愿\nA1,翠湖,2024/5/1 9:00,5,9\nA2,翠湖,2024/5/2,4,6\n"
)


def written(store: Path, text: str, name: str = "export.csv") -> Path:
    file = store.parent / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_chinese_export_of_which_nothing_is_said(store: Path) -> None:
    result = load_alone(store, written(store, ORDERS))
    assert (result.table, result.inserted, result.refused) == ("service_record", 3, 0)
    assert (result.mapping, result.unmapped) == ("proposed", ("备注",))
    assert result.took["created_at"] == "创建时间"
    found = "record_id, kind, channel, created_at::varchar, status, cost::int"
    assert rows(store, f"select {found} from service_record order by 1") == [  # noqa: S608
        ("GD1", "repair", "phone", "2025-03-01 08:05:00", "resolved", 1200),
        ("GD2", "complaint", "wechat", "2025-03-02 09:05:00", "in_progress", None),
        ("GD3", "repair", "app", "2025-03-03 08:05:00", "resolved", 30),
    ]


def test_a_survey_is_told_from_records(store: Path) -> None:
    result = load_alone(store, written(store, SURVEY))
    assert (result.table, result.inserted) == ("survey", 2)
    assert rows(store, "select survey_id, nps, csat from survey order by 1") == [
        ("A1", 9, 5),
        ("A2", 6, 4),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a,b\n1,2\n", "None of them bears a known name"),
        ("ticket id,site,type\n1,A,repair\n", "created_at is lacking"),
        (
            "ticket id,site,type,created,resolved\n1,A,repair,01/02/2024,03/04/2024\n",
            "day and month cannot be told apart",
        ),
        ("1,2024-01-01\n2,2024-01-02\n3,2024-01-03\n4,2024-01-04\n", "has no header"),
    ],
)
def test_what_does_not_tell_is_refused(store: Path, text: str, why: str) -> None:
    with pytest.raises(LoadError, match=why) as raised:
        load_alone(store, written(store, text))
    assert raised.value.hint
    assert not (store / "CURRENT").exists()


def test_scores_in_words_and_stars_are_taken_for_what_they_say(store: Path) -> None:
    header = "答卷编号,您所在的小区,提交答卷时间,1、推荐意愿,Q2. 满意度,服务态度,意见建议"
    text = f"""{header}
A1,翠湖,2024/5/1,9分,非常满意,★★★★★,快
A2,翠湖,2024/5/2,10,一般,★,不适用
A3,翠湖,2024/5/3,０,Dissatisfied,3,—
A4,翠湖,2024/5/4,不适用,(跳过),5星,(空)
"""
    result = load_alone(store, written(store, text))
    assert (result.table, result.inserted, result.refused, result.unmapped) == ("survey", 4, 0, ())
    found = "survey_id, nps, csat, attitude, comment"
    assert rows(store, f"select {found} from survey order by 1") == [  # noqa: S608
        ("A1", 9, 5, 5, "快"),
        ("A2", 10, 3, 1, None),
        ("A3", 0, 2, 3, None),
        ("A4", None, None, 5, None),
    ]


def test_scores_of_another_scale_are_not_taken_as_they_stand(store: Path) -> None:
    lines = [f"A{n},翠湖,2024/5/1,{n % 10 + 1},{n % 11}" for n in range(40)]
    text = "\n".join(["问卷编号,小区,提交时间,总体满意度,推荐意愿", *lines])
    result = load_alone(store, written(store, text))
    assert (result.inserted, result.unmapped) == (40, ("总体满意度",))
    assert rows(store, "select count(nps), count(csat) from survey") == [(40, 0)]


def test_the_last_row_of_a_merged_header_names_a_column() -> None:
    header = ("工单编号", "项目", "工单类型", "时间 报修时间", "时间 完成时间")
    sample = [[f"G{n}", "翠湖", "报修", "2024-01-05", "2024-01-06"] for n in range(9)]
    proposal = propose(header, sample)
    assert proposal.confident
    found = {match.column: match.source for match in proposal.matches}
    assert (found["created_at"], found["resolved_at"]) == header[3:]


def test_an_export_of_an_english_helpdesk(store: Path) -> None:
    text = """Ticket #,Property Name,Ticket Type,Created On,Resolved On,Assigned To,Via,Cost
#1,Lakeside,Repair,"5 Mar 2024, 14:05","6 Mar 2024, 09:30",Bob,Phone,"1 200,50"
#2,Lakeside,Complaint,"13 Mar 2024, 14:05",,Ann,WeChat,"12,00"
"""
    result = load_alone(store, written(store, text))
    assert (result.inserted, result.refused, result.unmapped) == (2, 0, ())
    found = "record_id, kind, created_at::varchar, cost::double"
    assert rows(store, f"select {found} from service_record order by 1") == [  # noqa: S608
        ("#1", "repair", "2024-03-05 14:05:00", 1200.5),
        ("#2", "complaint", "2024-03-13 14:05:00", 12.0),
    ]


DOUBTFUL = "ticket id,site,type,created\n1,A,repair,01/02/2024\n2,A,repair,03/04/2024\n"


def test_what_is_in_doubt_is_said_where_the_table_is_named(store: Path) -> None:
    with pytest.raises(LoadError, match="in created day and month cannot be told") as raised:
        load(store, DOUBTFUL, "service_record")
    assert 'formats = ["%d/%m/%Y"]' in raised.value.hint


def test_a_workbook_that_begins_with_another_sheet(store: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["请勿修改"])
    orders = book.create_sheet("工单")
    for line in ORDERS.splitlines():
        orders.append(line.split(","))
    book.save(file := store.parent / "book.xlsx")
    with pytest.raises(LoadError) as raised:
        load_alone(store, file)
    assert "--sheet (Sheet, 工单)" in raised.value.hint


@pytest.mark.parametrize(
    ("names", "day"),
    [(("报修日期", "报修时间"), "2024-03-{}"), (("Created Date", "Created Time"), "{}/03/2024")],
)
def test_a_day_and_its_time_of_day_are_put_together(
    store: Path, names: tuple[str, str], day: str
) -> None:
    lines = [f"G{n},翠湖,报修,{day.format(n)},{n - 5}:05" for n in range(10, 20)]
    lines.append(f"G20,翠湖,报修,{day.format(20)},")
    text = "\n".join([f"工单号,项目,工单类型,{','.join(names)}", *lines])
    result = load_alone(store, written(store, text))
    assert (result.inserted, result.unmapped) == (11, ())
    assert result.took["created_at"] == " + ".join(names)
    found = "select created_at::varchar from service_record where record_id in ('G10', 'G20')"
    assert rows(store, f"{found} order by 1") == [
        ("2024-03-10 05:05:00",),
        ("2024-03-20 00:00:00",),
    ]


def test_values_speak_against_a_name() -> None:
    header = ("id", "site", "type", "created", "state")
    sample = [[str(n), "A", "repair", "2024-01-05", "lorem"] for n in range(20)]
    matched = {match.column for match in propose(header, sample, "service_record").matches}
    assert matched == {"record_id", "project_id", "kind", "created_at"}
    sample = [["1", "A", "repair", "soon", "open"] for _ in range(20)]
    proposal = propose(header, sample, "service_record")
    assert proposal.lacking == ("record_id", "created_at")
    assert not proposal.confident


@pytest.mark.parametrize(
    ("samples", "formats", "ambiguous"),
    [
        (["2024-01-05", "2024/1/5 8:00"], (), False),
        (["2024-01-05T08:00:00Z"], (), False),
        (["31/01/2024 8:05"], ("%d/%m/%Y %H:%M",), False),
        (["01/31/2024 08:05:00 PM"], ("%m/%d/%Y %I:%M:%S %p",), False),
        (["01.02.2024"], ("%d.%m.%Y",), True),
        (["20240105", "20241231"], ("%Y%m%d",), False),
        (["2024年1月5日", "2024年1月5日 8:05"], ("%Y年%m月%d日", "%Y年%m月%d日 %H:%M"), False),
        (["45000.5", "45001"], ("serial",), False),
        (["1704067200", "1704067200123"], ("epoch",), False),
        (["2024年3月5日 上午9:05"], ("%Y年%m月%d日 %p%I:%M",), False),
        (["2024-03-05 2:05:00 PM"], ("%Y-%m-%d %I:%M:%S %p",), False),
        (["13/03/2024, 14:05"], ("%d/%m/%Y, %H:%M",), False),
        (["March 5, 2024 2:05 PM"], ("%B %d, %Y %I:%M %p",), False),
        (["2024-03-05 06:05:00 UTC"], (), False),
        # as a spreadsheet leaves a column that it took for times in part
        (["2024-03-05", "2024年3月6日", "45357.5"], ("%Y年%m月%d日", "iso", "serial"), False),
    ],
)
def test_forms_of_times(samples: list[str], formats: tuple[str, ...], ambiguous: bool) -> None:
    forms = time_forms(samples)
    assert (forms.formats, forms.share, forms.ambiguous) == (formats, 1.0, ambiguous)


def test_numbers_of_day_and_month_are_not_read_beside_times_that_a_spreadsheet_took() -> None:
    # 05/03/2024 of the same column may have become 2024-05-03
    forms = time_forms(["2024-05-03"] * 2 + ["13/03/2024", "14/03/2024"])
    assert (forms.formats, forms.share) == ((), 0.5)


def test_one_column_tells_the_order_of_day_and_month_for_all() -> None:
    sure, doubtful = time_forms(["12/31/2024"]), ["01/02/2024"]
    first = first_of_day_and_month([sure, time_forms(doubtful)])
    assert first == "%m"
    assert time_forms(doubtful, prefer=first).formats == ("%m/%d/%Y",)


def test_odd_values_do_not_make_records_into_surveys(store: Path) -> None:
    text = (
        "工单号,项目,类型,创建时间,完成时间\n1,翠湖,吵架,2025-03-01,2025-03-02\n2,翠湖,报修,昨天,\n"
    )
    header, *lines = (line.split(",") for line in text.splitlines())
    found = propose(tuple(header), lines)
    assert found.mapping.table == "service_record"
    assert found.lacking == found.odd == ("kind", "created_at")
    with pytest.raises(LoadError, match="The closest is service_record, of which kind, created_at"):
        load_alone(store, written(store, text))


def test_a_dry_run_writes_nothing(store: Path) -> None:
    load_alone(store, written(store, SURVEY))
    before = contents(store)
    assert load_alone(store / "new", written(store, SURVEY), dry_run=True).inserted == 2
    assert not (store / "new").exists()
    more = written(store, SURVEY + "A3,锦绣里,2024/5/3,11,3\n")
    result = load_alone(store, more, dry_run=True)
    assert (result.inserted, result.unchanged, result.refused, result.version) == (0, 2, 1, 0)
    assert contents(store) == before
    shown = preview(more, table=None, mapping=None, sheet=None, settings=Settings(store=store))
    assert (shown.table, shown.proposal.confident, len(shown.rows)) == ("survey", True, 3)
    assert shown.rows[2] == ("A3", "锦绣里", "2024/5/3", "11", "3")
    taken = {one.column: (one.origin, one.samples) for one in shown.taken}
    assert taken["nps"] == ("推荐意愿", ("9", "6", "3"))


def test_a_mapping_is_kept_and_serves_the_same_header(store: Path) -> None:
    load_alone(store, written(store, ORDERS), save="客服 2025")
    again = load_alone(store, written(store, ORDERS, "april.csv"))
    assert (again.mapping, again.unchanged) == ("客服 2025", 3)
    kept = store / "mappings" / "客服 2025.toml"
    assert fitting(("a", "b"), kept.parent) is None
    assert load_mapping("客服 2025", kept.parent).table == "service_record"
    for name in ("../x", "", "a/b", ".x"):
        with pytest.raises(MappingError, match="cannot be the name"):
            load_alone(store, written(store, ORDERS), save=name or "/")


def test_a_broken_mapping_in_the_store_does_not_stop_others(store: Path) -> None:
    (store / "mappings").mkdir(parents=True)
    (store / "mappings" / "broken.toml").write_text("table =", encoding="utf-8")
    assert load_alone(store, written(store, ORDERS)).inserted == 3


@pytest.mark.parametrize("name", sorted(file.stem for file in MAPPINGS.glob("*.toml")))
def test_a_mapping_says_the_same_as_text(name: str, tmp_path: Path) -> None:
    mapping = load_mapping(name)
    file = tmp_path / f"{name}.toml"
    file.write_text(mapping_text(mapping), encoding="utf-8")
    assert load_mapping(str(file)) == mapping
    if mapping.header:
        assert fitting(mapping.header) == mapping


def test_the_contracts_own_names_come_first(store: Path) -> None:
    header = "record_id,工单号,project_id,kind,created_at,完成时间"
    text = f"{header}\nR1,X9,P,repair,2024-01-05,2024-01-06\n"
    result = load(store, text, "service_record")
    assert result.took == {
        "record_id": "record_id",
        "project_id": "project_id",
        "kind": "kind",
        "created_at": "created_at",
        "resolved_at": "完成时间",
    }
    assert result.unmapped == ("工单号",)


def test_aliases_are_of_columns_and_codes_that_exist() -> None:
    for table, aliases in ALIASES.items():
        assert set(aliases) <= {column.name for column in source_columns(table)}
        every = [alias for names in aliases.values() for alias in names]
        assert len(every) == len(set(every)), table
    assert all(names for names in SHARED_ALIASES.values())
    for code_set, words in CODE_WORDS.items():
        assert all(word == word.lower() for word in words), code_set


def test_a_table_that_is_named_is_kept(store: Path) -> None:
    settings = Settings(store=store)
    result = load_file(
        written(store, SURVEY), table="survey", mapping=None, settings=settings, who="tester"
    )
    assert json.loads(json.dumps(result.as_dict()))["table"] == "survey"
