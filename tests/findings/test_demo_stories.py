"""The stories of the demo portfolio surface by themselves, with the rows that they rest on."""

from datetime import date

import pytest

from dashboard.access import EVERYTHING, Scope
from dashboard.findings import Finding, Kind, Report, Verdict, examine
from dashboard.findings.figures import QUERIES, figures
from dashboard.findings.rules import COMPARED, SHOWN
from dashboard.ingest.demo import stories
from dashboard.measures import measure, suppressed
from dashboard.metrics import METRICS, Statistic
from dashboard.selection import Comparison, Selection
from dashboard.store import Store

YEAR = Selection(date(2025, 4, 1), date(2026, 3, 31))


@pytest.fixture(scope="module")
def report(told: Store) -> Report:
    return examine(told, EVERYTHING, YEAR, YEAR.compared(Comparison.PREVIOUS))


@pytest.fixture(scope="module")
def names(told: Store) -> dict[str, str]:
    """Project name → id."""
    options = told.run("filter_options", EVERYTHING)
    rows = options[options["filter"] == "project"]
    return dict(zip(rows["label"], rows["value"], strict=True))


def everything(found: tuple[Finding, ...]) -> list[Finding]:
    return [one for each in found for one in (each, *each.also)]


def about(found: tuple[Finding, ...], **where: str) -> list[Finding]:
    """The findings that are led by this place."""
    return [each for each in found if dict(each.where) == where]


def test_1_the_collapse_is_one_finding_with_all_that_fell(
    report: Report, names: dict[str, str]
) -> None:
    (found,) = about(report.changes, project=names[stories.COLLAPSE.project])
    assert found.verdict is Verdict.WORSE
    assert {"csat", "nps", "complaint_count"} <= {each.metric for each in (found, *found.also)}
    told_apart = about(report.changes, region=stories.COLLAPSE.region)
    assert not [each for each in told_apart if each.metric in ("csat", "nps")]


@pytest.mark.parametrize(("region", "months"), [("华东", {"06", "07"}), ("华南", {"08", "09"})])
def test_2_leaks_stand_out_in_the_rain(report: Report, region: str, months: set[str]) -> None:
    (found,) = about(report.standing, region=region, category=stories.RAINY_LEAKS.category)
    assert {month[-2:] for month in found.months} == months
    assert found.kind is Kind.CLUSTER


def test_3_the_growing_category_is_a_change(report: Report) -> None:
    (found,) = about(report.changes, category=stories.GROWTH.category)
    assert found.rises
    assert found.difference.delta > 50


def test_4_the_new_standard_comes_first(report: Report) -> None:
    first = report.changes[0]
    assert (first.metric, first.where, first.verdict) == ("onsite_l2_rate", (), Verdict.BETTER)
    assert "standard_rate" in {each.metric for each in first.also}


def test_5_the_excellent_team_stands_out(report: Report) -> None:
    team = f"{stories.EXCELLENT_TEAM.region}{stories.EXCELLENT_TEAM.number}组"
    (found,) = about(report.standing, team=team)
    assert found.verdict is Verdict.BETTER
    assert {"csat", "nps"} <= {each.metric for each in (found, *found.also)}


def test_6_the_perfect_newcomer_is_no_finding(report: Report) -> None:
    every = everything(report.changes) + everything(report.standing)
    assert not [each for each in every if "staff" in each.dimensions]
    assert not [each for each in every if suppressed(each.after)]


def test_7_high_promises_are_kept_seldom(report: Report) -> None:
    targets = {
        each.key("target_tier"): each
        for each in everything(report.standing)
        if "target_tier" in each.dimensions
    }
    assert set(targets) == {"exceeding", "memorable"}
    assert all(each.verdict is Verdict.WORSE for each in targets.values())


def test_8_the_silent_region_stands_out(report: Report) -> None:
    (found,) = about(report.standing, region=stories.SILENT_REGION.region)
    assert found.metric == "response_rate"
    assert found.after.value is not None
    assert found.before.value is not None
    assert found.after.value < 0.6 * found.before.value


def test_the_most_important_comes_first_and_the_list_is_short(report: Report) -> None:
    for found in (report.changes, report.standing):
        weights = [each.importance for each in found]
        assert weights == sorted(weights, reverse=True)
        assert 0 < len(found) <= SHOWN
        assert all(0 < each.size < 1 and 0 < each.volume <= 1 for each in everything(found))


def test_behind_every_finding_are_the_rows_that_it_counts(told: Store, report: Report) -> None:
    for each in everything(report.changes) + everything(report.standing):
        behind = measure(told, EVERYTHING, each.rows, None, [each.metric])[""][each.metric]
        counted = METRICS[each.metric].statistic is Statistic.COUNT
        assert behind.n == (each.after.value if counted else each.after.n), each
        if METRICS[each.metric].statistic is not Statistic.SURVIVAL_SHARE or not each.months:
            assert behind.value == pytest.approx(each.after.value), each


def test_nothing_is_told_twice(report: Report) -> None:
    for found in (report.changes, report.standing):
        heads = [(each.where, each.metric, each.months) for each in found]
        assert len(set(heads)) == len(heads)
        assert not [
            other
            for each in found
            for other in each.also
            if (other.where, other.metric, other.months) in heads
        ]


def test_the_figures_are_those_of_the_catalogue(told: Store) -> None:
    found = figures(told, EVERYTHING, YEAR, COMPARED)
    for dimension, wanted in COMPARED.items():
        metrics = [each for each in wanted if each in found]
        known = measure(told, EVERYTHING, YEAR, dimension or None, metrics)
        for metric in metrics:
            mine = {
                cell.group: (each.n, each.value)
                for cell, each in found[metric].items()
                if cell.dimension == dimension
            }
            theirs = {
                key: (each[metric].n, each[metric].value)
                for key, each in known.items()
                if metric in each
            }
            assert mine == theirs, (dimension, metric)


def test_every_metric_of_the_rules_has_a_query() -> None:
    asked = {metric for metrics in COMPARED.values() for metric in metrics}
    assert asked == {metric for metrics in QUERIES.values() for metric in metrics}


def test_a_scope_is_never_left(told: Store, names: dict[str, str]) -> None:
    own = names[stories.COLLAPSE.project]
    projects = frozenset({own, *list(names.values())[:4]})
    found = examine(told, Scope(projects), YEAR, YEAR.compared(Comparison.PREVIOUS))
    every = everything(found.changes) + everything(found.standing)
    assert about(found.changes, project=own)
    assert {each.key("project") for each in every} - {None} <= projects
    for each in every:
        whole = measure(told, Scope(projects), each.rows, None, [each.metric])[""][each.metric]
        assert whole.n == (
            each.after.value if METRICS[each.metric].statistic is Statistic.COUNT else each.after.n
        )


def test_without_a_comparison_the_months_are_watched(told: Store) -> None:
    found = examine(told, EVERYTHING, YEAR, None)
    assert found.changes
    assert {each.kind for each in everything(found.changes)} == {Kind.SHIFT}
    assert "standard_rate" in {each.metric for each in everything(found.changes)}
