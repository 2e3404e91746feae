"""Every case is a whole sentence in both languages."""

import re
from datetime import date
from typing import Any

import pytest

from dashboard.findings import Difference, Finding, Kind, Report, Verdict, words
from dashboard.findings.model import Where
from dashboard.i18n import translator
from dashboard.measures import Measure
from dashboard.selection import Selection

ROWS = Selection(date(2025, 1, 1), date(2025, 12, 31))
NAMES = {"P1": "云栖府", "east": "华东", "leak": "渗漏水", "memorable": "难忘服务", "T": "一组"}
PLACES: dict[str, Where] = {
    "whole": (),
    "project": (("project", "P1"),),
    "team": (("team", "T"),),
    "tier": (("target_tier", "memorable"),),
    "season": (("region", "east"), ("category", "leak")),
    "cell": (("project", "P1"), ("category", "leak")),
}


def name(_: str, key: str) -> str:
    return NAMES[key]


def finding(kind: Kind, where: Where = (), delta: float = -20.0, **changes: Any) -> Finding:
    metric = "complaint_count" if kind is Kind.CLUSTER else "csat"
    given: dict[str, Any] = {
        "kind": kind,
        "metric": metric,
        "where": where,
        "verdict": Verdict.WORSE,
        "before": Measure(metric, 80.0, 400, 70.0, 90.0),
        "after": Measure(metric, 80.0 + delta, 300),
        "difference": Difference(delta, delta - 4, delta + 4, 1e-9, kind is Kind.CLUSTER),
        "rows": ROWS,
        "size": 0.5,
        "volume": 0.5,
    }
    return Finding(**given | changes)


CASES = [
    finding(Kind.CHANGE, PLACES[where], delta)
    for where in ("whole", "project", "team", "tier")
    for delta in (-20.0, 20.0)
] + [
    *(finding(Kind.CONTRAST, PLACES["team"], delta) for delta in (-20.0, 20.0)),
    *(
        finding(Kind.SHIFT, PLACES["project"], delta, months=("2025-03", "2025-04"), run=run)
        for delta in (-20.0, 20.0)
        for run in (False, True)
    ),
    finding(Kind.CLUSTER, PLACES["season"], 60.0, months=("2025-06", "2025-07")),
    finding(Kind.CLUSTER, PLACES["season"], 60.0, months=("2025-06",)),
    finding(Kind.CLUSTER, PLACES["cell"], 60.0),
]
ENGLISH = re.compile(r"[A-Za-z]{2,}")
TERMS = {"CSAT", "NPS", "CES"}


@pytest.mark.parametrize("case", CASES)
def test_a_sentence_is_whole_in_both_languages(case: Finding) -> None:
    told = []
    for language in ("en", "zh_CN"):
        t = translator(language)
        for sentence in (words.title(t, case, name), words.evidence(t, case, name)):
            assert "{" not in sentence
            assert "None" not in sentence
            told.append(sentence)
    english, _, chinese, evidence = told
    assert english != chinese
    assert set(ENGLISH.findall(chinese + evidence)) <= TERMS


def test_titles_say_what_happened() -> None:
    t = translator("en")
    assert words.title(t, CASES[0], name) == "CSAT fell from 80.0 % to 60.0 %"
    assert words.title(t, CASES[3], name) == "云栖府: CSAT rose from 80.0 % to 100.0 %"
    chinese = translator("zh_CN")
    assert words.title(chinese, CASES[2], name) == "云栖府，满意度 (CSAT)：由 80.0% 降至 60.0%"


def test_further_findings_are_named_once() -> None:
    own, other = PLACES["project"], PLACES["tier"]
    nps = finding(
        Kind.CHANGE,
        own,
        metric="nps",
        before=Measure("nps", 50.0, 300),
        after=Measure("nps", -18.0, 200),
        difference=Difference(-68.0, -80.0, -50.0, 1e-9),
    )
    case = finding(Kind.CHANGE, own, also=(nps, finding(Kind.CHANGE, other), nps))
    told = words.evidence(translator("en"), case, name)
    assert told.endswith("Also: NPS −68.0 points.")


def test_nothing_found_says_how_much_was_looked_at() -> None:
    t = translator("en")
    many, one = (Report(examined={"changes": n}, compared=True) for n in (1574, 1))
    assert "1,574 comparisons" in words.nothing(t, many)
    assert "1 comparison was" in words.nothing(t, one)
    assert "1,574 points" in words.nothing(t, Report(examined={"changes": 1574}))
    assert "too little" in words.nothing(t, Report())


@pytest.mark.parametrize("hostile", ["=1+1", "<b>x</b>", "![x](http://x)", "{metric}", "%s"])
def test_a_name_is_put_in_as_it_is(hostile: str) -> None:
    told = words.title(translator("en"), CASES[2], lambda *_: hostile)
    assert told == f"{hostile}: CSAT fell from 80.0 % to 60.0 %"
