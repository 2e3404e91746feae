"""Mappings: what they can say, and how a wrong one is refused."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.errors import LoadError, MappingError
from dashboard.ingest.mapping import load_mapping
from dashboard.ingest.mapping_parser import Parser
from dashboard.ingest.mapping_text import mapping_content, mapping_text
from dashboard.ingest.names import BLANKS
from dashboard.settings import MAPPINGS, ROOT
from tests.ingest.loading import load, quarantine, rows

README = (ROOT / "README.md").read_text(encoding="utf-8")

GOOD = """
title = "A help desk"
table = "service_record"
null = ["N/A", "-"]

[columns]
record_id = "Ticket No"
project_id = { from = "site", blank = "unknown" }
staff_id = "owner"
category = "owner"
kind = { from = "subject", values = { "Angry Mail" = "complaint", "?" = "" }, else = "repair" }
created_at = { from = "opened", formats = ["%d.%m.%Y %H:%M", "%d.%m.%Y"] }
stage = { constant = "after_sales" }
channel = { from = "subject", values = { "angry mail" = "E-mail" } , else = "other", blank = "web" }
"""

SOURCE = """Ticket No ,SITE,owner,Subject,opened,left over
1,North,ann,Angry mail,13.02.2024 09:05,x
2,n/a,-,Lamp,1.2.2024,x
3, ,bob,?,1.2.2024,x
4,N,bob,Lamp,2024-02-01,x
"""


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    file = tmp_path / "desk.toml"
    file.write_text(GOOD, encoding="utf-8")
    return file


def test_mapping_applies(store: Path, mapping: Path) -> None:
    result = load(store, SOURCE, "service_record", mapping=str(mapping))
    assert (result.inserted, result.refused, result.unmapped) == (2, 2, ("left over",))
    assert result.refusals == {"kind: missing": 1, "created_at: unreadable": 1}
    columns = "record_id, project_id, staff_id, category, kind, channel, stage, created_at::varchar"
    assert rows(store, f"select {columns} from service_record order by 1") == [  # noqa: S608
        ("1", "North", "ann", "ann", "complaint", "email", "after_sales", "2024-02-13 09:05:00"),
        ("2", "unknown", None, None, "repair", "other", "after_sales", "2024-02-01 00:00:00"),
    ]
    assert rows(store, "select mapping from load_log") == [("desk",)]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('table = "service_record"', 'table = "records"', "table"),
        ('table = "service_record"', "", "table"),
        ('null = ["N/A", "-"]', 'null = "N/A"', "null"),
        ('null = ["N/A", "-"]', 'nil = ["N/A"]', "nil"),
        ('title = "A help desk"', "title = 3", "title"),
        ('staff_id = "owner"', 'staff = "owner"', "columns.staff"),
        ('staff_id = "owner"', "staff_id = 3", "columns.staff_id"),
        ('staff_id = "owner"', 'staff_id = " "', "columns.staff_id"),
        ('{ constant = "after_sales" }', '{ constant = "x", from = "y" }', "columns.stage"),
        ('{ constant = "after_sales" }', "{ constant = 1 }", "columns.stage.constant"),
        ('{ constant = "after_sales" }', "{ }", "columns.stage"),
        ('blank = "unknown"', 'empty = "unknown"', "columns.project_id.empty"),
        ('blank = "unknown"', 'else = "unknown"', "columns.project_id.else"),
        ('blank = "unknown"', 'formats = ["%Y"]', "columns.project_id.formats"),
        ('"%d.%m.%Y"]', '"%d.%m.%Y %z"]', "columns.created_at.formats"),
        ('"?" = ""', '"?" = 1', "columns.kind.values.?"),
        ('values = { "angry mail" = "E-mail" }', 'values = ["x"]', "columns.channel.values"),
        ("[columns]", "[cells]", "cells"),
        ("table = ", 'decimal = ";"\ntable = ', "decimal"),
        ("table = ", 'time_zone = "Mars"\ntable = ', "time_zone"),
        ("table = ", 'formats = ["%d %Z"]\ntable = ', "formats"),
        ("table = ", 'only = ["x"]\ntable = ', "only"),
        ("table = ", 'only = { site = "x" }\ntable = ', "only.site"),
        ("table = ", 'header = "x"\ntable = ', "header"),
        ('staff_id = "owner"', "staff_id = { from = [] }", "columns.staff_id.from"),
        ('staff_id = "owner"', 'staff_id = { text = "x" }', "columns.staff_id.text"),
        ('staff_id = "owner"', 'staff_id = { text = "{x" }', "columns.staff_id.text"),
        ('staff_id = "owner"', 'staff_id = { text = "{x}", from = "y" }', "columns.staff_id"),
        (
            'staff_id = "owner"',
            'staff_id = { from = "x", pattern = "(" }',
            "columns.staff_id.pattern",
        ),
        (
            'staff_id = "owner"',
            'staff_id = { from = "x", pattern = "y" }',
            "columns.staff_id.pattern",
        ),
        (
            'staff_id = "owner"',
            'staff_id = { from = "x", scale = [1, 5] }',
            "columns.staff_id.scale",
        ),
        ('staff_id = "owner"', 'due_at = { from = "x", after = "y" }', "columns.due_at.after"),
        ('staff_id = "owner"', 'due_at = { from = "x", unit = "days" }', "columns.due_at.unit"),
        (
            'staff_id = "owner"',
            'due_at = { from = "x", after = "created_at", unit = "years" }',
            "columns.due_at.unit",
        ),
        (
            'staff_id = "owner"',
            'due_at = { from = "x", after = "closed_at", unit = "days" }',
            "columns.due_at.after",
        ),
    ],
)
def test_a_wrong_mapping_names_file_and_key(mapping: Path, old: str, new: str, key: str) -> None:
    assert old in GOOD
    mapping.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(MappingError) as raised:
        load_mapping(str(mapping))
    assert raised.value.message.startswith(f"Mapping desk.toml, {key}: ")
    assert raised.value.hint


RICH = """
table = "survey"
null = ["-"]
time_zone = "UTC"
decimal = ","
only = { state = ["done", "Fertig"] }

[columns]
survey_id = { text = "{branch}-{no}" }
project_id = { from = "room", pattern = "^([^-]+)-" }
sent_at = { from = ["day", "time"], formats = ["%d.%m.%Y %H:%M", "%d.%m.%Y"] }
responded_at = { from = "hours", after = "sent_at", unit = "hours" }
nps = { from = "score", null = ["99"], scale = [1, 5] }
csat = { from = "grade", scale = [6, 1] }
comment = "note"
"""


def test_what_a_rich_mapping_says(store: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "rich.toml"
    mapping.write_text(RICH, encoding="utf-8")
    text = (
        "branch;no;room;day;time;hours;score;grade;note;state\n"
        "N;1;A-101;31.01.2024;20:30;1,5;5;1;-;done\n"
        "N;2;B-7-2;01.02.2024;-;24;99;6;x;FERTIG\n"
        "N;3;B-7-2;01.02.2024;-;24;3;3;x;open\n"
        "-;4;B-7-2;01.02.2024;-;24;3;7;x;done\n"
    )
    result = load(store, text, "survey", mapping=str(mapping))
    assert (result.read, result.inserted, result.left_out) == (3, 2, 1)
    assert result.refusals == {"csat: out_of_range": 1, "survey_id: missing": 1}
    columns = "survey_id, project_id, sent_at::varchar, responded_at::varchar, nps, csat, comment"
    assert rows(store, f"select {columns} from survey order by 1") == [  # noqa: S608
        ("N-1", "A", "2024-02-01 04:30:00", "2024-02-01 06:00:00", 10, 5, None),
        ("N-2", "B", "2024-02-01 08:00:00", "2024-02-02 08:00:00", None, 1, "x"),
    ]
    assert load(store, text, "survey", mapping=str(mapping)).unchanged == 2
    for old, new in [("room", "flat"), ("state", "status")]:
        with pytest.raises(MappingError, match=f"the file has no column '{old}'"):
            load(store, text.replace(old, new), "survey", mapping=str(mapping))


def test_what_the_readme_says_a_mapping_can_say(store: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "more.toml"
    mapping.write_text(README.split("```toml\n")[2].split("```")[0], encoding="utf-8")
    text = (
        "分公司;工单号;房号;日期;时间;处理时长;状态\n"
        "沪;1;翠湖-3-201;01.02.2025;10:30;1,5;已完成\n"
        "沪;2;翠湖-3-202;45689;-;无;处理中\n"
        "沪;3;翠湖-3-203;01.02.2025;10:30;1;已取消\n"
    )
    result = load(store, text, "service_record", mapping=str(mapping))
    assert (result.inserted, result.left_out) == (2, 1)
    columns = "record_id, project_id, created_at::varchar, resolved_at::varchar"
    assert rows(store, f"select {columns} from service_record order by 1") == [  # noqa: S608
        ("沪-1", "翠湖", "2025-02-01 09:30:00", "2025-02-01 11:00:00"),
        ("沪-2", "翠湖", "2025-01-31 23:00:00", None),
    ]


LOG = """
table = "service_record"
formats = ["%d.%m.%Y %H:%M"]
fold = { case = "ticket", event = "step", at = "when" }

[columns]
record_id = "ticket"
project_id = "site"
staff_id = "clerk"
kind = { constant = "repair" }
created_at = { event = ["opened"] }
first_response_at = { event = ["Called"] }
resolved_at = { event = ["solved", "closed"] }
"""


def test_a_log_is_folded_into_cases(store: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "log.toml"
    mapping.write_text(LOG, encoding="utf-8")
    text = (
        "ticket,site,step,when,clerk,note\n"
        "T1,North,closed,03.02.2025 09:00,,z\n"
        "T1,North,called,01.02.2025 09:00,ann,\n"
        "T2,South,opened,01.03.2025 08:00,eve,\n"
        "T1,North,called,31.01.2025 10:00,bob,\n"
        "T1,North,Opened ,31.01.2025 09:00,,\n"
        "T1,North,solved,02.02.2025 09:00,cid,\n"
        "T3,South,called,01.03.2025 09:00,eve,\n"
        "T4,South,opened,soon,eve,\n"
        ",South,opened,01.03.2025 08:00,eve,\n"
    )
    result = load(store, text, "service_record", mapping=str(mapping))
    assert (result.read, result.inserted, result.refused) == (5, 2, 3)
    assert result.unmapped == ("note",)
    columns = "record_id, staff_id, created_at::varchar, first_response_at::varchar"
    found = rows(store, f"select {columns}, resolved_at::varchar from service_record order by 1")  # noqa: S608
    assert found == [
        ("T1", "cid", "2025-01-31 09:00:00", "2025-01-31 10:00:00", "2025-02-02 09:00:00"),
        ("T2", "eve", "2025-03-01 08:00:00", None, None),
    ]
    assert [(line, why) for line, _, why in quarantine(store)] == [
        (8, ["created_at: is missing"]),
        (9, ["row: the time of a step, 'soon', cannot be read"]),
        (10, ["record_id: is missing"]),
    ]
    assert load(store, text, "service_record", mapping=str(mapping)).unchanged == 2
    more = text + "T2,South,solved,02.03.2025 08:00,,\n"
    assert load(store, more, "service_record", mapping=str(mapping)).updated == 1


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('fold = { case = "ticket", event = "step", at = "when" }', "", "columns.created_at.event"),
        ('at = "when"', 'time = "when"', "fold"),
        ('"clerk"', '{ event = ["opened"] }', "columns.staff_id.event"),
        ('{ event = ["opened"] }', '{ event = "opened" }', "columns.created_at.event"),
        ('{ event = ["opened"] }', '{ event = ["x"], from = "when" }', "columns.created_at"),
    ],
)
def test_a_wrong_fold_names_its_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    file = tmp_path / "log.toml"
    assert old in LOG
    file.write_text(LOG.replace(old, new), encoding="utf-8")
    with pytest.raises(MappingError) as raised:
        load_mapping(str(file))
    assert raised.value.message.startswith(f"Mapping log.toml, {key}: ")


def test_rich_mappings_say_the_same_as_text(tmp_path: Path) -> None:
    file = tmp_path / "same.toml"
    for content in (GOOD, RICH, LOG):
        file.write_text(content, encoding="utf-8")
        mapping = load_mapping(str(file))
        file.write_text(mapping_text(mapping), encoding="utf-8")
        assert load_mapping(str(file)) == mapping


@pytest.mark.parametrize(
    ("sign", "texts", "meant"),
    [
        (",", ["1.234,50", "7", "¥ 3,5", "1 000,0"], [1234.5, 7.0, 3.5, 1000.0]),
        (".", ["1,234.50", "7", "￥3.5", "20元"], [1234.5, 7.0, 3.5, 20.0]),
    ],
)
def test_numbers(
    store: Path, tmp_path: Path, sign: str, texts: list[str], meant: list[float]
) -> None:
    mapping = tmp_path / "numbers.toml"
    mapping.write_text(
        f'table = "service_record"\ndecimal = "{sign}"\n[columns]\nrecord_id = "id"\n'
        'project_id = "id"\nkind = { constant = "repair" }\ncreated_at = "at"\ncost = "cost"\n',
        encoding="utf-8",
    )
    lines = [f"{index}|2024-01-05|{text}" for index, text in enumerate(texts)]
    text = "\n".join(["id|at|cost", *lines, f"9|2024-01-05|1{'.,'.replace(sign, '')}5"])
    result = load(store, text, "service_record", mapping=str(mapping))
    assert result.refusals == {"cost: unreadable": 1}
    assert rows(store, "select cost::double from service_record order by record_id") == [
        (number,) for number in meant
    ]


def test_iso_forms_beside_other_formats(store: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "times.toml"
    mapping.write_text(
        'table = "service_record"\ntime_zone = "UTC"\nformats = ["%d.%m.%Y", "serial", "iso"]\n'
        '[columns]\nrecord_id = "id"\nproject_id = "id"\nkind = { constant = "repair" }\n'
        'created_at = "at"\n',
        encoding="utf-8",
    )
    times = ["05.01.2024", "45296.5", "2024/1/5 8:00", "2024-01-05T08:00:00+08:00", "1/5/24"]
    text = "\n".join(["id|at", *(f"{index}|{time}" for index, time in enumerate(times))])
    result = load(store, text, "service_record", mapping=str(mapping))
    assert result.refusals == {"created_at: unreadable": 1}
    assert rows(store, "select created_at::varchar from service_record order by record_id") == [
        ("2024-01-05 08:00:00",),
        ("2024-01-05 20:00:00",),
        ("2024-01-05 16:00:00",),
        ("2024-01-05 08:00:00",),
    ]


def test_moments_since_1970_and_half_days_in_chinese(store: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "times.toml"
    mapping.write_text(
        'table = "service_record"\ntime_zone = "America/New_York"\n'
        'formats = ["%Y年%m月%d日 %p%I:%M", "epoch", "iso"]\n'
        '[columns]\nrecord_id = "id"\nproject_id = "id"\nkind = { constant = "repair" }\n'
        'created_at = "at"\n',
        encoding="utf-8",
    )
    times = ["1704412800", "1704412800123", "2024年1月5日 上午8:05", "2024年1月5日 下午8:05"]
    times += ["2024-01-05 00:00:00 UTC", "170441280"]
    text = "\n".join(["id|at", *(f"{index}|{time}" for index, time in enumerate(times))])
    result = load(store, text, "service_record", mapping=str(mapping))
    assert result.refusals == {"created_at: unreadable": 1}
    assert rows(store, "select created_at::varchar from service_record order by record_id") == [
        ("2024-01-05 08:00:00",),
        ("2024-01-05 08:00:00.123",),
        ("2024-01-05 21:05:00",),
        ("2024-01-06 09:05:00",),
        ("2024-01-05 08:00:00",),
    ]


def test_durations_from_moments_of_another_zone(store: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "times.toml"
    mapping.write_text(
        'table = "service_record"\ntime_zone = "America/New_York"\n[columns]\nrecord_id = "id"\n'
        'project_id = "id"\nkind = { constant = "repair" }\ncreated_at = "at"\n'
        'resolved_at = { from = "hours", after = "created_at", unit = "hours" }\n',
        encoding="utf-8",
    )
    # with an offset; over the night in which clocks go forward; without a turn of clocks
    times = ["2024-11-04T01:30:00-05:00", "2024-03-09 20:00:00", "2024-06-01 20:00:00"]
    text = "\n".join(["id|at|hours", *(f"{index}|{time}|12" for index, time in enumerate(times))])
    load(store, text, "service_record", mapping=str(mapping))
    took = "select (resolved_at - created_at)::varchar from service_record"
    assert rows(store, took) == [("12:00:00",)] * 3


def test_words_are_no_times_of_a_format(store: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "times.toml"
    mapping.write_text(
        'table = "service_record"\nformats = ["%d.%m.%Y"]\n[columns]\nrecord_id = "id"\n'
        'project_id = "id"\nkind = { constant = "repair" }\ncreated_at = "at"\n',
        encoding="utf-8",
    )
    text = "id|at\nA|epoch\nB|infinity\nC|05.01.2024\nD|-Infinity\n"
    result = load(store, text, "service_record", mapping=str(mapping))
    assert result.refusals == {"created_at: unreadable": 3}


def as_json(mapping: Path, content: object) -> str:
    file = mapping.with_suffix(".json")
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8-sig")
    return str(file)


@pytest.mark.parametrize("content", [GOOD, RICH, LOG])
def test_a_mapping_in_json_says_the_same(mapping: Path, content: str) -> None:
    mapping.write_text(content, encoding="utf-8")
    read = load_mapping(str(mapping))
    assert load_mapping(as_json(mapping, tomllib.loads(content))) == read
    assert load_mapping(as_json(mapping, mapping_content(read))) == read


def test_a_mapping_in_json_loads_a_file(store: Path, mapping: Path) -> None:
    name = as_json(mapping, tomllib.loads(GOOD))
    assert load(store, SOURCE, "service_record", mapping=name).inserted == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "Mapping .*desk.json cannot be read: Expecting"),
        ("[]", "desk.json cannot be read: it is not an object in braces"),
        ('{"table": "survey", "table": "survey"}', "the key 'table' stands twice"),
        ("[" * 100_000, "desk.json cannot be read: "),
        ('{"table": "survey", "columns": {"nps": 3}}', "Mapping desk.json, columns.nps: it is nei"),
        ('{"table": "survey", "columns": []}', "Mapping desk.json, columns: it is missing or"),
        (
            '{"table": "survey", "columns": {"nps": {"from": "a", "scale": [NaN, 5]}}}',
            r"desk.json, columns\.nps\.scale: it is no pair of numbers",
        ),
        (
            '{"table": "survey", "columns": {"nps": {"from": "a", "scale": [true, 5]}}}',
            r"desk.json, columns\.nps\.scale: it is no pair of numbers",
        ),
    ],
)
def test_a_wrong_mapping_in_json_names_file_and_key(mapping: Path, text: str, told: str) -> None:
    file = mapping.with_suffix(".json")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(MappingError, match=told) as raised:
        load_mapping(str(file))
    assert raised.value.hint


@given(
    st.dictionaries(st.text(min_size=1).filter(str.strip), st.text(), min_size=1, max_size=3),
    st.text(min_size=1).filter(lambda text: text.strip(BLANKS)),
)
@settings(max_examples=50, deadline=None)
def test_any_text_in_a_mapping_says_the_same(values: dict[str, str], name: str) -> None:
    values = {text: means for text, means in values.items() if text.strip(BLANKS)}
    rule = {"from": name, "blank": name} | ({"values": values} if values else {})
    content = {"table": "survey", "header": [name], "columns": {"comment": rule}}
    mapping = Parser("any").mapping("any", content)
    assert mapping_content(mapping) == content
    again = tomllib.loads(mapping_text(mapping))
    assert Parser("any").mapping("any", again) == mapping


def test_a_table_without_what_it_takes_is_refused_whole(store: Path) -> None:
    with pytest.raises(LoadError, match="no column is mapped to created_at, which is required"):
        load(store, "record_id,project_id,kind\nR1,P1,repair\n", "service_record")
    assert not store.exists()


def test_broken_and_missing_mappings(mapping: Path) -> None:
    mapping.write_text("table = ", encoding="utf-8")
    with pytest.raises(MappingError, match=r"desk\.toml cannot be read: Invalid value"):
        load_mapping(str(mapping))
    with pytest.raises(MappingError, match=r"no mapping 'nowhere'.*boston_311"):
        load_mapping("nowhere")


def test_a_source_without_a_mapped_column_is_refused(store: Path, mapping: Path) -> None:
    with pytest.raises(MappingError, match=r"columns\.project_id: the file has no column 'site'"):
        load(store, SOURCE.replace("SITE", "place"), "service_record", mapping=str(mapping))
    with pytest.raises(LoadError, match="is for the table service_record, not survey"):
        load(store, SOURCE, "survey", mapping=str(mapping))


def test_every_mapping_of_the_project_is_valid() -> None:
    names = [file.stem for file in MAPPINGS.glob("*.toml")]
    assert "boston_311" in names
    for name in names:
        mapping = load_mapping(name)
        assert mapping.columns
        chinese, english = mapping.title.split(" / ")
        assert re.search(r"[\u4e00-\u9fff]", chinese)
        assert english.isascii()


def test_generic_mappings_of_the_project(store: Path) -> None:
    orders = (
        "工单号,项目名称,客户编号,工单类型,来源渠道,问题分类,创建时间,响应时间,完成时间,"
        "反馈时间,关闭时间,处理人,工单状态,问题描述\n"
        "G1,翠湖,C1,报事报修,热线,漏水,2025/3/1 8:05,2025/3/1 8:30,2025/3/1 10:00,-,-,张三,"
        "已完成,厨房\n"
        "G2,翠湖,C2,投诉建议,短信,噪音,2025/3/2 8:05,-,-,-,-,-,已作废,无\n"
    )
    result = load(store, orders, "service_record", mapping="chinese_work_orders")
    assert (result.inserted, result.unmapped) == (2, ())
    columns = "record_id, kind, channel, status, staff_id, detail"
    assert rows(store, f"select {columns} from service_record order by 1") == [  # noqa: S608
        ("G1", "repair", "phone", "resolved", "张三", "厨房"),
        ("G2", "complaint", "other", "cancelled", None, None),
    ]
    answers = (
        "问卷编号,项目名称,工单号,发送时间,提交时间,总体满意度,推荐意愿,意见建议\n"
        "A1,翠湖,G1,2025/3/2,2025/3/3 9:00,非常满意,10,好\nA2,翠湖,G2,2025/3/2,-,不适用,-,无\n"
        "A3,翠湖,G2,2025/3/2,2025/3/3,3,6,\n"
    )
    result = load(store, answers, "survey", mapping="satisfaction_survey")
    assert (result.inserted, result.refused) == (3, 0)
    assert rows(store, "select csat, nps from survey order by survey_id") == [
        (5, 10),
        (None, None),
        (3, 6),
    ]


def test_names_match_in_any_case(store: Path) -> None:
    text = " Record_ID,PROJECT_id,Kind,created_AT ,registered\nR1,P1,repair,2024-01-05,1\n"
    result = load(store, text, "service_record")
    assert (result.inserted, result.unmapped) == (1, ("registered",))


def test_the_refusal_without_a_key_names_the_whole_header(store: Path) -> None:
    with pytest.raises(LoadError, match="no column is mapped to record_id") as raised:
        load(store, "ticket,project_id,Kind\n1,P1,repair\n", "service_record")
    assert raised.value.hint.startswith("Columns of the file: ticket, project_id, Kind. Rename ")


def test_numbers_beyond_all_bounds_refuse_their_rows_alone(store: Path, mapping: Path) -> None:
    mapping.write_text(
        'table = "service_record"\n[columns]\nrecord_id = "id"\nproject_id = "place"\n'
        'kind = { constant = "repair" }\ncreated_at = "day"\n'
        'resolved_at = { from = "hours", after = "created_at", unit = "hours" }\n'
    )
    lines = [f"{n},P1,2024-01-05,{hours}" for n, hours in enumerate((2, "1e300", "1e400", "9e99"))]
    text = "\n".join(["id,place,day,hours", *lines])
    assert load(store, text, "service_record", mapping=str(mapping)).refusals == {
        "resolved_at: unreadable": 3
    }
    mapping.write_text(
        'table = "survey"\n[columns]\nsurvey_id = "id"\nproject_id = "place"\n'
        'responded_at = "day"\nnps = { from = "score", scale = [1, 5] }\n'
    )
    lines = [f"{n},P1,2024-01-05,{score}" for n, score in enumerate((5, "1e300", "1e400", 10**11))]
    result = load(store, "\n".join(["id,place,day,score", *lines]), "survey", mapping=str(mapping))
    assert (result.inserted, result.refused) == (1, 3)


def test_a_time_that_was_cut_is_not_read_as_another(store: Path, mapping: Path) -> None:
    mapping.write_text(
        'table = "service_record"\nformats = ["%Y-%m-%d %H:%M", "%Y-%m-%d %I:%M:%S %p"]\n'
        '[columns]\nrecord_id = "id"\nproject_id = "place"\n'
        'kind = { constant = "repair" }\ncreated_at = "day"\n'
    )
    times = ("2024-01-05 16:0", "2024-01-05 16:05", "2024-01-05 4:05:3 PM", "2024-01-05 4:05:30 PM")
    text = "\n".join(["id,place,day", *(f"{n},P1,{time}" for n, time in enumerate(times))])
    result = load(store, text, "service_record", mapping=str(mapping))
    assert (result.inserted, result.refusals) == (2, {"created_at: unreadable": 2})
