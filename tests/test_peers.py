"""How projects stand among each other: rank bands counted one by one, limits around the whole."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard import measures, peers
from dashboard.access import EVERYTHING
from dashboard.estimators import DAYS_OF_MONTH
from dashboard.measures import TOTAL, Groups, Measure, measure
from dashboard.metrics import METRICS, Better, Statistic
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests import edges, stores

YEAR = Selection(date(2024, 7, 1), date(2025, 6, 30))
QUARTER = Selection(date(2025, 4, 1), date(2025, 6, 30))
RANKED = ("csat", "nps", "ces", "standard_rate", "resolved_within_30d", "reopen_rate")


DRAWN = [each for each in METRICS if METRICS[each].statistic in peers.FUNNELS]


def of(groups: Groups, metric: str) -> dict[str, Measure]:
    return {key: each[metric] for key, each in groups.items() if metric in each}


@pytest.fixture(scope="module")
def golden(golden_store: Path) -> dict[Selection, Groups]:
    store = Store(Settings(store=golden_store))
    wanted = [*DRAWN, "resolved_within_30d"]
    return {
        each: measure(store, EVERYTHING, each, "project", wanted)
        | measure(store, EVERYTHING, each, None, wanted)
        for each in (YEAR, QUARTER)
    }


class TestRanks:
    @pytest.mark.parametrize("selection", [YEAR, QUARTER], ids=["year", "quarter"])
    @pytest.mark.parametrize("metric", RANKED)
    def test_as_counted_one_by_one(
        self, golden: dict[Selection, Groups], metric: str, selection: Selection
    ) -> None:
        groups = of(golden[selection], metric)
        del groups[TOTAL]
        found = peers.ranks(metric, groups)
        low_is_good = METRICS[metric].better is Better.LOW
        shown = {key: each for key, each in groups.items() if each.low is not None and each.n >= 5}
        assert found.keys() == shown.keys()
        for key, band in found.items():
            own = shown[key]
            if low_is_good:
                better = sum(each.high < own.low for each in shown.values())
                worse = sum(each.low > own.high for each in shown.values())
            else:
                better = sum(each.low > own.high for each in shown.values())
                worse = sum(each.high < own.low for each in shown.values())
            assert (band.best, band.worst, band.of) == (1 + better, len(shown) - worse, len(shown))
            assert band.best <= band.plain <= band.worst

    def test_where_low_is_good_the_lowest_comes_first(self) -> None:
        groups = {
            name: Measure("reopen_rate", value, 500, value - 2, value + 2)
            for name, value in (("bad", 20.0), ("good", 2.0), ("fair", 5.0))
        }
        found = peers.ranks("reopen_rate", groups)
        assert [(found[key].best, found[key].worst) for key in ("good", "fair", "bad")] == [
            (1, 2),
            (1, 2),
            (3, 3),
        ]

    def test_small_ones_and_ones_without_interval_are_not_ranked(self) -> None:
        groups = {
            "four": Measure("csat", 100.0, 4, 51.0, 100.0),
            "five": Measure("csat", 100.0, 5, 56.6, 100.0),
            "bare": Measure("csat", 50.0, 90),
            "none": Measure("csat", None, 0),
        }
        assert peers.ranks("csat", groups).keys() == {"five"}
        assert peers.ranks("csat", {}) == {}

    def test_what_is_neither_good_nor_bad_is_not_ranked(self) -> None:
        assert peers.ranks("record_count", {"a": Measure("record_count", 9.0, 9, 1.0, 20.0)}) == {}


class TestFunnel:
    @pytest.mark.parametrize("metric", DRAWN)
    def test_every_metric_of_the_golden_portfolio(
        self, golden: dict[Selection, Groups], metric: str
    ) -> None:
        groups = of(golden[YEAR], metric)
        whole = groups.pop(TOTAL)
        found = peers.funnel(metric, whole, groups)
        shown = {
            key
            for key, each in groups.items()
            if each.value is not None and not measures.suppressed(each)
        }
        if found is None:
            assert whole.value is None or not shown
            return
        assert set(found.points.index) == shown
        assert found.centre == whole.value
        points = found.points
        assert ((points["value"] > points["high"] + 1e-6) <= (points["beyond"] > 0)).all()
        assert ((points["value"] < points["low"] - 1e-6) <= (points["beyond"] < 0)).all()
        inside = points[(points["low"] <= points["value"]) & (points["value"] <= points["high"])]
        assert (inside["beyond"] == 0).all()
        curve = found.curve
        assert curve["volume"].is_monotonic_increasing
        assert (curve["outer_low"] <= curve["inner_low"]).all()
        assert (curve["inner_low"] <= found.centre + 1e-9).all()
        assert (curve["inner_high"] >= found.centre - 1e-9).all()
        assert (curve["inner_high"] <= curve["outer_high"]).all()

    def test_one_volume_alone_has_a_curve_on_both_sides(self) -> None:
        alone = Measure("csat", 50.0, 40, parts={"x": 20, "n": 40})
        found = peers.funnel("csat", alone, {"P1": alone})
        assert found is not None
        assert found.curve["volume"].min() < 40 < found.curve["volume"].max()

    def test_a_rate_per_household_has_limits_of_its_household_months(self) -> None:
        days = 61
        parts = [{"x": x, "n": n, "days": days} for x, n in ((10, 500), (60, 600), (70, 1100))]
        rates = [100 * each["x"] / each["n"] / (days / DAYS_OF_MONTH) for each in parts]
        measured = [
            Measure("complaints_per_100_households", rate, each["n"], parts=each)
            for rate, each in zip(rates, parts, strict=True)
        ]
        whole = measured.pop()
        found = peers.funnel(whole.metric, whole, {"few": measured[0], "many": measured[1]})
        assert found is not None
        # the whole has 70 of 1,100 homes: 31.8 of 500 and 38.2 of 600 are to be expected
        assert list(np.sign(found.points["beyond"])) == [-1, 1]
        assert list(found.points["n"]) == [10, 60]

    def test_spread_of_nps_is_that_of_its_answers(self) -> None:
        answers = {"promoters": 40, "passives": 30, "detractors": 30}
        one = Measure("nps", 10.0, 100, -6.0, 26.0, answers)
        found = peers.funnel("nps", one, {"a": one, "b": one})
        assert found is not None
        worth = np.repeat([1, 0, -1], [40, 30, 30])
        half = 100 * 1.959964 * worth.std(ddof=1) / np.sqrt(100)
        assert found.points["high"]["a"] == pytest.approx(10 + half, abs=1e-3)
        assert (found.points["beyond"] == 0).all()

    def test_without_form_or_rows_there_is_none(self) -> None:
        some = Measure("resolved_within_30d", 50.0, 90, 40.0, 60.0)
        assert METRICS["resolved_within_30d"].statistic is Statistic.SURVIVAL_SHARE
        assert peers.funnel("resolved_within_30d", some, {"a": some}) is None
        four = Measure("csat", 50.0, 4, 15.0, 85.0, {"x": 2, "n": 4})
        assert peers.funnel("csat", four, {"a": four}) is None
        assert peers.funnel("csat", Measure("csat", None, 0), {}) is None

    @pytest.mark.parametrize("edge", edges.EDGES)
    def test_edges(self, tmp_path: Path, edge: str) -> None:
        store = stores.publish(tmp_path, edges.EDGES[edge]())
        period = Selection(date(2024, 1, 1), date(2024, 12, 31))
        wanted = ("csat", "ces", "nps", "standard_rate", "complaints_per_100_households")
        wholes = measure(store, EVERYTHING, period, None, wanted)[TOTAL]
        groups = measure(store, EVERYTHING, period, "project", wanted)
        for metric, whole in wholes.items():
            found = peers.funnel(metric, whole, of(groups, metric))
            if found is not None:  # one project is the whole: nothing can stand out
                assert (found.points["beyond"] == 0).all()
                assert not found.curve.isna().any(axis=None)


def test_two_thousand_projects_are_ranked_at_once() -> None:
    random = np.random.default_rng(7)
    values = pd.DataFrame(
        {"value": random.uniform(50, 100, 2000), "half": random.uniform(1, 20, 2000)}
    )
    groups = {
        f"P{row.Index}": Measure("csat", row.value, 50, row.value - row.half, row.value + row.half)
        for row in values.itertuples()
    }
    found = peers.ranks("csat", groups)
    assert len(found) == 2000
    assert min(each.best for each in found.values()) == 1
