"""What the complaints page asks of the store, counted again row by row."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard import stats
from dashboard.access import EVERYTHING
from dashboard.measures import TOTAL, measure
from dashboard.selection import HANDOVERS, Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests import stores

ALL = Selection(date(2024, 1, 1), date(2025, 6, 30))
SOME = Selection(date(2024, 3, 10), date(2025, 2, 20), projects=("P001", "P002", "P003"))
AS_OF = pd.Timestamp("2025-06-30 18:00:00")
TIMES = ("created_at", "first_response_at", "resolved_at", "fed_back_at", "closed_at")
STEPS = ("accepted", "investigated", "handled", "fed_back", "archived")


@pytest.fixture(scope="module")
def store(golden_store: Path) -> Store:
    return Store(Settings(store=golden_store))


@pytest.fixture(scope="module")
def complaints() -> pd.DataFrame:
    """All complaints of the golden portfolio that are not cancelled."""
    rows = stores.golden_portfolio()["service_record"]
    rows = rows[(rows["kind"] == "complaint") & (rows["status"] != "cancelled")].copy()
    for column in TIMES:
        rows[column] = pd.to_datetime(rows[column])
    return rows


def within(rows: pd.DataFrame, selection: Selection, *, dates: bool = True) -> pd.DataFrame:
    if selection.projects:
        rows = rows[rows["project_id"].isin(selection.projects)]
    if not dates:
        return rows
    days = rows["created_at"].dt.date
    return rows[(days >= selection.date_from) & (days <= selection.date_to)]


class TestCells:
    @pytest.mark.parametrize("selection", [ALL, SOME])
    def test_are_counted(
        self, store: Store, complaints: pd.DataFrame, selection: Selection
    ) -> None:
        rows = within(complaints, selection)
        options = {"by_row": "project", "by_column": "category", "rows": None, "columns": None}
        found = store.run("complaint_cells", EVERYTHING, selection, **options)
        counted = rows.groupby(["project_id", rows["category"].fillna("")]).size()
        assert found.set_index(["row", "column"])["count"].to_dict() == counted.to_dict()

    def test_the_others_are_put_together_and_no_residual_changes(self, store: Store) -> None:
        def table(most: int | None) -> pd.DataFrame:
            options = {"by_row": "project", "by_column": "category"}
            found = store.run(
                "complaint_cells", EVERYTHING, ALL, **options, rows=most, columns=most
            ).fillna("others")
            return found.pivot_table(
                index="row", columns="column", values="count", fill_value=0, aggfunc="sum"
            )

        whole, part = table(None), table(3)
        assert part.to_numpy().sum() == whole.to_numpy().sum()
        assert part.shape == (4, 4)
        kept_rows, kept_columns = part.index.drop("others"), part.columns.drop("others")
        most = whole.sum(axis=1).sort_values(ascending=False)
        assert part.sum(axis=1)[kept_rows].min() >= most.iloc[3]
        residuals = [
            pd.DataFrame(stats.adjusted_residuals(each), each.index, each.columns)
            for each in (whole, part)
        ]
        one, other = (each.loc[kept_rows, kept_columns].to_numpy() for each in residuals)
        assert other == pytest.approx(one)

    def test_days_since_handover(self, store: Store, complaints: pd.DataFrame) -> None:
        portfolio = stores.golden_portfolio()
        own = portfolio["customer"].set_index("customer_id")["handed_over_on"]
        places = portfolio["project"].set_index("project_id")["handed_over_on"]
        since = complaints["customer_id"].map(own).fillna(complaints["project_id"].map(places))
        days = (complaints["created_at"].dt.normalize() - pd.to_datetime(since)).dt.days
        ends = [-1, 7, 30, 60, 100, 180, 365, 10**6]
        counted = {
            band: int(((days <= end) & (days > start)).sum())
            for band, start, end in zip(HANDOVERS, [-(10**6), *ends], ends, strict=False)
        }
        options = {"by_row": None, "by_column": "handover", "rows": None, "columns": None}
        found = store.run("complaint_cells", EVERYTHING, ALL, **options)
        told = found.set_index("column")["count"].to_dict()
        assert told.pop("", 0) == int(days.isna().sum())
        assert told == {band: count for band, count in counted.items() if count}
        focus = measure(store, EVERYTHING, ALL, None, ("focus_share",))[TOTAL]["focus_share"]
        bands = ("0-7", "8-30", "31-60", "61-100")
        assert sum(told.get(band, 0) for band in bands) == focus.parts["x"]


class TestFlow:
    @pytest.mark.parametrize("unit", ["month", "week"])
    @pytest.mark.parametrize("selection", [ALL, SOME])
    def test_what_was_open_and_what_came_less_what_went_is_what_is_open(
        self, store: Store, complaints: pd.DataFrame, selection: Selection, unit: str
    ) -> None:
        found = store.run("complaint_flow", EVERYTHING, selection, unit=unit)
        rows = within(complaints, selection, dates=False)
        moved = found["created"] - found["resolved"]
        assert (found["open"].diff().iloc[1:] == moved.iloc[1:]).all()
        assert found["created"].sum() == len(within(complaints, selection))
        for each in found.to_dict("records"):
            closing = each["closing"]
            waiting = rows[(rows["created_at"] <= closing) & ~(rows["resolved_at"] <= closing)]
            assert each["open"] == len(waiting) == sum(each["age_bucket"].values())
            old = (closing - waiting["created_at"]) >= timedelta(days=30)
            assert each["age_bucket"][">30"] == old.sum()

    def test_ends_with_what_is_open_at_the_as_of_time(self, store: Store) -> None:
        found = store.run("complaint_flow", EVERYTHING, ALL, unit="month").iloc[-1]
        only = Selection(ALL.date_from, ALL.date_to, kinds=("complaint",))
        measured = measure(store, EVERYTHING, only, None, ("open_count", "age_bucket"))[TOTAL]
        assert found["closing"] == AS_OF
        assert found["open"] == measured["open_count"].n
        assert found["age_bucket"] == measured["age_bucket"].parts

    def test_periods_follow_each_other(self, store: Store) -> None:
        found = store.run("complaint_flow", EVERYTHING, SOME, unit="week").iloc[1:]
        assert found["first_day"].iloc[0].date() == SOME.date_from
        assert found["last_day"].iloc[-1].date() == SOME.date_to
        gaps = found["first_day"].iloc[1:].to_numpy() - found["last_day"].iloc[:-1].to_numpy()
        assert set(pd.to_timedelta(gaps).days) == {1}


class TestClosedLoop:
    @pytest.fixture(scope="class")
    def parts(self, store: Store) -> dict[str, Any]:
        found = measure(store, EVERYTHING, ALL, None, ("closed_loop_rate",))
        return dict(found[TOTAL]["closed_loop_rate"].parts)

    def test_steps_are_reached_one_after_the_other(
        self, parts: dict[str, Any], complaints: pd.DataFrame
    ) -> None:
        old = complaints[complaints["created_at"] + timedelta(days=30) < AS_OF]
        reached = old["first_response_at"].notna()
        assert parts["n"] == len(old)
        assert parts["accepted"] == reached.sum()
        for step, column in (
            ("handled", "resolved_at"),
            ("fed_back", "fed_back_at"),
            ("archived", "closed_at"),
        ):
            assert parts[f"not_{step}"] == (reached & old[column].isna()).sum()
            reached &= old[column].notna()
            assert parts[step] == reached.sum()
        assert parts["archived"] == parts["x"]

    def test_each_part_is_listed(self, store: Store, parts: dict[str, Any]) -> None:
        for part in (*STEPS, *(f"not_{step}" for step in STEPS)):
            options = {"metric": "closed_loop_rate", "limit": None, "offset": None}
            listed = store.run("record_drill", EVERYTHING, ALL, part=part, **options)
            assert len(listed) == parts[part], part


class TestRepeaters:
    def test_together_they_are_the_repeat_rate(self, store: Store) -> None:
        found = store.run("complaint_repeaters", EVERYTHING, ALL, limit=None)
        rate = measure(store, EVERYTHING, ALL, None, ("repeat_rate",))[TOTAL]["repeat_rate"]
        assert found["repeated"].sum() == rate.parts["x"] > 0
        assert (found["repeated"].diff().dropna() <= 0).all()
        assert (found["customers"] == len(found)).all()

    def test_a_customer_can_be_selected(self, store: Store) -> None:
        first = store.run("complaint_repeaters", EVERYTHING, ALL, limit=1).iloc[0]
        own = Selection(ALL.date_from, ALL.date_to, customers=(first["customer_id"],))
        found = measure(store, EVERYTHING, own, None, ("complaint_count", "repeat_rate"))[TOTAL]
        assert found["complaint_count"].n == first["complaints"]
        assert found["repeat_rate"].parts["x"] == first["repeated"]
