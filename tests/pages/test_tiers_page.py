"""The tiers page: parts sum to the whole by every group, and the matrix is the catalogue's."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.access import EVERYTHING, Scope
from dashboard.codes import CODES
from dashboard.measures import TOTAL, measure
from dashboard.panels.tiers import GROUPS
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests import stores
from tests.edges import PLACES, records
from tests.pages.test_pages import assert_sound, texts
from tests.pages.test_satisfaction_page import figures

EVER = Selection(date(2020, 1, 1), date(2030, 1, 1))
STATES = list(CODES["tier_delivered"])
RECORDS = {"metric": "record_count", "part": "counted", "limit": None, "offset": None}


@pytest.mark.parametrize("by", GROUPS)
@pytest.mark.parametrize("name", ["golden_store", "demo_store"])
def test_states_of_groups_sum_to_the_whole(
    request: pytest.FixtureRequest, name: str, by: str
) -> None:
    store = Store(Settings(store=request.getfixturevalue(name)))
    groups = measure(store, EVERYTHING, EVER, by, ("tier_share",))
    whole = measure(store, EVERYTHING, EVER, None, ("tier_share",))[TOTAL]["tier_share"]
    for state in STATES:
        parts = [each["tier_share"].parts[state] for each in groups.values()]
        assert sum(parts) == whole.parts[state]
    assert whole.n > 0


def test_grades_are_those_of_the_staff(demo_store: Path) -> None:
    store = Store(Settings(store=demo_store))
    grades = store.run("staff_names", EVERYTHING).set_index("staff_id")["grade"]
    listed = store.run("record_drill", EVERYTHING, EVER, **RECORDS)
    expected = listed["staff_id"].map(grades).fillna("").value_counts().to_dict()
    counted = measure(store, EVERYTHING, EVER, "grade", ("record_count",))
    assert {key: each["record_count"].n for key, each in counted.items()} == expected
    for grade in expected:
        chosen = Selection(EVER.date_from, EVER.date_to, grades=(grade,))
        assert len(store.run("record_drill", EVERYTHING, chosen, **RECORDS)) == expected[grade]


def graded(pairs: list[tuple[str | None, str | None]]) -> pd.DataFrame:
    """Records with these target and delivered tiers."""
    return records(len(pairs)).assign(
        tier_target=[target for target, _ in pairs],
        tier_delivered=[delivered for _, delivered in pairs],
    )


PAIRS: list[tuple[str | None, str | None]] = [
    *[("memorable", "memorable")] * 6,
    *[("memorable", "satisfying")] * 3,
    ("memorable", "below"),
    *[("basic", "exceeding")] * 3,
    ("basic", "below"),
    ("basic", None),
    (None, "basic"),
]


class TestShortfall:
    def test_steps_below_the_target(self, serve: Any, tmp_path: Path) -> None:
        stores.publish(tmp_path, {**PLACES, "service_record": graded(PAIRS)})
        app = serve(tmp_path, "tiers", "en")
        assert_sound(app)
        (table,) = [each.value for each in app.dataframe if "Mean steps short" in each.value]
        found = table.set_index("Target tier")
        assert list(found.index) == ["Memorable", "Basic", "All targets"]
        assert list(found["Records"]) == [10, 4, 14]
        assert list(found["1 step short"]) == [0, 1, 1]
        assert list(found["2 steps short"]) == [3, 0, 3]
        assert list(found["3 or more short"]) == [1, 0, 1]
        assert found["Tier attainment (%)"].tolist() == pytest.approx([60, 75, 100 * 9 / 14])
        assert found["Mean steps short"].tolist() == pytest.approx([1, 0.25, 11 / 14])
        assert (found["95 % interval, from"] < found["Tier attainment (%)"]).all()

    def test_without_targets(self, serve: Any, tmp_path: Path) -> None:
        stores.publish(tmp_path, {**PLACES, "service_record": graded([(None, "basic")] * 6)})
        app = serve(tmp_path, "tiers", "en")
        assert_sound(app)
        assert any("judging by “Target tier”" in text for text in texts(app))

    def test_title_says_where_a_promise_is_seldom_kept(self, serve: Any, tmp_path: Path) -> None:
        pairs = [("memorable", "basic")] * 30 + [("basic", "basic")] * 70
        stores.publish(tmp_path, {**PLACES, "service_record": graded(pairs)})
        shown = list(texts(serve(tmp_path, "tiers", "en")))
        assert any(
            "Where Memorable is promised, 0.0 % of the records reach it" in each for each in shown
        )


def test_bars_of_the_page_are_the_catalogue(serve: Any, demo_store: Path) -> None:
    app = serve(demo_store, "tiers", "en", period="everything", show_group="grade")
    assert_sound(app)
    store = Store(Settings(store=demo_store))
    groups = measure(store, EVERYTHING, EVER, "grade", ("tier_share",))
    expected = {
        (grade, state): 100 * each["tier_share"].parts[state] / each["tier_share"].n
        for grade, each in groups.items()
        for state in STATES
    }
    shown = {
        (grade, state): share
        for figure in figures(app)
        for trace in figure["data"]
        if trace["type"] == "bar" and trace["orientation"] == "h"
        for (grade, state), share in zip(trace["customdata"], trace["x"], strict=True)
        if grade in groups
    }
    assert shown == pytest.approx(expected)


class TestRepeatBusiness:
    @pytest.mark.parametrize("projects", [None, ("P001", "P002", "P003")])
    def test_by_hand(self, demo_store: Path, projects: tuple[str, ...] | None) -> None:
        scope = EVERYTHING if projects is None else Scope(frozenset(projects))
        store = Store(Settings(store=demo_store))
        chosen = Selection(date(2024, 1, 1), date(2025, 12, 31), kinds=("repair", "complaint"))
        listed = store.run("record_drill", scope, chosen, **RECORDS)
        ever = store.run("record_drill", scope, EVER, **RECORDS)
        known = listed.dropna(subset=["customer_id", "tier_delivered"])
        first = known.groupby(["tier_delivered", "customer_id"])["created_at"].min().reset_index()
        rows = store.run("repeat_business", scope, chosen).set_index("tier")
        for tier, served in first.groupby("tier_delivered"):
            assert rows.loc[tier, ["customers", "pending"]].sum() == len(served)
            assert 0 <= rows.loc[tier, "again"] <= rows.loc[tier, "customers"]
        assert set(rows.index) == set(first["tier_delivered"])
        assert len(ever) >= len(listed)

    @pytest.mark.parametrize(
        ("kind", "revenue", "status", "days", "again"),
        [
            ("value_added", 100, "closed", 10, 1),
            ("value_added", 100, "closed", 180, 1),
            ("value_added", 100, "closed", 181, 0),
            ("value_added", 100, "closed", -1, 0),
            ("value_added", 0, "closed", 10, 0),
            ("value_added", 100, "cancelled", 10, 0),
            ("repair", 100, "closed", 10, 0),
        ],
    )
    def test_what_counts(
        self, tmp_path: Path, kind: str, revenue: int, status: str, days: int, again: int
    ) -> None:
        start = pd.Timestamp("2024-03-04 08:00")
        rows = records(3).assign(
            customer_id=["C1", "C1", "C9"],
            created_at=[start, start + pd.Timedelta(days=days), start + pd.Timedelta(days=300)],
            kind=["complaint", kind, "complaint"],
            status=["closed", status, "open"],
            revenue=[None, revenue, None],
            tier_delivered=["basic", None, None],
        )
        store = stores.publish(tmp_path, {**PLACES, "service_record": rows})
        found = store.run("repeat_business", EVERYTHING, EVER).to_dict("records")
        assert found == [{"tier": "basic", "customers": 1, "again": again, "pending": 0}]

    @pytest.mark.parametrize(
        ("kind", "signed", "again"),
        [
            ("service", "2024-03-04", 1),
            ("repurchase", "2024-05-01", 1),
            ("purchase", "2024-05-01", 0),
        ],
    )
    def test_contracts(self, tmp_path: Path, kind: str, signed: str, again: int) -> None:
        rows = records(2).assign(
            customer_id=["C1", "C9"],
            created_at=pd.to_datetime(["2024-03-04 08:00", "2025-03-04 08:00"]),
            tier_delivered=["basic", None],
        )
        contract = pd.DataFrame(
            [("K1", "C1", "P1", kind, date.fromisoformat(signed))],
            columns=["contract_id", "customer_id", "project_id", "kind", "signed_on"],
        )
        portfolio = {**PLACES, "service_record": rows, "contract": contract}
        found = stores.publish(tmp_path, portfolio).run("repeat_business", EVERYTHING, EVER)
        assert found["again"].tolist() == [again]

    def test_pending_until_180_days_have_passed(self, tmp_path: Path) -> None:
        rows = records(2).assign(
            customer_id=["C1", "C9"],
            created_at=pd.to_datetime(["2024-03-04 08:00", "2024-05-04 08:00"]),
            tier_delivered=["basic", None],
        )
        found = stores.publish(tmp_path, {**PLACES, "service_record": rows}).run(
            "repeat_business", EVERYTHING, EVER
        )
        assert found.to_dict("records") == [
            {"tier": "basic", "customers": 0, "again": 0, "pending": 1}
        ]


@pytest.mark.parametrize("by", ["tier", "target_tier"])
def test_gap_of_a_tier_is_the_mean_of_its_dimensions(golden_store: Path, by: str) -> None:
    store = Store(Settings(store=golden_store))
    rated = store.run("servqual", EVERYTHING, EVER, by=by)
    index = measure(store, EVERYTHING, EVER, by, ("gap_index",))
    compared = 0
    for tier, rows in rated.groupby("group"):
        measured = index[str(tier)]["gap_index"]
        if len(rows) == len(CODES["dimension"]):
            gap = (rows["perception"] - rows["expectation"]).mean()
            assert measured.value == pytest.approx(gap)
            assert measured.n == rows["n"].min()
            compared += 1
    assert compared
