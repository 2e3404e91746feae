"""Phone and identity numbers in free text are masked; other numbers survive."""

from pathlib import Path

import duckdb
import pytest
from duckdb import col

from dashboard.ingest.masking import masked
from tests.ingest.loading import RECORD, load, rows


def mask(text: str) -> str:
    with duckdb.connect() as connection:
        relation = connection.values([text]).select(masked(col("col0")))
        return str(relation.fetchall()[0][0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请致电13812345678联系", "请致电138****5678联系"),
        ("13812345678", "138****5678"),
        ("13812345678,13912345679 15012345670", "138****5678,139****5679 150****5670"),
        ("13812345678\n13912345679", "138****5678\n139****5679"),
        ("+86 138-1234-5678", "+86 138****5678"),
        ("8613812345678。", "86138****5678。"),
        ("tel13812345678.", "tel138****5678."),
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("座机021-62345678转8", "座机021-****5678转8"),
        ("(0755) 2345678", "(0755) ****5678"),
        ("电话02162345678", "电话021****5678"),
        ("身份证110101199003071234办理", "身份证110***********1234办理"),
        ("11010119900307123X", "110***********123X"),
        ("110101 19900307 123x", "110***********123x"),
        ("电138.1234.5678。", "电138****5678。"),
        ("138  1234  5678", "138****5678"),
        ("138 - 1234 - 5678", "138****5678"),
        ("138\u00a01234\u00a05678", "138****5678"),
        ("138–1234—5678", "138****5678"),
        ("138/1234/5678", "138****5678"),
        ("138\n1234\r\n5678", "138****5678"),
        ("+86  138.1234.5678", "+86  138****5678"),
        ("3.13812345678", "3.138****5678"),
        ("名单 12.13812345678,李", "名单 12.138****5678,李"),
        ("021–6234–5678", "021–****5678"),
        ("021 - 62345678", "021 - ****5678"),
        ("身份证110101900307123", "身份证110*********123"),
    ],
)
def test_masked(text: str, expected: str) -> None:
    assert mask(text) == expected
    assert mask(expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        "订单号20240613001234",
        "工单 202406131234567890",
        "WO-2024-000123",
        "金额12345678.90元",
        "0.13812345678",
        "2024-01-15 10:20:30",
        "20240115",
        "12812345678",
        "138123456789",
        "1381234567",
        "3栋1201室",
        "110101179903071234",
        "110101199013071234",
        "电表读数 0012345678",
        "400-123-4567",
        "2024.01.15/2024.02.15",
        "2024/01/15 - 2024/02/15",
        "138 元 / 1234 元 / 5678 元",
        "12,138.00 / 1,234.56",
        "经度121.13812345678",
        "3.141592653589793",
        "单号202406130112345",
        "单号110101901307123",
        "单号110101900300123",
        "订单 2024-0115-138-1234",
        "192.168.138.123",
        "",
    ],
)
def test_other_numbers_survive(text: str) -> None:
    assert mask(text) == text


def test_all_free_text_is_masked_and_stays_unchanged(store: Path) -> None:
    text = f"{RECORD},title,detail\nR1,P1,repair,2024-01-05,找13812345678,住户13812345678\n"
    load(store, text, "service_record")
    assert rows(store, "select title, detail from service_record") == [
        ("找138****5678", "住户138****5678")
    ]
    assert load(store, text, "service_record").unchanged == 1
    text = "survey_id,project_id,comment\nV1,P1,打13812345678\n"
    load(store, text, "survey")
    assert rows(store, "select comment from survey") == [("打138****5678",)]
    text = "action_id,metric,title,cause,phase,opened_on\n"
    load(store, f"{text}A1,nps,问13812345678,因13812345678,plan,2024-01-05\n", "action")
    assert rows(store, "select title, cause from action") == [("问138****5678", "因138****5678")]
    text = "inspection_id,project_id,item,inspected_on,finding\n"
    load(store, f"{text}I1,P1,lift,2024-01-05,见13812345678\n", "inspection")
    assert rows(store, "select finding from inspection") == [("见138****5678",)]
