"""Where, who, what to decide: projects of hostile names, small ones, actions of every kind."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import EVERYTHING, LOCAL_ADMINISTRATOR, NOTHING, Scope
from dashboard.i18n import translator
from dashboard.measures import measure, status
from dashboard.panels import decisions, moved
from dashboard.selection import Comparison, Selection
from dashboard.settings import Settings
from dashboard.store import Store
from dashboard.targets import targets
from dashboard.ui import Page, plain
from dashboard.ui.state import FilterState
from tests import stores
from tests.pages.test_pages import assert_sound, texts

HOSTILE = (
    "<b>bold</b>",
    "=1+1",
    "![x](http://x)",
    "😀 [link](http://x)",
    "一个名字特别特别长的小区" * 5,
    "'; drop table project; --",
    "same",
    "same",
)
PERIOD = {"from": "2025-07-01", "to": "2025-12-31"}
NOW = Selection(date(2025, 7, 1), date(2025, 12, 31))
VERDICTS = {"met": "✓ on target", "near": "≈ near target", "missed": "✗ target missed"}


def portfolio() -> dict[str, pd.DataFrame]:
    """Eight projects with 3, 12, 21 … answers a half year, ever less satisfied; and actions."""
    places = pd.DataFrame(
        [
            (f"P{row}", name, "华东" if row % 2 else None, 100 * row or None, handed)
            for row, (name, handed) in enumerate(
                zip(HOSTILE, ["2025-07-10", None, "2020-01-01"] + ["2025-09-01"] * 5, strict=True)
            )
        ],
        columns=["project_id", "project_name", "region", "households", "handed_over_on"],
    )
    answers, cases = [], []
    for half, start in enumerate(("2025-02-03", "2025-08-04")):
        for row in range(len(HOSTILE)):
            for number in range(3 + 9 * row):
                case = f"{half}-{row}-{number}"
                at = pd.Timestamp(start) + pd.Timedelta(hours=7 * number)
                happy = number % 8 >= row - half
                answers.append(
                    (f"V{case}", f"R{case}", f"P{row}", f"S{row}", at, 5 if happy else 2)
                )
                resolved = at + pd.Timedelta(hours=20) if number % 5 else None
                cases.append((f"R{case}", f"P{row}", f"S{row}", at, resolved, number % 3))
    records = pd.DataFrame(
        cases, columns=["record_id", "project_id", "staff_id", "created_at", "resolved_at", "kind"]
    )
    records["kind"] = records["kind"].map({0: "complaint", 1: "repair", 2: "complaint"})
    records["category"] = [("leak", "=cmd()", None)[row % 3] for row in records.index]
    records["status"] = ["open" if pd.isna(each) else "closed" for each in records["resolved_at"]]
    surveys = pd.DataFrame(
        answers,
        columns=["survey_id", "record_id", "project_id", "staff_id", "responded_at", "csat"],
    )
    staff = pd.DataFrame(
        [(f"S{row}", f"<i>{row}</i>", "<b>A</b>" if row < 4 else None) for row in range(8)],
        columns=["staff_id", "staff_name", "team"],
    )
    return {
        "project": places,
        "staff": staff,
        "service_record": records,
        "survey": surveys.assign(nps=[9 if each == 5 else 3 for each in surveys["csat"]]),
        "target": pd.DataFrame(
            [("csat", "project", "P3", None, 99.0), ("csat", "region", "华东", None, 10.0)],
            columns=["metric", "scope_type", "scope_id", "month", "value"],
        ),
        "action": actions(),
    }


def actions() -> pd.DataFrame:
    rows = [
        ("A1", "P1", "csat", "![x](http://x) late", "S1", "2025-06-01", None),
        ("A2", None, "no such metric", "=1+1 of everybody", None, "2025-08-01", None),
        ("A3", "P2", "nps", "done", "S1", "2025-06-01", "2025-06-02"),
        ("A4", "P2", "nps", "not yet", "S1", "2099-01-01", None),
        ("A5", "P2", "nps", "whenever", "S1", None, None),
    ]
    columns = ["action_id", "project_id", "metric", "title", "owner_id", "due_on", "closed_on"]
    return pd.DataFrame(rows, columns=columns).assign(phase="do", opened_on="2025-01-01")


def overview(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Page:
    """The context of the overview over PERIOD, without a browser."""
    monkeypatch.setenv("DASHBOARD_STORE", str(folder))
    info = Store(Settings(store=folder)).info()
    before = NOW.compared(Comparison.PREVIOUS)
    t, state = translator("en"), FilterState()
    names = {"project": {f"P{row}": name for row, name in enumerate(HOSTILE)}}
    return Page("", t, LOCAL_ADMINISTRATOR, EVERYTHING, info, state, NOW, before, names)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("projects")
    stores.publish(path, portfolio())
    return path


@pytest.fixture
def page(serve: Any, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Page:
    return overview(monkeypatch, folder)


def decided(page: Page) -> pd.DataFrame:
    """What there is to decide, as its export has it."""
    return decisions.rows(page, decisions.kinds(page))


def frame_with(app: AppTest, column: str) -> pd.DataFrame:
    """The only table on the page that has the column."""
    (found,) = [each.value for each in app.dataframe if column in each.value]
    return found


def _compared(app: AppTest) -> list[object]:
    """What a profile says of its project beside the others: the table, and the charts' marks."""
    assert_sound(app)
    titles = ("Where it stands", "What it is complained about")
    drawn = [
        json.loads(chart.proto.spec)["data"]
        for chart in app.get("plotly_chart")
        if chart.proto.id and any(title in chart.proto.id for title in titles)
    ]
    assert len(drawn) == len(titles)
    return [frame_with(app, "Median of the others").to_dict("records"), *drawn]


class TestLeague:
    @pytest.fixture
    def rows(self, serve: Any, folder: Path) -> pd.DataFrame:
        app = serve(folder, "projects", "en", show_metric="csat", **PERIOD)
        assert_sound(app)
        return frame_with(app, "Rank band").set_index("n").sort_index()

    def test_every_project_stands_there_by_its_name(self, rows: pd.DataFrame) -> None:
        assert list(rows.index) == [3 + 9 * row for row in range(8)]
        assert list(rows["Project"])[:6] == list(HOSTILE[:6])

    def test_fewer_than_five_have_no_value_and_no_rank(self, rows: pd.DataFrame) -> None:
        few = rows.loc[3]
        assert few["Status"] == "n<5"
        assert few[["Value (%)", "Rank band", "Change (pp)"]].isna().all()
        assert rows.drop(index=3)["Rank band"].notna().all()

    def test_each_is_judged_by_its_own_target(self, rows: pd.DataFrame, folder: Path) -> None:
        store = Store(Settings(store=folder))
        measured = measure(store, EVERYTHING, NOW, "project", ["csat"])
        for row in range(1, 8):
            key = f"P{row}"
            alone = Selection(NOW.date_from, NOW.date_to, projects=(key,))
            target = targets(store, EVERYTHING, alone)["csat"].value
            shown = rows.loc[3 + 9 * row]
            assert shown["Target"] == target
            assert shown["Status"] == VERDICTS[status(measured[key]["csat"], target)]

    def test_a_project_selected_alone_has_its_rank_among_all(
        self, serve: Any, folder: Path, rows: pd.DataFrame
    ) -> None:
        app = serve(folder, "overview", "en", project="P4", **PERIOD)
        (alone,) = frame_with(app, "Rank band")["Rank band"]
        assert alone == rows.loc[3 + 9 * 4, "Rank band"]
        assert alone != "1"

    def test_nobody_has_a_rank_where_there_is_no_interval(self, serve: Any, folder: Path) -> None:
        app = serve(folder, "projects", "en", show_metric="complaints_per_100_households", **PERIOD)
        assert_sound(app)
        assert frame_with(app, "Rank band")["Rank band"].isna().all()


class TestProfile:
    @pytest.mark.parametrize("project", ["P0", "P2", "P4", "P7"])
    def test_every_project(self, serve: Any, folder: Path, project: str) -> None:
        app = serve(folder, "projects", "zh_CN", show_project=project, **PERIOD)
        assert_sound(app)
        assert app.query_params["show_project"] == project
        shown = " ".join(texts(app)).lower()
        assert not {"nan", "inf", "nat", "<na>"} & set(shown.split())

    def test_few_cases_are_not_judged(self, serve: Any, folder: Path) -> None:
        app = serve(folder, "projects", "en", show_project="P0", **PERIOD)
        assert_sound(app)
        figures = frame_with(app, "Median of the others").set_index("Metric")
        assert figures.loc["CSAT", "Value"] == "n<5"
        staff = frame_with(app, "Staff")
        assert staff["CSAT (%)"].isna().all()
        assert list(staff["CSAT: 95 % interval and n"]) == ["n<5"]

    def test_its_peers_are_all_projects_whichever_are_chosen(
        self, serve: Any, folder: Path
    ) -> None:
        shown = {"show_project": "P4", **PERIOD}
        free, chosen = (
            _compared(serve(folder, "projects", "en", **shown, **filters))
            for filters in ({}, {"project": "P4"})
        )
        assert chosen == free

    def test_a_project_selected_alone_is_shown_and_not_compared_with_itself(
        self, serve: Any, folder: Path
    ) -> None:
        app = serve(folder, "projects", "en", project="P4", **PERIOD)
        assert app.query_params["show_project"] == "P4"
        assert len(_compared(app)) == 3
        app.multiselect(key="f_project").set_value([]).run()
        assert "show_project" not in app.query_params
        assert len(frame_with(app, "Rank band")) == 8

    @pytest.mark.parametrize("project", ["nobody", "P0' or '1'='1"])
    def test_an_unknown_project_is_all_of_them(
        self, serve: Any, folder: Path, project: str
    ) -> None:
        app = serve(folder, "projects", "en", show_project=project, **PERIOD)
        assert_sound(app)
        assert len(frame_with(app, "Rank band")) == 8

    def test_a_project_without_a_row_in_the_period(self, serve: Any, folder: Path) -> None:
        quiet = {"from": "2025-06-01", "to": "2025-06-02", "show_project": "P7"}
        app = serve(folder, "projects", "en", **quiet)
        assert_sound(app)
        assert "The project has no complaint in the selection." in " ".join(texts(app))


class TestDecisions:
    def test_overdue_actions_are_those_due_and_not_closed(self, page: Page) -> None:
        rows = decided(page)
        late = rows[rows["Kind of matter"] == "Action overdue"]
        assert list(late["What"]) == ["![x](http://x) late", "=1+1 of everybody"]
        assert list(late["Where"]) == ["=1+1", "Whole company"]
        assert late["How it stands"].iloc[1].endswith("without an owner")

    def test_a_target_is_missed_only_for_certain(self, page: Page, folder: Path) -> None:
        rows = decided(page)
        missed = rows[(rows["Kind of matter"] == "Target missed") & (rows["What"] == "CSAT")]
        assert len(missed)
        store = Store(Settings(store=folder))
        measured = measure(store, EVERYTHING, NOW, "project", ["csat"])
        by_name = {name: f"P{row}" for row, name in enumerate(HOSTILE)}
        for name in set(missed["Where"]) - {"same"}:
            each = measured[by_name[name]]["csat"]
            assert each.n >= 5
            assert each.high is not None
            alone = Selection(NOW.date_from, NOW.date_to, projects=(by_name[name],))
            assert each.high < targets(store, EVERYTHING, alone)["csat"].value

    def test_of_one_project_only_its_own(self, page: Page) -> None:
        alone = replace(page, selection=replace(NOW, projects=("P1",)))
        assert set(decided(alone)["Where"]) == {"=1+1"}

    def test_each_is_a_line_that_leads_to_its_rows(
        self, serve: Any, folder: Path, page: Page
    ) -> None:
        app = serve(folder, "overview", "en", **PERIOD)
        assert_sound(app)
        links = [each.proto for each in app.get("page_link") if each.proto.label == "Records"]
        shown = [each for kind in decisions.kinds(page) for each in kind.matters[: decisions.EACH]]
        assert len(links) == len(shown)
        told = {each.value for each in app.markdown}
        for link, matter in zip(links, shown, strict=True):
            assert any(each.startswith(f"**{plain(matter.place)}** · ") for each in told)
            assert parse_qs(link.query_string)["metric"] == [matter.opens["metric"]]

    def test_nothing_to_decide_is_said(self, serve: Any, folder: Path) -> None:
        quiet = {"from": "2025-06-01", "to": "2025-06-02", "project": "P0"}
        app = serve(folder, "overview", "en", **quiet)
        assert_sound(app)
        assert "no action is overdue" in " ".join(texts(app))

    def test_a_scope_sees_its_own_and_the_company_s(self, folder: Path) -> None:
        store = Store(Settings(store=folder))
        for scope, seen in (
            (Scope(frozenset({"P1"})), ["A1", "A2"]),
            (Scope(frozenset({"P2"})), ["A2"]),
            (NOTHING, []),
        ):
            assert list(store.run("overdue_actions", scope, NOW)["action_id"]) == seen


class TestContribution:
    @pytest.mark.parametrize("by", ["project", "category", "channel", "team"])
    @pytest.mark.parametrize("metric", ["csat", "nps"])
    def test_rows_sum_to_the_change(self, page: Page, metric: str, by: str) -> None:
        rows, found = moved.rows(page, metric, by)
        assert found is not None
        before = NOW.compared(Comparison.PREVIOUS)
        assert before == page.compared
        change = page.total((metric,))[metric].value - page.total((metric,), before)[metric].value
        assert rows["total"].sum() == pytest.approx(change)
        assert (rows["rate"] + rows["mix"]).sum() == pytest.approx(change)

    def test_small_projects_are_among_the_others(self, page: Page) -> None:
        rows, _ = moved.rows(page, "csat", "project")
        assert "P0" not in set(rows["key"])
        assert rows["key"].isna().sum() == 1

    def test_teams_are_named_and_none_is_one(self, page: Page) -> None:
        rows, _ = moved.rows(page, "csat", "team")
        assert set(rows["label"]) == {"<b>A</b>", "Not given"}

    def test_one_project_alone_is_not_split_into_projects(self, serve: Any, folder: Path) -> None:
        app = serve(folder, "overview", "en", project="P4", **PERIOD)
        assert_sound(app)
        (split,) = [each for each in app.get("button_group") if each.label == "Split by"]
        assert split.options == ["Category", "Channel", "Staff team"]

    def test_without_a_comparison_it_says_so(self, serve: Any, folder: Path) -> None:
        app = serve(folder, "overview", "en", compare="none", **PERIOD)
        assert_sound(app)
        assert "No period to compare with is chosen" in " ".join(texts(app))


def test_names_stay_text_in_charts(serve: Any, folder: Path) -> None:
    app = serve(folder, "projects", "en", show_metric="csat", **PERIOD)
    for chart in app.get("plotly_chart"):
        assert "<b>bold" not in json.dumps(json.loads(chart.proto.spec), ensure_ascii=False)


def test_the_first_days_open_the_complaints_of_their_weeks(serve: Any, folder: Path) -> None:
    weeks = Store(Settings(store=folder)).run("complaints_since_handover", EVERYTHING)
    for project, counted in weeks.groupby("project_id")["complaints"].sum().items():
        app = serve(folder, "projects", "en", **PERIOD, kind="repair", show_project=project)
        queries = [parse_qs(each.proto.query_string) for each in app.get("page_link")]
        (link,) = [each for each in queries if each.get("metric") == ["complaint_count"]]
        days = (date.fromisoformat(link[each][0]) for each in ("from", "to"))
        opened = Selection(*days, projects=tuple(link["project"]))
        found = measure(
            Store(Settings(store=folder)), EVERYTHING, opened, None, ["complaint_count"]
        )
        assert found[""]["complaint_count"].n == counted
