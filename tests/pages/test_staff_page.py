"""The staff page shows what people() says, never a rank without its band, never few cases alone."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import EVERYTHING
from dashboard.i18n import translator
from dashboard.people import Person, people
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import Store
from dashboard.ui import scores
from tests import stores
from tests.edges import records, surveys
from tests.pages.test_pages import assert_sound, texts

YEAR = {"from": "2025-01-01", "to": "2025-12-31"}
SELECTION = Selection(date(2025, 1, 1), date(2025, 12, 31))
MARCH = {"from": "2024-03-01", "to": "2024-03-31"}
EN = translator("en")
HOSTILE = '<b>=1+1</b> ![x](http://x) <img src=x onerror=alert(1)> 🙂 [y](http://y) "王"'
PERSPECTIVES = {"efficiency": "Efficiency", "quality": "Quality", "cost": "Cost"}


def table(app: AppTest, column: str) -> pd.DataFrame:
    """The first table of the page that has the column."""
    return next(each.value for each in app.dataframe if column in each.value.columns)


def found(folder: Path, selection: Selection = SELECTION) -> dict[str, Person]:
    return people(Store(Settings(store=folder)), EVERYTHING, selection)


def same(shown: Any, value: float | None) -> bool:
    return bool(pd.isna(shown)) if value is None else shown == pytest.approx(value)


class TestEverybody:
    def test_values_are_those_of_people(self, serve: Any, demo_store: Path) -> None:
        app = serve(demo_store, "staff", "en", **YEAR)
        assert_sound(app)
        measured = found(demo_store)
        shown = table(app, "Rank band")
        ranked = sorted(
            measured.values(), key=lambda each: (-(each.card.score or -1e9), each.staff_id)
        )
        assert len(shown) == len(measured) > 0
        for row, person in zip(shown.to_dict("records"), ranked, strict=True):
            card = person.card
            assert same(row["Scorecard"], card.score)
            assert same(row["95 % interval, from"], card.low)
            assert row["Rank band"] == scores.band(EN, card)
            assert all(
                same(row[name], card.perspectives.get(code)) for code, name in PERSPECTIVES.items()
            )
            assert same(row["CSAT, observed ÷ expected"], person.case_mix.ratio)
            assert (row["Records"], row["Surveys"]) == (person.records, person.surveys)
            assert same(row["360° review"], scores.review_value(person.review))

    def test_filters_limit_who_is_listed_and_change_no_score(
        self, serve: Any, demo_store: Path
    ) -> None:
        whole = table(serve(demo_store, "staff", "en", **YEAR), "Rank band")
        team = str(whole["Team"].dropna().iloc[0])
        app = serve(demo_store, "staff", "en", show_team=team, **YEAR)
        assert_sound(app)
        listed = table(app, "Rank band")
        assert set(listed["Team"]) == {team}
        assert 0 < len(listed) < len(whole)
        expected = whole[whole["Team"] == team].reset_index(drop=True)
        pd.testing.assert_frame_equal(listed.reset_index(drop=True), expected)

    def test_an_unknown_team_lists_everybody(self, serve: Any, demo_store: Path) -> None:
        app = serve(demo_store, "staff", "en", show_team="'; drop table staff; --", **YEAR)
        assert_sound(app)
        assert len(table(app, "Rank band")) == len(found(demo_store))


class TestOnePerson:
    def test_few_surveys_do_not_give_their_share_away(self, serve: Any, demo_store: Path) -> None:
        few = [each for each in found(demo_store).values() if 0 < each.case_mix.n < 5]
        assert few
        app = serve(demo_store, "staff", "en", show_person=few[0].staff_id, **YEAR)
        assert_sound(app)
        assert not [text for text in texts(app) if " satisfied, " in text]

    def test_points_add_up_to_the_score(self, serve: Any, demo_store: Path) -> None:
        measured = found(demo_store)
        best = max(measured.values(), key=lambda each: each.records)
        app = serve(demo_store, "staff", "en", show_person=best.staff_id, **YEAR)
        assert_sound(app)
        rows = table(app, "Agreed weight (%)")
        assert rows["Points"].sum() == pytest.approx(best.card.score)
        assert rows["Weight (%)"].sum() == pytest.approx(100)
        assert rows["Agreed weight (%)"].sum() == pytest.approx(100)
        said = " ".join(texts(app))
        assert scores.standing(EN, best.card) in said
        shown = {each.label: each.value for each in app.metric}
        assert shown["Scorecard"] == EN.number(best.card.score, 1)

    def test_the_trend_is_the_persons_own(self, serve: Any, demo_store: Path) -> None:
        measured = found(demo_store)
        best = max(measured.values(), key=lambda each: each.card.indicators["standard_rate"].n)
        query = {"show_person": best.staff_id, "show_indicator": "standard_rate"}
        app = serve(demo_store, "staff", "en", **query, **YEAR)
        assert_sound(app)
        figures = [json.loads(each.proto.spec) for each in app.get("plotly_chart")]
        hovers = [
            text
            for figure in figures
            for trace in figure["data"]
            for text in (trace.get("hovertext") or ())
            if text.startswith("Q")
        ]
        assert hovers
        counted = sum(int(text.partition("n = ")[2].partition(",")[0]) for text in hovers)
        assert counted <= best.card.indicators["standard_rate"].n

    @pytest.mark.parametrize("who", ["S9999", "'; drop table staff; --"])
    def test_an_unknown_person_is_everybody(self, serve: Any, demo_store: Path, who: str) -> None:
        app = serve(demo_store, "staff", "en", show_person=who, **YEAR)
        assert_sound(app)
        assert len(table(app, "Rank band")) == len(found(demo_store))

    def test_somebody_without_a_case_in_the_selection(self, serve: Any, demo_store: Path) -> None:
        day = {"from": "2025-01-01", "to": "2025-01-01"}
        quiet = replace(SELECTION, date_to=date(2025, 1, 1))
        measured = found(demo_store, quiet)
        who = next(f"S{n:04}" for n in range(1, 99) if f"S{n:04}" not in measured)
        app = serve(demo_store, "staff", "en", show_person=who, **day)
        assert_sound(app)
        assert any("no record and no survey" in each.value for each in app.info)


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """One person of a hostile name with four cases, one with forty and few raters."""
    review = {"reviewed_on": date(2024, 3, 6), "ability": 5, "attitude": 5, "efficiency": 5}
    reviews = [("S2", "peer"), ("S2", "peer"), ("S2", "manager"), ("S2", "self")]
    stores.publish(
        tmp_path,
        {
            "project": pd.DataFrame([{"project_id": "P1", "project_name": HOSTILE}]),
            "staff": pd.DataFrame(
                [("S1", HOSTILE, HOSTILE), ("S2", HOSTILE, None)],
                columns=["staff_id", "staff_name", "team"],
            ).assign(project_id="P1", position=HOSTILE),
            "service_record": records(
                44, staff_id=["S1"] * 4 + ["S2"] * 40, level="L3", title=HOSTILE
            ),
            "survey": surveys(44, staff_id=["S1"] * 4 + ["S2"] * 40),
            "training": pd.DataFrame(
                [("S1", True), ("S1", False)] + [("S2", number > 0) for number in range(6)],
                columns=["staff_id", "passed"],
            ).assign(
                training_id=[f"T{number}" for number in range(8)],
                course=HOSTILE,
                held_on=date(2024, 3, 6),
                required=True,
                attended=True,
            ),
            "review": pd.DataFrame(
                [
                    {"review_id": f"Q{n}", "staff_id": who, "reviewer": part} | review
                    for n, (who, part) in enumerate(reviews)
                ]
            ),
        },
    )
    return tmp_path


class TestFewCases:
    def test_too_few_are_named_and_have_no_score(self, serve: Any, few: Path) -> None:
        app = serve(few, "staff", "en", **MARCH)
        assert_sound(app)
        row = table(app, "Rank band").set_index("Records").loc[4]
        assert pd.isna(row["Scorecard"])
        assert row["Rank band"] == "—"
        assert row["To be careful about"].startswith("Small sample · n<5: ")

    def test_few_raters_are_not_shown_alone(self, serve: Any, few: Path) -> None:
        app = serve(few, "staff", "en", show_person="S2", **MARCH)
        assert_sound(app)
        rows = table(app, "Raters").set_index("Raters")
        assert pd.isna(rows.loc["Peer", "Score"])
        assert pd.isna(rows.loc["Self", "Score"])
        assert rows.loc["Manager", "Score"] == 100
        assert rows.loc["Peer", "Ratings"] == "too few to show alone"

    @pytest.mark.parametrize(("who", "passed"), [("S1", "n<5"), ("S2", "5 of 6 sessions")])
    def test_no_share_of_few_cases_can_be_worked_out(
        self, serve: Any, few: Path, who: str, passed: str
    ) -> None:
        app = serve(few, "staff", "en", show_person=who, **MARCH)
        assert_sound(app)
        rows = table(app, "Rests on").set_index("Figure")
        assert rows.loc["Sessions passed", "Value"] == passed
        few_cases = rows[rows["Value"] == "n<5"]
        assert len(few_cases)
        assert not few_cases["Rests on"].str.contains("satisfied").any()

    @pytest.mark.parametrize("who", ["S1", "S2"])
    @pytest.mark.parametrize("language", ["en", "zh_CN"])
    def test_names_are_inert(self, serve: Any, few: Path, who: str, language: str) -> None:
        app = serve(few, "staff", language, show_person=who, **MARCH)
        assert_sound(app)
        sheet = next(each for each in texts(app) if 'class="sheet"' in each)
        assert "<img" not in sheet
        assert "&lt;img" in sheet
        for each in (*app.markdown, *app.subheader, *app.caption):
            assert "](http" not in each.value.replace("\\]", "").replace("\\(", "")
