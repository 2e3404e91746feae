"""The data page: from a file that is handed over to rows in the store, and back."""

import csv
import re
import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import jobs
from dashboard.access import EVERYTHING
from dashboard.i18n import translator
from dashboard.ingest.portfolio import publish_portfolio
from dashboard.panels.complete import changed, to_enter
from dashboard.settings import Settings
from dashboard.store import Store
from dashboard.ui import loading
from tests.edges import records
from tests.pages.test_pages import assert_sound, foreign_texts
from tests.pages.test_staff_page import HOSTILE

ORDERS = """客服工单
工单号,项目,类型,创建时间,完成时间,备注
1,翠湖,报修,2025-03-01 10:00,2025-03-01 19:00,
2,翠湖,吵架,2025-03-02 10:00,2025-03-01 19:00,急
3,锦绣,吵架,2025-03-03 10:00,,
4,锦绣,投诉,昨天,,
"""
PATIENCE = 60


def settled(app: AppTest) -> AppTest:
    """Run on until no command is followed any more."""
    end = time.monotonic() + PATIENCE
    while any(each.key and each.key.startswith("stop-") for each in app.button):
        assert time.monotonic() < end
        time.sleep(0.1)
        app.run()
    assert not app.exception
    return app


def upload(app: AppTest, name: str, content: bytes) -> AppTest:
    app.file_uploader(key="upload").upload(name, content)
    return settled(app.run())


def press(app: AppTest, label: str) -> AppTest:
    (button,) = (each for each in app.button if each.label == label)
    return settled(button.click().run())


def select(app: AppTest, label: str, value: str) -> AppTest:
    (box,) = (each for each in app.selectbox if each.label == label)
    return settled(box.set_value(value).run())


def buttons(app: AppTest) -> list[str]:
    return [each.label for each in app.button]


def said(elements: Iterable[Any]) -> list[str]:
    """What markdown shows, its escapes and joiners undone."""
    texts = (re.sub(r"\\(.)", r"\1", each.value) for each in elements)
    return [text.replace("\u2060", "") for text in texts]


def titles(app: AppTest) -> list[str]:
    return said(app.subheader)


def stored(folder: Path, query: str) -> pd.DataFrame:
    return Store(Settings(store=folder)).run(query, EVERYTHING)


def version(folder: Path) -> int:
    return Store(Settings(store=folder)).info().version


def filled(folder: Path, frames: Mapping[str, pd.DataFrame]) -> None:
    publish_portfolio(frames, folder, demo=False, who="tests")


@pytest.fixture
def handed(serve: Any, tmp_path: Path) -> Callable[..., AppTest]:
    """The page with a file in hand, of a store that has nothing yet."""

    def show(content: bytes = ORDERS.encode("gb18030"), name: str = "三月.csv") -> AppTest:
        return upload(serve(tmp_path / "store", "data", "en"), name, content)

    return show


def test_the_first_file_comes_from_the_browser(
    handed: Callable[..., AppTest], tmp_path: Path
) -> None:
    app = handed()
    assert_sound(app)
    assert "Service records: 5 columns are found, nothing is lacking" in titles(app)
    assert any(each.startswith("4 rows · GB18030") for each in said(app.caption))
    assert any("Kind: 1 value is not understood" in each for each in said(app.markdown))
    assert "Load 2 rows" not in buttons(app)

    app = press(app, "Try it without loading")
    assert "Every row would be refused" not in titles(app)
    assert "1 of 4 rows would be taken, 3 refused" in titles(app)
    problems = next(each.value for each in app.dataframe if "For example" in each.value)
    examples = dict(zip(problems["Rule"], problems["For example"], strict=True))
    assert examples["unknown code"] == "line 4: 吵架  ·  line 5: 吵架"
    assert examples["cannot be read"] == "line 6: 昨天"

    app = select(app, "吵架 · 2 rows", "complaint")
    assert "The settings have changed since the last trial: try again." in said(app.caption)
    assert not any(each.startswith("Load ") for each in buttons(app))

    app = press(app, "Try it without loading")
    assert "2 of 4 rows would be taken, 2 refused" in titles(app)
    shown = next(each.value for each in app.dataframe if "Kind (kind)" in each.value)
    assert list(shown["Kind (kind)"]) == ["Repair", "Complaint"]
    assert list(shown["Was escalated (escalated)"]) == ["No", "No"]
    app.text_input(key="save-mapping").set_value("客服工单")
    app = press(app.run(), "Load 2 rows")
    assert "三月.csv: 2 rows were loaded into Service records" in titles(app)
    store = tmp_path / "store"
    assert list(stored(store, "projects")["project_id"]) == ["翠湖", "锦绣"]
    assert (store / "mappings" / "客服工单.toml").exists()
    assert not list((store / "uploads").glob("*"))

    app.query_params["show_section"] = "history"
    app = settled(app.run())
    told = app.dataframe[0].value.iloc[0]
    assert (told["What"], told["New"], told["Refused rows"]) == ("三月.csv", 2, 2)
    assert told["State"] == "Current version"
    rows = loading.refused_rows(
        translator("en"), jobs.ask(store, "loads")["history"][0]["loads"][0]["load_id"]
    )
    held = csv.reader(rows.decode("utf-8-sig").splitlines())
    assert [row[0].rpartition(":")[2] for row in held][-2:] == ["4", "6"]


def test_a_result_is_found_again_by_another_reader(
    handed: Callable[..., AppTest], serve: Any, tmp_path: Path
) -> None:
    press(press(handed(), "Try it without loading"), "Load 1 row")
    other = serve(tmp_path / "store", "data", "zh_CN")
    assert "三月.csv：已导入 1 行到“服务记录”" in titles(other)
    assert foreign_texts(other, "zh_CN") == set()
    other = press(other, "导入另一个文件")
    assert other.file_uploader(key="upload")


def test_a_file_that_is_refused(handed: Callable[..., AppTest]) -> None:
    app = handed(b"<html>no</html>", "page <b>.csv")
    assert len(app.error) == 1
    assert "is a page or document of tags" in app.error[0].value
    assert "<b>" not in app.error[0].value
    app = press(app, "Another file")
    assert app.file_uploader(key="upload")
    assert not app.error


def test_what_must_be_said_is_asked(handed: Callable[..., AppTest]) -> None:
    app = handed(b"ticket id,site,created\n1,A,03/04/2025 10:00\n2,A,04/05/2025 11:00\n")
    assert "Service records? Say where these come from: Kind" in titles(app)
    (attempt,) = (each for each in app.button if each.label == "Try it without loading")
    assert attempt.disabled
    app = select(app, "Kind", "=")
    app = select(app, "Kind of all rows", "repair")
    assert "Service records: say whether the day or the month comes first" in titles(app)
    (order,) = (each for each in app.get("segmented_control") if "Which comes first" in each.label)
    app = settled(order.set_value("%d").run())
    app = press(app, "Try it without loading")
    assert "All 2 rows would be taken" in titles(app)
    shown = next(each.value for each in app.dataframe if "Created (created_at)" in each.value)
    assert list(shown["Created (created_at)"]) == ["2025-04-03 10:00:00", "2025-05-04 11:00:00"]


def test_a_known_mapping_is_used_by_its_name(
    handed: Callable[..., AppTest], tmp_path: Path
) -> None:
    header = (
        "case_enquiry_id,open_dt,target_dt,closed_dt,case_title,neighborhood,subject,type,"
        "department,source"
    )
    row = "1,2011-07-01 10:00:00,,,Pothole,Dorchester,Public Works,Repair,PW,Self Service"
    app = handed(f"{header}\n{row}\n".encode())
    press(press(app, "Try it without loading"), "Load 1 row")
    (load,) = jobs.ask(tmp_path / "store", "loads")["history"][0]["loads"]
    assert load["mapping"] == "boston_311"


def test_another_table_is_another_proposal(handed: Callable[..., AppTest]) -> None:
    app = select(handed(), "The file holds", "survey")
    assert any(title.startswith("Surveys? Say where these come from") for title in titles(app))


def test_a_header_that_was_put_right_is_shown(handed: Callable[..., AppTest]) -> None:
    rows = [f"GD{n:03},翠湖{n % 3},2024-01-{n + 1:02},{n}.50" for n in range(20)]
    app = handed("\n".join(["工单编号项目,创建时间,费用", *rows]).encode())
    assert any(
        "In the file it reads: 工单编号项目,创建时间,费用" in each for each in said(app.warning)
    )


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_names_are_inert(serve: Any, tmp_path: Path, language: str) -> None:
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    text = f"工单号,项目,类型,创建时间,{quoted}\n1,{quoted},{quoted},2025-03-01,{quoted}\n"
    app = upload(serve(tmp_path, "data", language), f"{HOSTILE}.csv", text.encode())
    assert_sound(app)
    shown = [each.value for each in (*app.markdown, *app.caption, *app.subheader)]
    labels = [each.label for each in app.selectbox]
    assert not [each for each in (*shown, *labels) if "<b>" in each or "](http" in each]
    if language == "zh_CN":
        assert foreign_texts(app, language) == set()


class TestToComplete:
    @pytest.fixture
    def unnamed(self, tmp_path: Path) -> Path:
        filled(tmp_path, {"service_record": records(40, project_id="P7", staff_id="E7")})
        return tmp_path

    def test_names_are_registered(self, serve: Any, unnamed: Path) -> None:
        app = serve(unnamed, "data", "en", show_section="complete")
        assert "1 name that records use is not described yet" in titles(app)
        app.session_state[f"names-project-{version(unnamed)}"] = {
            "edited_rows": {0: {"project_name": "翠湖", "households": 120}},
            "added_rows": [],
            "deleted_rows": [],
        }
        app = press(app, "Save")
        assert [each.value for each in app.success] == ["1 name was registered."]
        row = stored(unnamed, "projects").iloc[0]
        assert (row["project_id"], row["project_name"], row["households"]) == ("P7", "翠湖", 120)

    def test_only_what_was_filled_in_or_ticked(self) -> None:
        before = pd.DataFrame(
            {
                "register": [False, False, False],
                "project_id": ["A", "B", "C"],
                "records": [3, 2, 1],
                "project_name": pd.Series(["A", "B", "C"], dtype="string"),
                **{each: pd.Series([pd.NA] * 3, dtype="string") for each in ("region", "city")},
                "property_type": pd.Series([pd.NA] * 3, dtype="string"),
                "households": pd.Series([pd.NA] * 3, dtype="Int64"),
                "handed_over_on": pd.Series([pd.NaT] * 3, dtype="datetime64[s]"),
            }
        )
        after = before.copy()
        after.loc[0, "region"] = "华东"
        after.loc[2, "register"] = True
        rows = to_enter("project", changed(before, after))
        assert list(rows["project_id"]) == ["A", "C"]
        assert "records" not in rows


class TestTargetsAndStandards:
    def test_a_target_is_added_and_one_removed(self, serve: Any, tmp_path: Path) -> None:
        kept = {"metric": "csat", "scope_type": "company", "value": 85.0}
        gone = {"metric": "nps", "scope_type": "company", "value": 40.0}
        frames = {"service_record": records(40), "target": pd.DataFrame([kept, gone])}
        filled(tmp_path, frames)
        app = serve(tmp_path, "data", "en", show_section="goals")
        assert "2 targets are set" in titles(app)
        added = {"metric": "csat", "place": "project:P1", "month": "2026-01", "value": 90}
        edits = {"edited_rows": {}, "added_rows": [added], "deleted_rows": [1]}
        app.session_state[f"target-rows-{version(tmp_path)}"] = edits
        app = press(app, "Save the targets")
        assert app.success
        rows = stored(tmp_path, "targets_of_places")
        assert list(rows["scope_type"]) == ["company", "project"]
        assert list(rows["value"]) == [85.0, 90.0]

    def test_a_fault_saves_nothing(self, serve: Any, tmp_path: Path) -> None:
        filled(tmp_path, {"service_record": records(40)})
        app = serve(tmp_path, "data", "en", show_section="goals")
        added = {"metric": "csat", "place": "company", "month": "soon", "value": 90}
        edits = {"edited_rows": {}, "added_rows": [added], "deleted_rows": []}
        app.session_state[f"target-rows-{version(tmp_path)}"] = edits
        app = press(app, "Save the targets")
        assert said(app.error) == ["Row 1: the month is not one such as 2026-01."]
        assert version(tmp_path) == 1

    def test_a_threshold_makes_a_version(self, serve: Any, demo_copy: Path) -> None:
        before = stored(demo_copy, "standard_versions")
        place = list(before["standard_id"]).index("STD-L1-RESPONSE")
        app = serve(demo_copy, "data", "en", show_section="goals")
        edits = {"edited_rows": {place: {"threshold": 1}}, "added_rows": [], "deleted_rows": []}
        app.session_state[f"standard-rows-{version(demo_copy)}"] = edits
        app = press(app, "Save the standards")
        assert "version 2.0: new, from" in said(app.success)[0]
        after = stored(demo_copy, "standard_versions")
        found = after[after["standard_id"] == "STD-L1-RESPONSE"]
        assert list(found["state"]) == ["retired", "active"]
        assert list(found["threshold"]) == [2.0, 1.0]

    @pytest.fixture
    def demo_copy(self, demo_store: Path, tmp_path: Path) -> Path:
        return Path(shutil.copytree(demo_store, tmp_path / "demo"))


def test_the_store_is_examined_on_demand(serve: Any, demo_store: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(demo_store, tmp_path / "demo"))
    app = serve(folder, "data", "en", show_section="upkeep")
    assert "The store has not been examined yet" in titles(app)
    app = press(app, "Examine the store now")
    assert any(title.startswith("The store is sound") for title in titles(app))
    commands = [each.value for each in app.code][-2:]
    assert commands == ["python -m dashboard backup FILE", "python -m dashboard restore FILE"]
