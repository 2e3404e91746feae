"""Why a row was refused, in the reader's language."""

import re

import pytest

from dashboard import quality
from dashboard.contract import TABLES
from dashboard.i18n import translator
from dashboard.quality import reason

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def problems() -> list[tuple[str, str, str, str | None]]:
    """Table, column, rule and value of all that can be wrong with a value."""
    found: list[tuple[str, str, str, str | None]] = []
    for table, contract in TABLES.items():
        found += [(table, column, "unknown_code", "x{y}") for column in contract.codes]
        found += [(table, column, "out_of_range", "-1") for column in contract.ranges]
        found += [
            (table, each.later, f"before_{each.earlier}", "2024") for each in contract.refused
        ]
        found += [
            (table, ", ".join(contract.key), "duplicate_key", "K1"),
            (table, contract.key[0], "missing", None),
            (table, contract.key[0], "unreadable", "x"),
        ]
    return [
        *found,
        ("survey", "responded_at", "score_without_time", None),
        ("survey", "sent_at", "unreadable", "x"),
        ("inspection", "inspected_on", "unreadable", "x"),
        ("survey", "sent_at", "in_future", "2999-01-01 00:00:00"),
        ("survey", "row", "unreadable", "row: 3 fields instead of 5"),
        ("survey", "row", "unreadable", "row: 1 field instead of 5"),
        ("survey", "row", "unreadable", "row: a cell is longer than 131,072 characters"),
        ("survey", "row", "unreadable", "row: the time of a step, 'x', cannot be read"),
        *(("survey", "row", "unreadable", f"row: {text}") for text in quality.ROW_PROBLEMS),
    ]


@pytest.mark.parametrize("problem", problems(), ids=lambda each: "-".join(map(str, each)))
def test_every_problem_has_a_sentence(problem: tuple[str, str, str, str | None]) -> None:
    table, *rest = problem
    column, rule, value = rest
    assert rule in quality.RULES
    told = [
        reason(translator(language), table, (column or "", rule or "", value), "列 A{b}")
        for language in ("en", "zh_CN")
    ]
    assert told[0] != told[1]
    assert not CHINESE.search(told[0].replace("列", ""))
    assert CHINESE.search(told[1].replace("列", ""))
    for text in told:
        assert column == "row" or "列 A{b}" in text
        assert value is None or column == "row" or value in text


@pytest.mark.parametrize(
    ("problem", "english", "chinese"),
    [
        (
            ("kind", "unknown_code", "修"),
            "类型: “修” is none of Enquiry, Repair, Complaint, Follow-up, Visit, Value-added, and"
            " Praise",
            "类型：“修”不是有效取值，可填咨询、报修、投诉、回访、来访、增值服务和表扬",
        ),
        (("cost", "out_of_range", "-1"), "类型: -1 is below 0", "类型：-1 小于 0"),
        (
            ("created_at", "unreadable", "x"),
            "类型: “x” cannot be read as a time",
            "类型：“x”无法识别为时间",
        ),
        (("kind", "missing", None), "类型 is missing", "类型：缺失"),
        # of a row of an older contract the value is not known
        (("kind", "unknown_code", None), "类型: unknown code", "类型：未知代码"),
        (("row", "unreadable", "row: 甲"), "the row cannot be taken apart: 甲", None),
    ],
)
def test_sentences(problem: tuple[str, str, str | None], english: str, chinese: str | None) -> None:
    assert reason(translator("en"), "service_record", problem, "类型") == english
    if chinese:
        assert reason(translator("zh_CN"), "service_record", problem, "类型") == chinese


def test_scores_name_both_bounds() -> None:
    problem = ("nps", "out_of_range", "11")
    assert reason(translator("en"), "survey", problem, "NPS") == "NPS: 11 is not between 0 and 10"
    assert reason(translator("zh_CN"), "survey", problem, "NPS") == "NPS：11 不在 0 至 10 之间"
