"""What is measured of a portfolio, and what a reader is told of a measure."""

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.access import EVERYTHING, NOTHING
from dashboard.errors import QueryError
from dashboard.measures import (
    TOTAL,
    Measure,
    Status,
    change,
    frame,
    measure,
    small,
    status,
    suppressed,
    table,
)
from dashboard.metrics import METRICS, Statistic, default_target
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests import stores
from tests.reconciliation import differing

ALL = Selection(date(2024, 1, 1), date(2025, 6, 30))
HALF_YEAR = Selection(date(2024, 1, 1), date(2024, 6, 30))


@pytest.fixture(autouse=True)
def _warnings_are_errors() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.fixture(scope="module")
def golden(golden_store: Path) -> Store:
    return Store(Settings(store=golden_store))


@pytest.fixture(scope="module")
def periods(golden: Store) -> list[Mapping[str, Measure]]:
    """Every metric of all the time, and of a half of it."""
    half = Selection(date(2025, 1, 1), date(2025, 6, 30))
    return [measure(golden, EVERYTHING, each)[TOTAL] for each in (ALL, half)]


class TestMeasure:
    def test_order_of_rows_changes_nothing(self, golden: Store, tmp_path: Path) -> None:
        shuffled = {
            name: rows.sample(frac=1, random_state=7)
            for name, rows in stores.golden_portfolio().items()
        }
        other = stores.publish(tmp_path, shuffled)
        for by in (None, "staff"):
            one, two = (measure(store, EVERYTHING, ALL, by) for store in (golden, other))
            assert one.keys() == two.keys()
            assert not [key for key in one if differing(one[key], two[key])]

    def test_as_many_as_zero_rows(self, tmp_path: Path) -> None:
        empty = stores.publish(tmp_path, {})
        total = measure(empty, EVERYTHING, HALF_YEAR)[TOTAL]
        counts = (Statistic.COUNT, Statistic.PART)
        for metric, each in total.items():
            assert each.n == 0
            assert each.value == (0 if METRICS[metric].statistic in counts else None)
        assert measure(empty, EVERYTHING, HALF_YEAR, "project") == {}

    def test_a_survey_counts_once_its_record_has_arrived(self, tmp_path: Path) -> None:
        answered = pd.to_datetime(["2024-02-01 10:00"] * 3)
        surveys = pd.DataFrame(
            {
                "survey_id": ["V1", "V2", "V3"],
                "record_id": ["R1", "not there yet", None],
                "project_id": "P1",
                "responded_at": answered,
                "csat": [5, 1, 4],
            }
        )
        records = pd.DataFrame(
            {
                "record_id": ["R1"],
                "project_id": "P1",
                "kind": "repair",
                "created_at": pd.to_datetime(["2024-01-31"]),
                "status": "open",
            }
        )
        late = records.assign(record_id="not there yet")
        project = pd.DataFrame({"project_id": ["P1"], "project_name": ["P1"]})
        before = {"project": project, "service_record": records, "survey": surveys}
        after = before | {"service_record": pd.concat([records, late])}
        for name, portfolio, expected in (("before", before, 2), ("after", after, 3)):
            store = stores.publish(tmp_path / name, portfolio)
            assert measure(store, EVERYTHING, ALL, None, ["csat"])[TOTAL]["csat"].n == expected

    def test_total_has_every_metric_in_order(self, golden: Store) -> None:
        assert list(measure(golden, EVERYTHING, ALL)[TOTAL]) == list(METRICS)
        assert list(measure(golden, NOTHING, ALL)[TOTAL]) == list(METRICS)

    def test_asks_only_for_what_is_wanted(
        self, golden: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = []
        run = golden.run
        monkeypatch.setattr(
            golden,
            "run",
            lambda query, *rest, **more: asked.append(query) or run(query, *rest, **more),
        )
        found = measure(golden, EVERYTHING, ALL, metrics=("csat", "record_count", "nps"))
        assert list(found[TOTAL]) == ["csat", "record_count", "nps"]
        assert asked == ["metric_survey", "metric_record"]

    def test_months_are_whole_even_at_the_ends_of_the_selection(self, golden: Store) -> None:
        selection = Selection(date(2024, 1, 20), date(2024, 2, 10))
        groups = measure(golden, EVERYTHING, selection, "month", ["complaints_per_100_households"])
        days = [group["complaints_per_100_households"].parts["days"] for group in groups.values()]
        assert list(groups) == ["2024-01", "2024-02"]
        assert days == [12, 10]

    def test_unknown_names(self, golden: Store) -> None:
        with pytest.raises(QueryError, match="colour"):
            measure(golden, EVERYTHING, ALL, by="colour")
        with pytest.raises(QueryError, match="happiness"):
            measure(golden, EVERYTHING, ALL, metrics=["happiness"])

    def test_frame_is_long(self, golden: Store) -> None:
        rows = frame(measure(golden, EVERYTHING, ALL, "region", ["csat", "record_count"]))
        assert list(rows.columns) == ["group", "metric", "value", "n", "low", "high"]
        assert len(rows) == 6
        assert rows.dtypes["value"] == "float64"
        assert frame({}).empty

    def test_table_in_percent(self, golden: Store) -> None:
        shown = table(measure(golden, EVERYTHING, ALL, metrics=["tier_share"])[TOTAL]["tier_share"])
        assert shown.pop("n") == 1770
        assert sum(shown.values()) == pytest.approx(100)


def share(x: int, n: int, metric: str = "csat") -> Measure:
    return Measure(metric, 100 * x / n if n else None, n, parts={"x": x, "n": n})


class TestChange:
    def test_share_in_points(self) -> None:
        found = change("csat", share(48, 80), share(56, 70))
        assert found.delta == pytest.approx(20)
        assert found.low == pytest.approx(5.24, abs=0.005)
        assert found.significant is True
        assert not found.relative

    def test_of_nothing(self) -> None:
        found = change("csat", share(0, 0), share(56, 70))
        assert (found.delta, found.low, found.significant) == (None, None, None)

    def test_counts_and_durations_in_per_cent(self) -> None:
        counts = change(
            "record_count", Measure("record_count", 50, 50), Measure("record_count", 60, 60)
        )
        assert (counts.delta, counts.significant, counts.relative) == (
            pytest.approx(20),
            None,
            True,
        )
        zero = change(
            "record_count", Measure("record_count", 0, 0), Measure("record_count", 60, 60)
        )
        assert zero.delta is None

    def test_medians_by_their_intervals(self) -> None:
        before = Measure("resolution_median", 40, 90, 37, 43)
        assert change("resolution_median", before, replace(before, value=50, low=44, high=60)) == (
            change("resolution_median", before, replace(before, value=50, low=44, high=None))
        )
        apart = change("resolution_median", before, replace(before, value=50, low=44, high=60))
        assert apart.significant is True
        assert apart.delta == pytest.approx(25)

    @pytest.mark.parametrize("metric", METRICS)
    def test_every_metric_of_two_periods(
        self, periods: list[Mapping[str, Measure]], metric: str
    ) -> None:
        one, two = (each[metric] for each in periods)
        found = change(metric, one, two)
        tested = METRICS[metric].statistic in (
            Statistic.SHARE,
            Statistic.MEAN,
            Statistic.NPS,
            Statistic.SURVIVAL_MEDIAN,
            Statistic.SURVIVAL_SHARE,
        )
        assert (found.significant is not None) == (tested and two.n > 0)
        assert (found.delta is None) == (METRICS[metric].tabular or two.n == 0)
        if found.low is not None and found.high is not None and found.delta is not None:
            assert found.low <= found.delta <= found.high
        assert change(metric, one, one).significant in (None, False)


class TestStatus:
    @pytest.mark.parametrize(
        ("metric", "value", "low", "high", "target", "expected"),
        [
            ("csat", 85, 80, 90, 85, Status.MET),
            ("csat", 84, 80, 88, 85, Status.NEAR),
            ("csat", 70, 66, 74, 85, Status.MISSED),
            ("reopen_rate", 4, 3, 6, 5, Status.MET),
            ("reopen_rate", 6, 4, 8, 5, Status.NEAR),
            ("reopen_rate", 9, 7, 11, 5, Status.MISSED),
            ("csat", None, None, None, 85, Status.UNKNOWN),
            ("csat", 70, 66, 74, None, Status.UNKNOWN),
            ("record_count", 70, None, None, 5, Status.UNKNOWN),
        ],
    )
    def test_status(
        self,
        metric: str,
        value: float | None,
        low: float | None,
        high: float | None,
        target: float | None,
        expected: Status,
    ) -> None:
        assert status(Measure(metric, value, 50, low, high), target) is expected

    def test_yearly_target_follows_the_period(self) -> None:
        assert default_target("churn_rate", 365) == pytest.approx(5 * 365 / 365.25)
        assert default_target("csat", 30) == 85
        assert default_target("record_count", 30) is None


class TestSmallSamples:
    def test_suppressed_below_five_unless_a_count(self) -> None:
        assert suppressed(Measure("csat", 50, 4))
        assert not suppressed(Measure("csat", 50, 5))
        assert not suppressed(Measure("record_count", 4, 4))

    def test_small_below_thirty(self) -> None:
        assert small(Measure("csat", 50, 29))
        assert not small(Measure("csat", 50, 30))
        assert not small(Measure("record_count", 29, 29))
