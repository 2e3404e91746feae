"""Every rule that refuses a row or warns of one, and the values that pass."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard.codes import CODES
from dashboard.contract import TABLES
from dashboard.i18n import code_labels
from dashboard.ingest.schema import source_columns
from tests.ingest.loading import RECORD, load, quarantine, reasons, rows

SURVEY = "survey_id,project_id,responded_at"
GOOD = "R1,P1,repair,2024-01-05 10:00:00"


@pytest.mark.parametrize(
    ("table", "header", "row", "reason"),
    [
        ("service_record", RECORD, ",P1,repair,2024-01-05", "record_id: is missing"),
        ("service_record", RECORD, "R1, ,repair,2024-01-05", "project_id: is missing"),
        ("service_record", RECORD, "R1,P1,,2024-01-05", "kind: is missing"),
        ("service_record", RECORD, "R1,P1,repair,", "created_at: is missing"),
        (
            "service_record",
            RECORD,
            "R1,P1,repair,32.13.2011",
            "created_at: '32.13.2011' cannot be read as a time",
        ),
        (
            "service_record",
            RECORD,
            "R1,P1,repair,2024-02-30 10:00",
            "created_at: '2024-02-30 10:00' cannot be read as a time",
        ),
        (
            "service_record",
            RECORD,
            "R1,P1,repair,2999-01-01 00:00:00",
            "created_at: 2999-01-01 00:00:00 lies more than a day after the load",
        ),
        (
            "service_record",
            RECORD,
            "R1,P1,mending,2024-01-05",
            "kind: 'mending' is not one of consultation, repair, complaint, follow_up, visit,"
            " value_added, praise",
        ),
        (
            "service_record",
            f"{RECORD},reopen_count",
            f"{GOOD},-1",
            "reopen_count: -1 is below 0",
        ),
        (
            "service_record",
            f"{RECORD},reopen_count",
            f"{GOOD},4.7",
            "reopen_count: '4.7' cannot be read as a whole number",
        ),
        (
            "service_record",
            f"{RECORD},reopen_count",
            f"{GOOD},99999999999",
            "reopen_count: '99999999999' cannot be read as a whole number",
        ),
        (
            "service_record",
            f"{RECORD},escalated",
            f"{GOOD},maybe",
            "escalated: 'maybe' cannot be read as true or false",
        ),
        ("service_record", f"{RECORD},cost", f"{GOOD},-0.001", "cost: -0.001 is below 0"),
        (
            "service_record",
            f"{RECORD},cost",
            f"{GOOD},nan",
            "cost: 'nan' cannot be read as a number",
        ),
        (
            "service_record",
            f"{RECORD},cost",
            f"{GOOD},inf",
            "cost: 'inf' cannot be read as a number",
        ),
        (
            "target",
            "metric,scope_type,value",
            "csat,company,1e400",
            "value: '1e400' cannot be read as a number",
        ),
        (
            "service_record",
            f"{RECORD},revenue",
            f'{GOOD},"1,234"',
            "revenue: '1,234' cannot be read as a number",
        ),
        *(
            (
                "service_record",
                f"{RECORD},{column}",
                f"{GOOD},2024-01-05 09:59:59",
                f"{column}: 2024-01-05 09:59:59 lies before created_at 2024-01-05 10:00:00",
            )
            for column in (
                "first_response_at",
                "investigated_at",
                "on_site_at",
                "resolved_at",
                "fed_back_at",
                "closed_at",
            )
        ),
        ("survey", f"{SURVEY},nps", "V1,P1,2024-01-05,11", "nps: 11 is not between 0 and 10"),
        ("survey", f"{SURVEY},csat", "V1,P1,2024-01-05,7", "csat: 7 is not between 1 and 5"),
        ("survey", f"{SURVEY},csat", "V1,P1,2024-01-05,300", "csat: 300 is not between 1 and 5"),
        ("survey", f"{SURVEY},ces", "V1,P1,2024-01-05,0", "ces: 0 is not between 1 and 7"),
        ("survey", f"{SURVEY},ability", "V1,P1,2024-01-05,6", "ability: 6 is not between 1 and 5"),
        (
            "survey",
            f"{SURVEY},csat",
            "V1,P1,,4",
            "responded_at: a score needs the time of the answer or of sending",
        ),
        (
            "survey_dimension",
            "survey_id,dimension,perception",
            "V1,empathy,9",
            "perception: 9 is not between 1 and 5",
        ),
        (
            "inspection",
            "inspection_id,project_id,item,inspected_on,rectified_on",
            "I1,P1,lift,2024-02-01,2024-01-31",
            "rectified_on: 2024-01-31 lies before inspected_on 2024-02-01",
        ),
        (
            "training",
            "training_id,staff_id,course,held_on,required,attended,score",
            "K1,S1,law,2024-02-01,1,1,101",
            "score: 101 is not between 0 and 100",
        ),
        (
            "skill",
            "staff_id,skill,level,certified,assessed_on",
            "S1,pipes,6,yes,2024-02-01",
            "level: 6 is not between 0 and 5",
        ),
        (
            "review",
            "review_id,staff_id,reviewer,reviewed_on,ability",
            "Q1,S1,customer,2024-02-01,4",
            "reviewer: 'customer' is not one of manager, peer, self",
        ),
        (
            "target",
            "metric,scope_type,month,value",
            "nps,company,2024-13,40",
            "month: '2024-13' is not a month such as 2025-01",
        ),
        (
            "record_step",
            "record_id,step_no,step",
            "R1,,visit",
            "step_no: is missing",
        ),
    ],
)
def test_row_is_refused(store: Path, table: str, header: str, row: str, reason: str) -> None:
    assert reasons(store, header, row, table) == [reason]
    assert rows(store, f"from {table}") == []


def test_every_range_and_every_code_set_refuses(store: Path) -> None:
    """No column of the contract with a range or codes lets anything through."""
    required = {"VARCHAR": "X", "DATE": "2024-01-01", "TIMESTAMP": "2024-01-01", "BOOLEAN": "1"}
    for table, contract in TABLES.items():
        judged = (*contract.codes, *contract.ranges)
        good = {
            column.name: next(iter(CODES[contract.codes[column.name]]))
            if column.name in contract.codes
            else required.get(column.kind, "1")
            for column in source_columns(table)
            if column.required
        }
        header = list(dict.fromkeys([*good, *judged]))
        unlike = [name for name in contract.key if good.get(name) == "X"]
        lines = [
            ",".join("-999" if name == bad else row.get(name, "") for name in header)
            for number, bad in enumerate(judged)
            for row in [good | dict.fromkeys(unlike, f"X{number}")]
        ]
        if lines:
            result = load(store, "\n".join([",".join(header), *lines]), table)
            assert result.refused == len(judged), (table, result)
            assert result.refusals == {
                f"{column}: {rule}": 1
                for rule, columns in (
                    ("unknown_code", contract.codes),
                    ("out_of_range", contract.ranges),
                )
                for column in columns
            }


def test_several_reasons_and_ragged_rows(store: Path) -> None:
    text = f"{RECORD},cost\nR1,P1,x,never,-1\nR2,P1\n{GOOD},1,2\n\nR3,P1,repair,2024-01-05,5\n"
    result = load(store, text, "service_record")
    assert (result.read, result.inserted, result.refused) == (4, 1, 3)
    assert result.refusals == {
        "row: unreadable": 2,
        "cost: out_of_range": 1,
        "created_at: unreadable": 1,
        "kind: unknown_code": 1,
    }
    found = quarantine(store)
    assert [(line, text, len(why)) for line, text, why in found] == [
        (2, "R1,P1,x,never,-1", 3),
        (3, "R2,P1", 1),
        (4, f"{GOOD},1,2", 1),
    ]
    assert found[1][2] == ["row: 2 fields instead of 5"]


def test_quarantine_keeps_quoted_newlines_and_line_numbers(store: Path) -> None:
    text = (
        f'{RECORD},detail\r\n"R1",P1,repair,2024-01-05,"a\r\nb ""c"""\r\n'
        '"R2",P1,x,2024-01-05,"d\n\ne"\r\nR3,P1,x,2024-01-05,\r\n'
    )
    result = load(store, text, "service_record")
    assert (result.inserted, result.refused) == (1, 2)
    assert rows(store, "select detail from service_record") == [('a\r\nb "c"',)]
    assert [(line, source) for line, source, _ in quarantine(store)] == [
        (4, '"R2",P1,x,2024-01-05,"d\n\ne"'),
        (7, "R3,P1,x,2024-01-05,"),
    ]


def test_unclosed_quote_costs_one_line(store: Path) -> None:
    text = (
        f'{RECORD},detail\nR1,P1,repair,2024-01-05,"oh\n{GOOD.replace("R1", "R2")},"fine"\n'
        'R3,P1,repair,2024-01-05,x\nR4,P1,repair,2024-01-05,"end'
    )
    result = load(store, text, "service_record")
    assert rows(store, "select record_id from service_record order by 1") == [("R2",), ("R3",)]
    assert [(line, source) for line, source, _ in quarantine(store)] == [
        (2, 'R1,P1,repair,2024-01-05,"oh'),
        (5, 'R4,P1,repair,2024-01-05,"end'),
    ]
    assert result.refusals == {"row: unreadable": 2}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-05 10:20:30", datetime(2024, 1, 5, 10, 20, 30)),
        ("2024-01-05T10:20", datetime(2024, 1, 5, 10, 20)),
        ("2024-01-05 10:20:30.25", datetime(2024, 1, 5, 10, 20, 30, 250000)),
        ("2024/1/5 9:05", datetime(2024, 1, 5, 9, 5)),
        ("2024-01-05", datetime(2024, 1, 5)),
        ("2024-01-05T02:20:30Z", datetime(2024, 1, 5, 10, 20, 30)),
        ("2024-01-05 02:20:30+00:00", datetime(2024, 1, 5, 10, 20, 30)),
        ("2024-01-05 02:20 -0500", datetime(2024, 1, 5, 15, 20)),
        ("2024-01-05T10:20:30.5+08", datetime(2024, 1, 5, 10, 20, 30, 500000)),
    ],
)
def test_times(store: Path, text: str, expected: datetime) -> None:
    load(store, f"{RECORD}\nR1,P1,repair,{text}\n", "service_record")
    assert rows(store, "select created_at from service_record") == [(expected,)]


def test_company_time_zone_decides(store: Path) -> None:
    text = f"{RECORD}\nR1,P1,repair,2024-07-05T12:00:00Z\n"
    load(store, text, "service_record", time_zone="America/New_York")
    assert rows(store, "select created_at from service_record") == [(datetime(2024, 7, 5, 8),)]


def test_values(store: Path) -> None:
    header = f"{RECORD},reopen_count,escalated,cost,level,tier_delivered,due_at,channel"
    text = (
        f"{header}\n R1\u3000,P1,投诉,2024-01-05,5.0,是,12.5,l2,未达基本,2999-01-01,Face to Face\n"
        "R2,P1,REPAIR,2024-01-05,,,,,,,\nR3,P1,Enquiry,2024-01-05,0,No,1e3,一级响应,below,,wechat\n"
    )
    assert load(store, text, "service_record").refused == 0
    columns = "record_id, kind, reopen_count, escalated, cost, level, tier_delivered, channel"
    assert rows(store, f"select {columns} from service_record order by 1") == [  # noqa: S608
        ("R1", "complaint", 5, True, Decimal("12.50"), "L2", "below", "face_to_face"),
        ("R2", "repair", 0, False, None, None, None, None),
        ("R3", "consultation", 0, False, Decimal(1000), "L1", "below", "wechat"),
    ]


def test_true_and_false(store: Path) -> None:
    given = {
        True: ("true", "T", "1", "yes", "Y", "是"),
        False: ("false", "F", "0", "No", "n", "否"),
    }
    texts = [(text, meaning) for meaning, words in given.items() for text in words]
    lines = [f"R{n:02},P1,repair,2024-01-05,{text}" for n, (text, _) in enumerate(texts)]
    load(store, "\n".join([f"{RECORD},escalated", *lines]), "service_record")
    found = rows(store, "select escalated from service_record order by record_id")
    assert found == [(meaning,) for _, meaning in texts]


def test_dates_lose_their_clock(store: Path) -> None:
    text = "project_id,project_name,handed_over_on\nP1,x,2024-05-31 00:00:00\nP2,y,2024-5-1\n"
    load(store, text, "project")
    assert rows(store, "select handed_over_on from project order by project_id") == [
        (date(2024, 5, 31),),
        (date(2024, 5, 1),),
    ]


@pytest.mark.parametrize(
    "code_set", sorted(set(TABLES["service_record"].codes.values()) - {"kind", "status"})
)
def test_labels_of_every_language(store: Path, code_set: str) -> None:
    contract = TABLES["service_record"]
    column = next(name for name, used in contract.codes.items() if used == code_set)
    lines, expected = [f"{RECORD},{column}"], []
    for code, labels in code_labels(code_set).items():
        for label in (code, *labels, *(each.upper() for each in labels)):
            lines.append(f"R{len(lines):03},P1,repair,2024-01-05,{label}")
            expected.append((code,))
    load(store, "\n".join(lines), "service_record")
    found = rows(store, f"select {column} from service_record order by record_id")  # noqa: S608
    assert found == expected


TIMES = f"{RECORD},first_response_at,resolved_at,closed_at,due_at,status"


@pytest.mark.parametrize(
    ("row", "status", "warnings"),
    [
        (",,,,", "open", {}),
        (",,,,in_progress", "in_progress", {}),
        ("2024-01-06,,,,", "in_progress", {}),
        ("2024-01-06,,,,open", "in_progress", {"status: contradicts_times": 1}),
        (",2024-01-06,,,", "resolved", {}),
        (",2024-01-06,,,in_progress", "resolved", {"status: contradicts_times": 1}),
        (",2024-01-06,2024-01-07,,resolved", "closed", {"status: contradicts_times": 1}),
        (",2024-01-06,2024-01-07,,已关闭", "closed", {}),
        (",2024-01-06,2024-01-07,,Cancelled", "cancelled", {}),
        (",,,,closed", "open", {"status: contradicts_times": 1}),
        (",2024-01-08,2024-01-07,,", "closed", {"resolved_at: after_closed_at": 1}),
        (",,,2024-01-01,", "open", {"due_at: before_created_at": 1}),
        (",2026-01-04,,,", "resolved", {}),
        (",2026-01-04 00:00:01,,,", "resolved", {"resolved_at: over_two_years": 1}),
    ],
)
def test_status_and_warnings(store: Path, row: str, status: str, warnings: dict[str, int]) -> None:
    result = load(store, f"{TIMES}\nR1,P1,repair,2024-01-05,{row}\n", "service_record")
    assert (result.inserted, result.warnings) == (1, warnings)
    assert rows(store, "select status from service_record") == [(status,)]
    logged = (
        "select column_name || ': ' || rule, row_count from load_problem where severity = 'warning'"
    )
    assert dict(rows(store, logged)) == warnings


def test_survey_takes_the_time_of_sending(store: Path) -> None:
    text = (
        "survey_id,project_id,sent_at,responded_at,csat\nV1,P1,2024-01-05,,4\n"
        "V2,P1,2024-01-05,,\nV3,P1,2024-01-05,2024-01-06,\n"
    )
    load(store, text, "survey")
    assert rows(store, "select survey_id, responded_at from survey order by 1") == [
        ("V1", datetime(2024, 1, 5)),
        ("V2", None),
        ("V3", datetime(2024, 1, 6)),
    ]


SENT = "survey_id,project_id,sent_at,responded_at,csat"


def test_an_unreadable_answer_time_is_not_replaced(store: Path) -> None:
    row = "V1,P1,2024-01-05,5.1.2024,4"
    assert reasons(store, SENT, row, "survey") == [
        "responded_at: '5.1.2024' cannot be read as a time"
    ]
    assert rows(store, "from survey") == []


def test_an_unreadable_answer_time_is_not_replaced_under_a_format(
    store: Path, tmp_path: Path
) -> None:
    mapping = tmp_path / "answers.toml"
    mapping.write_text(
        'table = "survey"\nnull = ["N/A"]\n[columns]\nsurvey_id = "survey_id"\n'
        'project_id = "project_id"\nsent_at = "sent_at"\ncsat = "csat"\n'
        'responded_at = { from = "responded_at", formats = ["%d.%m.%Y"] }\n',
        encoding="utf-8",
    )
    text = (
        f"{SENT}\nV1,P1,2024-01-05,6.1.2024,4\nV2,P1,2024-01-05,2024-01-06,4\n"
        "V3,P1,2024-01-05,n/a,4\nV4,P1,2024-01-05, ,4\n"
    )
    result = load(store, text, "survey", mapping=str(mapping))
    assert (result.inserted, result.refused) == (3, 1)
    assert rows(store, "select survey_id, responded_at from survey order by 1") == [
        ("V1", datetime(2024, 1, 6)),
        ("V3", datetime(2024, 1, 5)),
        ("V4", datetime(2024, 1, 5)),
    ]
    assert [(line, why) for line, _, why in quarantine(store)] == [
        (3, ["responded_at: '2024-01-06' cannot be read as a time"])
    ]


def test_risk_is_not_invented(store: Path) -> None:
    load(store, "category,risk\nleak,construction\n", "category")
    load(store, f"{RECORD},category\n{GOOD},leak\n", "service_record")
    assert rows(store, "select category, risk from service_record") == [("leak", None)]
