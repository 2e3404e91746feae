"""Drivers of satisfaction: against regressions in every order, and where they are not defined."""

import warnings
from collections.abc import Iterator
from itertools import permutations

import numpy as np
import pytest
import statsmodels.api as sm

from dashboard import stats
from dashboard.codes import CODES
from dashboard.measures import Measure, table
from dashboard.stats import Drivers, Floats


@pytest.fixture(autouse=True)
def _warnings_are_errors() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def ratings(seed: int, n: int = 80, predictors: int = 5) -> Floats:
    """Ratings from 1 to 5: in the first column the outcome, in the others what goes with it."""
    random = np.random.default_rng(seed)
    mood = random.normal(size=(n, 1))
    felt = mood * np.linspace(1, 0, predictors) + random.normal(size=(n, predictors))
    outcome = felt @ np.linspace(0, 1, predictors) + random.normal(size=n)
    rated: Floats = np.clip(np.round(np.column_stack([outcome, felt]) + 3), 1, 5)
    return rated


def found(data: Floats) -> Drivers:
    return stats.drivers(len(data), data.sum(axis=0), data.T @ data)


def in_every_order(data: Floats) -> tuple[float, Floats]:
    """R² and its shares by one least-squares fit per step of every order of entry."""
    outcome, predictors = data[:, 0], data[:, 1:]
    count = predictors.shape[1]

    def r2(entered: tuple[int, ...]) -> float:
        explained = sm.OLS(outcome, sm.add_constant(predictors[:, entered])).fit().rsquared
        return float(explained)

    gains, orders = np.zeros(count), list(permutations(range(count)))
    known = {(): 0.0}
    for order in orders:
        for step, predictor in enumerate(order):
            before, after = tuple(sorted(order[:step])), tuple(sorted(order[: step + 1]))
            if after not in known:
                known[after] = r2(after)
            gains[predictor] += known[after] - known[before]
    return known[tuple(range(count))], gains / len(orders) / known[tuple(range(count))]


@pytest.mark.parametrize("seed", range(4))
def test_every_order_of_entry(seed: int) -> None:
    data = ratings(seed)
    expected, shares = in_every_order(data)
    result = found(data)
    assert result.r2 == pytest.approx(expected, rel=1e-9)
    assert result.shares == pytest.approx(shares, rel=1e-9)
    assert result.means == pytest.approx(data[:, 1:].mean(axis=0))


def test_one_predictor_takes_all() -> None:
    result = found(ratings(5, predictors=1))
    assert result.shares == pytest.approx([1])


class TestDegenerate:
    def test_nothing_observed(self) -> None:
        result = stats.drivers(0, np.zeros(6), np.zeros((6, 6)))
        assert (result.r2, result.shares) == (None, None)
        assert np.isnan(result.means).all()

    def test_constant_outcome_has_no_r2(self) -> None:
        data = ratings(1)
        data[:, 0] = 4
        assert (found(data).r2, found(data).shares) == (None, None)

    def test_constant_predictor_explains_nothing(self) -> None:
        data = ratings(1)
        data[:, 3] = 2
        shares = found(data).shares
        assert shares is not None
        assert shares[2] == pytest.approx(0, abs=1e-12)
        rest = found(np.delete(data, 3, axis=1)).shares
        assert np.delete(shares, 2) == pytest.approx(rest)

    def test_only_constant_predictors(self) -> None:
        data = ratings(1)
        data[:, 1:] = 3
        assert (found(data).r2, found(data).shares) == (0, None)

    def test_equal_predictors_get_equal_shares(self) -> None:
        data = ratings(2)
        data[:, 2] = data[:, 1]
        result = found(data)
        assert result.shares is not None
        assert result.shares[0] == pytest.approx(result.shares[1])
        assert result.shares.sum() == pytest.approx(1)
        assert result.r2 == pytest.approx(found(np.delete(data, 2, axis=1)).r2)

    def test_sum_of_others_adds_nothing(self) -> None:
        data = ratings(3)
        data[:, 5] = data[:, 1] + data[:, 2]
        assert found(data).r2 == pytest.approx(found(data[:, :5]).r2)

    def test_outcome_is_a_predictor(self) -> None:
        data = ratings(4)
        data[:, 1] = data[:, 0]
        assert found(data).r2 == pytest.approx(1)


class TestTable:
    @staticmethod
    def of(data: Floats) -> dict[str, float | None]:
        parts = {
            "n": len(data),
            "sums": data.sum(axis=0).tolist(),
            "products": [list(row) for row in data.T @ data],
        }
        return table(Measure("drivers", None, len(data), parts=parts))

    def test_percentages_by_dimension(self) -> None:
        shown = self.of(ratings(1, n=50))
        assert list(shown) == ["n", "r2", *CODES["dimension"]]
        assert sum(shown[name] or 0 for name in CODES["dimension"]) == pytest.approx(100)

    def test_fifty_are_needed(self) -> None:
        assert self.of(ratings(1, n=49)) == {"n": 49}
        assert table(Measure("drivers", None, 0)) == {"n": 0}

    def test_constant_rating(self) -> None:
        data = ratings(1)
        data[:, 0] = 5
        assert self.of(data) == {"n": 80, "r2": None} | dict.fromkeys(CODES["dimension"])


def test_an_explanation_is_one_where_chance_is_not() -> None:
    assert found(ratings(1)).explain
    random = np.random.default_rng(5)
    noise = [found(random.integers(1, 6, size=(80, 6)).astype(float)).explain for _ in range(200)]
    assert 0.01 <= np.mean(noise) <= 0.1  # 5 % by design
    data = ratings(2)
    fitted = sm.OLS(data[:, 0], sm.add_constant(data[:, 1:])).fit()
    assert found(data).explain == (fitted.f_pvalue < 0.05)


def test_nothing_explains_what_does_not_vary() -> None:
    assert not stats.drivers(0, np.zeros(6), np.zeros((6, 6))).explain
    assert not found(np.full((60, 6), 3.0)).explain
    perfect = np.repeat(np.arange(1.0, 6.0), 12)[:, None] * np.ones(6)
    assert found(perfect).explain
