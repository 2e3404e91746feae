"""What changed: effects sum to the change, whatever the groups; what cannot be split is named."""

import json
import warnings
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import stats
from dashboard.access import EVERYTHING, NOTHING
from dashboard.cli import commands
from dashboard.contribution import (
    CONTRIBUTORS,
    RATIOS,
    Contribution,
    Effect,
    contribution,
    leading,
    split,
)
from dashboard.errors import DashboardError
from dashboard.measures import TOTAL, Measure, measure
from dashboard.metrics import METRICS
from dashboard.selection import Comparison, Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests import stores

HALF_YEAR = Selection(date(2025, 1, 1), date(2025, 6, 30))
GROUP = st.tuples(
    st.integers(0, 50), st.floats(-100, 100), st.integers(0, 50), st.floats(-100, 100)
)


@pytest.fixture(autouse=True)
def _warnings_are_errors() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


class TestSplit:
    @settings(deadline=None)
    @given(st.lists(GROUP, min_size=1, max_size=12))
    def test_effects_sum_to_the_change(self, groups: list[tuple[int, float, int, float]]) -> None:
        n0, r0, n1, r1 = (np.array(column) for column in zip(*groups, strict=True))
        found = stats.contribution(n0, r0, n1, r1)
        if not n0.sum() or not n1.sum():
            assert np.isnan(found.rate).all()
            assert np.isnan(found.mix).all()
            return
        assert found.before == pytest.approx(n0 @ r0 / n0.sum())
        assert found.after == pytest.approx(n1 @ r1 / n1.sum())
        total = found.rate.sum() + found.mix.sum()
        assert total == pytest.approx(found.after - found.before, abs=1e-9)

    def test_same_mix_is_all_rate(self) -> None:
        found = stats.contribution([10, 30], [50, 70], [20, 60], [60, 70])
        assert found.rate == pytest.approx([2.5, 0])
        assert found.mix == pytest.approx([0, 0])

    def test_same_rates_are_all_mix(self) -> None:
        found = stats.contribution([10, 30], [50, 70], [30, 10], [50, 70])
        assert found.rate == pytest.approx([0, 0])
        assert found.mix == pytest.approx([-5, -5])

    def test_a_newcomer_has_a_mix_effect_only(self) -> None:
        found = stats.contribution([10, 0], [50, 0], [10, 10], [50, 90])
        assert found.rate == pytest.approx([0, 0])
        assert found.mix.sum() == pytest.approx(20)

    def test_one_side_empty(self) -> None:
        found = stats.contribution([0, 0], [0, 0], [1, 3], [40, 80])
        assert np.isnan(found.before)
        assert found.after == 70
        assert np.isnan(found.rate).all()

    def test_nothing_at_all(self) -> None:
        found = stats.contribution([], [], [], [])
        assert np.isnan([found.before, found.after]).all()
        assert found.rate.size == found.mix.size == 0


@pytest.fixture(scope="module")
def golden(golden_store: Path) -> Store:
    return Store(Settings(store=golden_store))


@pytest.fixture(scope="module")
def wholes(golden: Store) -> list[Mapping[str, Measure]]:
    """Every ratio of the half-year before, and of the half-year."""
    before = HALF_YEAR.compared(Comparison.PREVIOUS)
    assert before is not None
    return [measure(golden, EVERYTHING, each, None, RATIOS)[TOTAL] for each in (before, HALF_YEAR)]


class TestLeading:
    @settings(deadline=None)
    @given(
        st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50), st.booleans()), max_size=15),
        st.integers(1, 6),
    )
    def test_nothing_is_lost_and_nobody_hidden_is_named(
        self, groups: list[tuple[float, float, bool]], limit: int
    ) -> None:
        effects = {f"P{row}": Effect(rate, mix) for row, (rate, mix, _) in enumerate(groups)}
        hidden = {f"P{row}" for row, (_, _, each) in enumerate(groups) if each}
        kept, others, count = leading(Contribution("csat", 1.0, 2.0, effects), limit, hidden)
        assert len(kept) + count == len(effects)
        assert (others is None) == (count == 0)
        assert not hidden & {key for key, _ in kept}
        assert len(kept) <= limit + 1
        sizes = [abs(each.total or 0) for _, each in kept]
        assert sizes == sorted(sizes, reverse=True)
        shown = [each for _, each in kept] + ([others] if others else [])
        for part in ("rate", "mix", "total"):
            whole = sum(getattr(each, part) for each in effects.values())
            assert sum(getattr(each, part) for each in shown) == pytest.approx(whole, abs=1e-9)

    def test_one_other_is_shown_by_its_name(self) -> None:
        effects = {key: Effect(float(row), 0.0) for row, key in enumerate("abc")}
        kept, others, count = leading(Contribution("csat", 1.0, 2.0, effects), 2)
        assert [key for key, _ in kept] == ["c", "b", "a"]
        assert (others, count) == (None, 0)


class TestContribution:
    @pytest.mark.parametrize("by", CONTRIBUTORS)
    def test_every_ratio_sums_to_its_change(
        self, golden: Store, wholes: list[Mapping[str, Measure]], by: str
    ) -> None:
        before = HALF_YEAR.compared(Comparison.PREVIOUS)
        assert before is not None
        groups = [measure(golden, EVERYTHING, each, by, RATIOS) for each in (before, HALF_YEAR)]
        for metric in RATIOS:
            found = split(metric, groups[0], groups[1])
            if not found.groups:
                continue
            assert found.before == pytest.approx(wholes[0][metric].value), metric
            assert found.after == pytest.approx(wholes[1][metric].value), metric
            if found.before is None or found.after is None:
                assert all(each.total is None for each in found.groups.values())
                continue
            total = sum(each.total or 0 for each in found.groups.values())
            assert total == pytest.approx(found.after - found.before, abs=1e-9), metric

    def test_rows_without_a_group_are_a_group(self, tmp_path: Path) -> None:
        store = stores.publish(tmp_path, stores.odd_portfolio(1, records=200))
        before = Selection(date(2024, 1, 1), date(2024, 3, 31))
        after = Selection(date(2024, 4, 1), date(2024, 6, 30))
        assert "" in contribution(store, EVERYTHING, before, after, "csat", "kind").groups

    def test_own_measures_are_at_hand(self) -> None:
        before = {"a": {"csat": Measure("csat", 50, 10)}}
        after = {"a": {"csat": Measure("csat", 60, 10)}, "b": {"csat": Measure("csat", None, 0)}}
        found = split("csat", before, after)
        assert found.groups == {
            "a": Effect(10, 0, Measure("csat", 50, 10), Measure("csat", 60, 10))
        }

    @pytest.mark.parametrize("metric", METRICS)
    def test_what_is_no_ratio_is_refused(self, golden: Store, metric: str) -> None:
        if metric in RATIOS:
            return
        with pytest.raises(DashboardError, match=f"{metric}.*cannot be split.*csat"):
            contribution(golden, EVERYTHING, HALF_YEAR, HALF_YEAR, metric, "project")

    @pytest.mark.parametrize(
        ("metric", "by", "message"),
        [
            ("happiness", "kind", "'happiness' is unknown"),
            ("csat", "weekday", "not split by 'weekday'.*project, region"),
            ("churn_rate", "kind", "churn_rate counts has no kind"),
        ],
    )
    def test_unknown_names(self, golden: Store, metric: str, by: str, message: str) -> None:
        with pytest.raises(DashboardError, match=message):
            contribution(golden, EVERYTHING, HALF_YEAR, HALF_YEAR, metric, by)

    def test_without_a_scope_nothing_is_seen(self, golden: Store) -> None:
        found = contribution(golden, NOTHING, HALF_YEAR, HALF_YEAR, "csat", "project")
        assert (found.before, found.after, found.groups) == (None, None, {})


class TestCommand:
    CSAT = ("--metric", "csat", "--by", "kind")

    @staticmethod
    def call(store: Path, *options: str) -> str:
        arguments = ["contribution", "--store", str(store), *options]
        result = CliRunner().invoke(commands, arguments, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    def test_compared_with_any_period(self, golden_store: Path) -> None:
        period = ("--from", "2025-01-01", "--to", "2025-06-30")
        other = ("--vs-from", "2024-07-01", "--vs-to", "2024-12-31")
        default = self.call(golden_store, *self.CSAT, *period, "--json")
        assert default == self.call(golden_store, *self.CSAT, *period, *other, "--json")
        swapped = self.call(
            golden_store,
            *self.CSAT,
            *("--vs-from", "2025-01-01", "--vs-to", "2025-06-30"),
            *("--from", "2024-07-01", "--to", "2024-12-31", "--json"),
        )
        assert json.loads(swapped)["before"] == json.loads(default)["after"]

    def test_filters_hold_in_both_periods(self, golden_store: Path) -> None:
        period = ("--from", "2025-01-01", "--to", "2025-06-30", "--project", "P002", "--json")
        found: dict[str, Any] = json.loads(
            self.call(golden_store, "--metric", "nps", "--by", "project", *period)
        )
        assert list(found["groups"]) == ["P002"]
        assert found["groups"]["P002"]["mix"] == 0

    def test_an_empty_period_is_null(self, golden_store: Path) -> None:
        period = ("--from", "2024-01-01", "--to", "2024-06-30", "--json")
        found = json.loads(self.call(golden_store, *self.CSAT, *period))
        assert found["before"] is None
        assert found["after"] > 0
        assert found["groups"]["complaint"] == {"rate": None, "mix": None}
        nothing = ("--from", "2020-01-01", "--to", "2020-06-30", "--json")
        found = json.loads(self.call(golden_store, *self.CSAT, *nothing))
        assert found == {"before": None, "after": None, "groups": {}}

    def test_for_people(self, golden_store: Path) -> None:
        period = ("--from", "2025-01-01", "--to", "2025-06-30")
        lines = self.call(golden_store, *self.CSAT, *period).splitlines()
        assert lines[1] == "2024-07-01 to 2024-12-31: 63.97"
        assert lines[5].split()[0] == "repair"

    def test_half_a_period(self, golden_store: Path) -> None:
        period = ("--from", "2025-01-01", "--to", "2025-06-30", "--vs-to", "2024-12-31")
        with pytest.raises(DashboardError, match="belong together"):
            self.call(golden_store, *self.CSAT, *period)
