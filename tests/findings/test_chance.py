"""The tests agree with the catalogue's intervals, and do not find what is not there."""

from math import isclose

import numpy as np
import pytest
from scipy import stats as scipy_stats

from dashboard import measures
from dashboard.estimators import Parts
from dashboard.findings import chance
from dashboard.findings.figures import measured, rest
from dashboard.measures import Measure

RNG = np.random.default_rng(5)


def one(metric: str, parts: Parts) -> Measure:
    return measured(metric, [parts])[0]


def share(n: int, p: float) -> Parts:
    return {"x": int(RNG.binomial(n, p)), "n": n}


def nps(n: int, p: float) -> Parts:
    counts = RNG.multinomial(n, (p, (1 - p) / 2, (1 - p) / 2))
    return dict(zip(("promoters", "passives", "detractors"), map(int, counts), strict=True))


def mean(n: int, p: float) -> Parts:
    ratings = RNG.normal(3 + p, 1, n)
    return {"n": n, "mean": float(ratings.mean()), "sd": float(ratings.std(ddof=1))}


@pytest.mark.parametrize(("metric", "draw"), [("csat", share), ("nps", nps), ("ces", mean)])
def test_p_is_below_5_percent_where_the_catalogue_says_significant(
    metric: str, draw: object
) -> None:
    verdicts = []
    for _ in range(300):
        before, after = (
            one(metric, draw(int(RNG.integers(40, 900)), float(RNG.uniform(0.5, 0.6))))  # type: ignore[operator]
            for _ in range(2)
        )
        found = chance.compared(metric, before, after)
        change = measures.change(metric, before, after)
        assert found is not None
        assert found.delta == pytest.approx(change.delta)
        if metric != "ces":  # Welch's t has fatter tails than the normal deviate of its interval
            assert (found.p < 0.05) == change.significant
        assert (found.low, found.high) == pytest.approx((change.low, change.high))
        verdicts.append(change.significant)
    assert 20 < sum(map(bool, verdicts)) < 280


def test_p_of_a_mean_is_below_5_percent_where_the_interval_excludes_0() -> None:
    for size in (40, 200):
        before, after = one("ces", mean(size, 0)), one("ces", mean(size, 0.35))
        found = chance.compared("ces", before, after)
        assert found is not None
        assert (found.p < 0.05) == (found.low > 0 or found.high < 0)


@pytest.mark.parametrize(("x0", "x1"), [(100, 130), (40, 80), (1000, 1100), (30, 33)])
def test_counts_agree_with_the_exact_test(x0: int, x1: int) -> None:
    found = chance.counts((x0, 365.0), (x1, 366.0), 1.0)
    exact = scipy_stats.binomtest(x1, x0 + x1, 366 / 731).pvalue
    assert found is not None
    assert found.p == pytest.approx(exact, rel=0.25)
    assert found.delta == pytest.approx(100 * (x1 / 366 / (x0 / 365) - 1))


def test_noise_widens_counts() -> None:
    narrow, wide = (chance.counts((100, 1.0), (150, 1.0), noise) for noise in (1.0, 4.0))
    assert narrow is not None
    assert wide is not None
    assert wide.p > 10 * narrow.p
    assert wide.low < narrow.low < narrow.high < wide.high


def test_nothing_of_nothing_is_no_difference() -> None:
    assert chance.counts((0, 1.0), (9, 1.0), 1.0) is None
    empty, full = one("csat", {"x": 0, "n": 0}), one("csat", {"x": 3, "n": 9})
    assert chance.compared("csat", empty, full) is None
    same = one("ces", {"n": 40, "mean": 5.0, "sd": 0.0})
    assert chance.compared("ces", same, same) is None


def test_dispersion_is_about_1_by_chance_and_grows_with_noise() -> None:
    flat = np.full(24, 200.0)
    of_chance = [chance.dispersion(RNG.poisson(flat), flat) for _ in range(200)]
    noisy = [
        chance.dispersion(RNG.poisson(flat * RNG.lognormal(0, 0.25, 24)), flat) for _ in range(200)
    ]
    assert 1 <= np.median(of_chance) < 1.3
    assert np.median(noisy) > 5


def test_a_step_is_no_noise() -> None:
    step = RNG.poisson(np.repeat([100.0, 200.0], 12))
    assert chance.dispersion(step, np.full(24, step.mean())) < 4


def test_more_comparisons_ask_for_more() -> None:
    assert chance.survivors([0.004], 0.01) == [True]
    assert chance.survivors([0.004] + [0.9] * 50, 0.01) == [False] * 51
    assert chance.survivors([], 0.01) == []


def test_beyond_the_others_is_the_difference_of_the_differences() -> None:
    own = chance.compared(
        "csat", one("csat", {"x": 80, "n": 100}), one("csat", {"x": 60, "n": 100})
    )
    assert own is not None
    same = chance.apart(own, own)
    assert same.delta == 0
    assert same.p == pytest.approx(1)


@pytest.mark.parametrize(("metric", "draw"), [("csat", share), ("nps", nps)])
def test_the_rest_and_the_group_are_the_whole(metric: str, draw: object) -> None:
    group, other = draw(70, 0.4), draw(200, 0.6)  # type: ignore[operator]
    whole = {name: group[name] + other[name] for name in group}
    found = rest(metric, one(metric, whole), [one(metric, group)])[0]
    assert found is not None
    assert dict(found.parts) == other


def test_the_rest_of_a_mean_has_its_mean_and_deviation() -> None:
    group, other = RNG.normal(4, 1, 50), RNG.normal(5, 2, 80)
    parts = [
        {"n": len(each), "mean": float(each.mean()), "sd": float(each.std(ddof=1))}
        for each in (group, other, np.concatenate([group, other]))
    ]
    found = rest("ces", one("ces", parts[2]), [one("ces", parts[0])])[0]
    assert found is not None
    assert all(isclose(found.parts[name], parts[1][name]) for name in parts[1])
    assert rest("ces", one("ces", parts[0]), [one("ces", parts[0])]) == [None]
