"""What must hold of any measured portfolio, and what a reader is told of a measure."""

import calendar
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from math import isclose
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboard.access import EVERYTHING, NOTHING, Scope
from dashboard.errors import QueryError
from dashboard.measures import (
    GROUPS,
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
from dashboard.metrics import METRICS, Population, Statistic, default_target
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests import stores

ALL = Selection(date(2024, 1, 1), date(2025, 6, 30))
HALF_YEAR = Selection(date(2024, 1, 1), date(2024, 6, 30))
FIELDS = {
    "project": "projects",
    "region": "regions",
    "staff": "staff",
    "kind": "kinds",
    "category": "categories",
    "stage": "stages",
    "level": "levels",
    "channel": "channels",
    "tier": "tiers",
    "target_tier": "target_tiers",
    "segment": "segments",
    "weekday": "weekdays",
    "hour": "hours",
}

PEOPLE = (Population.CUSTOMER, Population.TRAINEE)
WITHOUT_RECORD = (*PEOPLE, Population.TRAINING, Population.INSPECTION)

# without shrinking: an example takes a second, and any failing one is small enough to read
quick = settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(autouse=True)
def _warnings_are_errors() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.fixture(scope="module")
def golden(golden_store: Path) -> Store:
    return Store(Settings(store=golden_store))


@pytest.fixture(scope="module", params=[1, 2])
def odd(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return stores.publish(tmp_path_factory.mktemp("odd"), stores.odd_portfolio(request.param))


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """A selection over the golden portfolio, usually with a filter or two."""

    def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
        return st.just(()) | st.lists(st.sampled_from(values), unique=True).map(tuple)

    first = ALL.date_from + timedelta(days=draw(st.integers(0, 500)))
    return Selection(
        first,
        first + timedelta(days=draw(st.integers(0, 400))),
        projects=draw(some("P001", "P002", "P009", "no such")),
        regions=draw(some("华东", "华北")),
        kinds=draw(some("complaint", "repair", "praise")),
        channels=draw(some("phone", "app", "")),
        segments=draw(some("long_term", "potential", "")),
    )


def narrowed(selection: Selection, by: str, key: str) -> Selection:
    """The selection with the key of a group added to its filters."""
    if by == "month":
        year, month = int(key[:4]), int(key[5:])
        last = date(year, month, calendar.monthrange(year, month)[1])
        return replace(
            selection,
            date_from=max(selection.date_from, date(year, month, 1)),
            date_to=min(selection.date_to, last),
        )
    value: Any = int(key) if by in ("weekday", "hour") else key
    change: dict[str, Any] = {FIELDS[by]: (value,)}
    return replace(selection, **change)


def same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


def differing(one: dict[str, Measure], other: dict[str, Measure]) -> list[str]:
    return [
        metric
        for metric, each in one.items()
        if each.n != other[metric].n
        or not all(
            same(getattr(each, name), getattr(other[metric], name))
            for name in ("value", "low", "high")
        )
        or (METRICS[metric].tabular and table(each) != table(other[metric]))
    ]


def numerator(each: Measure) -> int:
    return int(each.parts.get("x", 0))


def drilled(store: Store, selection: Selection, metric: str, part: str) -> pd.DataFrame:
    return store.run(
        METRICS[metric].drill,
        EVERYTHING,
        selection,
        metric=metric,
        part=part,
        limit=None,
        offset=None,
    )


def assert_drills(store: Store, selection: Selection) -> None:
    for metric, each in measure(store, EVERYTHING, selection)[TOTAL].items():
        household = METRICS[metric].statistic is Statistic.HOUSEHOLD_RATE
        expected = numerator(each) if household else each.n
        assert len(drilled(store, selection, metric, "counted")) == expected, metric
        if METRICS[metric].met:
            assert len(drilled(store, selection, metric, "met")) == numerator(each), metric
        if metric in ("age_bucket", "delay_grade"):
            for part, count in each.parts.items():
                assert len(drilled(store, selection, metric, part)) == count, (metric, part)


def assert_groups_are_filters(store: Store, selection: Selection, by: str, most: int) -> None:
    groups = measure(store, EVERYTHING, selection, by)
    assert groups
    keys = [key for key in groups if key or by not in ("weekday", "hour")]
    for key in keys[:: max(1, len(keys) // most)]:
        alone = measure(store, EVERYTHING, narrowed(selection, by, key))[TOTAL]
        assert not differing(groups[key], alone), (by, key)


def assert_parts_sum(store: Store, selection: Selection, by: str) -> None:
    total = measure(store, EVERYTHING, selection)[TOTAL]
    groups = measure(store, EVERYTHING, selection, by)
    for metric, whole in total.items():
        entry = METRICS[metric]
        if metric == "gap_index" or (entry.population in PEOPLE and by == "month"):
            continue  # the smallest n; a customer is active, and a person trained, in many months
        parts = [group[metric] for group in groups.values() if metric in group]
        if entry.population in WITHOUT_RECORD and not parts:
            continue  # customers, training and inspections have no kind and no category
        assert sum(map(numerator, parts)) == numerator(whole), (by, metric)
        if entry.statistic is not Statistic.HOUSEHOLD_RATE:
            assert sum(each.n for each in parts) == whole.n, (by, metric)


class TestGolden:
    @quick
    @given(selections())
    def test_drill_lists_the_rows_counted(self, golden: Store, selection: Selection) -> None:
        assert_drills(golden, selection)

    @quick
    @given(selections(), st.sampled_from(["project", "region", "month", "kind", "category"]))
    def test_parts_sum_to_the_whole(self, golden: Store, selection: Selection, by: str) -> None:
        assert_parts_sum(golden, selection, by)

    @pytest.mark.parametrize("by", GROUPS)
    def test_a_group_is_a_filter(self, golden: Store, by: str) -> None:
        assert_groups_are_filters(golden, ALL, by, most=3)

    @quick
    @given(selections(), st.sets(st.sampled_from(["P001", "P003", "P009", "*", "%", "'; drop"])))
    def test_narrower_never_has_more(
        self, golden: Store, selection: Selection, projects: set[str]
    ) -> None:
        wide = measure(golden, EVERYTHING, selection)[TOTAL]
        for narrow in (
            measure(golden, Scope(frozenset(projects)), selection)[TOTAL],
            measure(golden, EVERYTHING, replace(selection, levels=("L1",)))[TOTAL],
        ):
            assert all(narrow[metric].n <= wide[metric].n for metric in wide)

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


class TestOddPortfolio:
    def test_drill_lists_the_rows_counted(self, odd: Store) -> None:
        assert_drills(odd, HALF_YEAR)

    @pytest.mark.parametrize("by", GROUPS)
    def test_parts_sum_to_the_whole(self, odd: Store, by: str) -> None:
        assert_parts_sum(odd, HALF_YEAR, by)

    @pytest.mark.parametrize("by", GROUPS)
    def test_a_group_is_a_filter(self, odd: Store, by: str) -> None:
        assert_groups_are_filters(odd, HALF_YEAR, by, most=3)

    def test_as_many_as_zero_rows(self, tmp_path: Path) -> None:
        empty = stores.publish(tmp_path, {})
        total = measure(empty, EVERYTHING, HALF_YEAR)[TOTAL]
        counts = (Statistic.COUNT, Statistic.PART)
        for metric, each in total.items():
            assert each.n == 0
            assert each.value == (0 if METRICS[metric].statistic in counts else None)
        assert measure(empty, EVERYTHING, HALF_YEAR, "project") == {}


class TestMeasure:
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
    def test_every_metric_of_two_periods(self, golden: Store, metric: str) -> None:
        after = Selection(date(2025, 1, 1), date(2025, 6, 30))
        one, two = (measure(golden, EVERYTHING, each)[TOTAL][metric] for each in (ALL, after))
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
