"""Weights and goals that are edited on the data page count at once, everywhere and equally."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.i18n import translator
from dashboard.panels import weights
from dashboard.published import SCORECARD
from dashboard.scorecard import in_force, scheme
from dashboard.scorecard.scheme import INDICATORS, PERSPECTIVES
from dashboard.settings import ROOT
from dashboard.ui import scores
from tests.pages.test_data_page import press, said, titles
from tests.pages.test_pages import assert_sound, foreign_texts, texts
from tests.pages.test_staff_page import YEAR, found, same, table

Edits = Mapping[str, Mapping[str, Mapping[str, float | None]]]
"""Editor → name of its row → column → value."""

SAVE = "Save weights and goals"
_ROWS = {"indicators": INDICATORS, "perspectives": PERSPECTIVES}


@pytest.fixture
def folder(demo_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo_store, tmp_path / "demo"))


def opened(serve: Any, folder: Path, language: str = "en") -> AppTest:
    app: AppTest = serve(folder, "data", language, show_section="goals")
    assert not app.exception
    return app


def edit(app: AppTest, folder: Path, edits: Edits, label: str = SAVE) -> AppTest:
    """Enter into the editors and save."""
    weighing = in_force(folder)
    for name, rows in edits.items():
        app.session_state[weights.key(name, weighing)] = {
            "edited_rows": {_ROWS[name].index(row): dict(cells) for row, cells in rows.items()},
            "added_rows": [],
            "deleted_rows": [],
        }
    return press(app, label)


def printed(folder: Path) -> dict[str, Any]:
    """What another process says of everybody."""
    command = [sys.executable, "-m", "dashboard", "metrics", "--by", "staff", "--json"]
    options = ["--from", YEAR["from"], "--to", YEAR["to"], "--store", str(folder)]
    told = subprocess.run([*command, *options], cwd=ROOT, check=True, capture_output=True)
    people: dict[str, Any] = json.loads(told.stdout)["staff"]
    return people


def shown(serve: Any, folder: Path, person: str) -> tuple[str, float, float]:
    """The score of a person on their page, the points it adds up to, the agreed weight of csat."""
    app = serve(folder, "staff", "en", show_person=person, **YEAR)
    assert_sound(app)
    score = next(each.value for each in app.metric if each.label == "Scorecard")
    rows = table(app, "Agreed weight (%)")
    csat = rows[rows["Indicator"] == scores.name(translator("en"), "csat")]
    return score, rows["Points"].sum(), csat["Agreed weight (%)"].iloc[0]


def test_a_change_counts_at_once_and_equally_everywhere(serve: Any, folder: Path) -> None:
    measured = found(folder)
    person = max(measured, key=lambda key: (measured[key].records, key))
    before = shown(serve, folder, person)
    ranked = table(serve(folder, "staff", "en", **YEAR), "Rank band")

    app = opened(serve, folder)
    assert "The scorecard is weighed as it was delivered" in titles(app)
    edits = {
        "perspectives": {"quality": {"weight": 90}},
        "indicators": {"csat": {"goal": 90, "floor": 70}},
    }
    app = edit(app, folder, edits)
    assert_sound(app)
    assert said(app.success) == ["Saved. Every scorecard follows it from now on."]
    assert "The scorecard is weighed in the company's own way" in titles(app)

    told = printed(folder)
    score, points, agreed = after = shown(serve, folder, person)
    assert after[0] != before[0]
    assert agreed == pytest.approx(100 * 90 / 150 * 0.6)
    assert score == f"{told[person]['scorecard']:.1f}"
    assert points == pytest.approx(told[person]["scorecard"])

    app = serve(folder, "staff", "en", **YEAR)
    everybody = table(app, "Rank band")
    assert not everybody["Scorecard"].equals(ranked["Scorecard"])
    known = sorted(each["scorecard"] for each in told.values() if each["scorecard"] is not None)
    assert sorted(everybody["Scorecard"].dropna()) == pytest.approx(known)
    floors = table(app, "0 points at").set_index("Indicator")["0 points at"]
    assert 70.0 in set(floors)

    app = press(opened(serve, folder), "Give them up")
    assert not (folder / SCORECARD).exists()
    assert "The scorecard is weighed as it was delivered" in titles(app)
    assert shown(serve, folder, person) == before
    assert same(printed(folder)[person]["scorecard"], measured[person].card.score)


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        (
            {"indicators": {"csat": {"weight": 0}}},
            ["未保存：质量 · 满意度", "· 权重 的值 0 无效。", "请用大于 0 的数，或删去该项。"],
        ),
        (
            {"indicators": {"csat": {"goal": 60}}},
            ["未保存：质量 · 满意度", "的底线与目标相同。"],
        ),
        ({"indicators": {"csat": {"goal": None}}}, ["未保存：缺少 质量 · 满意度", "得 100 分"]),
        ({"perspectives": {"cost": {"weight": None}}}, ["未保存：缺少 成本 · 权重。"]),
        (
            {"indicators": {"cost_ratio": {"weight": None}}},
            ["未保存：成本 下没有任何项目。", "满意度"],
        ),
    ],
)
def test_a_fault_saves_nothing(serve: Any, folder: Path, edits: Edits, message: list[str]) -> None:
    app = edit(opened(serve, folder, "zh_CN"), folder, edits, "保存权重与目标")
    assert not app.exception
    (error,) = said(app.error)
    assert all(each in error for each in message), error
    assert not [name for name in ("scorecard.toml", *edits) if name in error]
    assert not (folder / SCORECARD).exists()
    assert not list(folder.glob("*.tmp"))
    assert foreign_texts(app, "zh_CN") == set()


def test_a_perspective_that_does_not_count(serve: Any, folder: Path) -> None:
    edits: Edits = {
        "perspectives": {"cost": {"weight": None}},
        "indicators": {"cost_ratio": {"weight": None}},
    }
    app = edit(opened(serve, folder), folder, edits)
    assert_sound(app)
    person = max((measured := found(folder)), key=lambda key: measured[key].records)
    app = serve(folder, "staff", "en", show_person=person, **YEAR)
    assert_sound(app)
    assert "not weighed" in " ".join(texts(app))
    # it can be weighed again
    edits = {
        "perspectives": {"cost": {"weight": 20}},
        "indicators": {"cost_ratio": {"weight": 100}},
    }
    edit(opened(serve, folder), folder, edits)
    assert in_force(folder) == scheme()


def test_the_target_is_the_companys(serve: Any, folder: Path) -> None:
    app = opened(serve, folder)
    app.number_input(key=weights.key("target", scheme())).set_value(70.0)
    press(app, SAVE)
    assert in_force(folder).target == 70
    glossary = serve(folder, "glossary", "en", term="scorecard")
    assert_sound(glossary)
    assert "at least 70. Set by an administrator of the company." in " ".join(texts(glossary))


def test_a_broken_file_is_told_and_can_be_put_back(serve: Any, folder: Path) -> None:
    (folder / SCORECARD).write_text("target = 800", encoding="utf-8")
    app = serve(folder, "staff", "zh_CN", **YEAR)
    assert not app.exception
    assert any("scorecard.toml" in each for each in said(app.error))
    assert_sound(serve(folder, "overview", "en", **YEAR))
    app = opened(serve, folder)
    assert len(app.error) == 1
    app = press(app, "Give them up")
    assert_sound(app)
    assert_sound(serve(folder, "staff", "en", **YEAR))
