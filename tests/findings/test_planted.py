"""Where nothing happens nothing is found; what is planted is found, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.access import EVERYTHING, NOTHING
from dashboard.findings import Finding, Report, Verdict, examine
from dashboard.ingest.demo import make_portfolio
from dashboard.ingest.demo.stories import QUIET
from dashboard.selection import Comparison, Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests.findings.conftest import END, Frames, published

YEAR = Selection(date(2025, 4, 1), END)
QUARTER = Selection(date(2026, 1, 1), END)
LAST_YEAR = pd.Timestamp("2025-04-01")
QUIET_SEEDS = (3,)


def found(store: Store, selection: Selection = YEAR) -> Report:
    return examine(store, EVERYTHING, selection, selection.compared(Comparison.PREVIOUS))


def leads(report: Report) -> list[tuple[dict[str, str], str]]:
    return [(dict(each.where), each.metric) for each in report.changes]


@pytest.mark.parametrize("seed", QUIET_SEEDS)
def test_nothing_changes_where_nothing_happens(quiet: Callable[..., Store], seed: int) -> None:
    store = quiet(seed)
    for selection in (YEAR, QUARTER):
        for comparison in Comparison:
            report = examine(store, EVERYTHING, selection, selection.compared(comparison))
            assert report.changes == ()
            assert report.examined["changes"] > 0 or comparison is Comparison.NONE


def biggest(frames: Frames) -> str:
    return str(frames["service_record"]["project_id"].value_counts().index[0])


def after(moments: pd.Series) -> pd.Series:
    return moments >= LAST_YEAR


def test_a_project_whose_customers_turn_away(quiet: Callable[..., Store]) -> None:
    project = ""

    def plant(frames: Frames) -> None:
        nonlocal project
        project, survey = biggest(frames), frames["survey"]
        hit = (survey["project_id"] == project) & after(survey["responded_at"])
        frames["survey"] = survey.assign(
            csat=survey["csat"].mask(hit & survey["csat"].notna(), 2),
            nps=survey["nps"].mask(hit & survey["nps"].notna(), 3),
        )

    report = found(quiet(plant=plant))
    first = report.changes[0]
    assert dict(first.where) == {"project": project}
    assert first.verdict is Verdict.WORSE
    assert {"csat", "nps"} <= {each.metric for each in (first, *first.also)}
    assert all(each is first for each in report.changes if each.metric in ("csat", "nps"))


def test_everybody_answers_less(quiet: Callable[..., Store]) -> None:
    def plant(frames: Frames) -> None:
        survey = frames["survey"]
        lost = after(survey["sent_at"]) & (survey.index % 2 == 0)
        frames["survey"] = survey[~(lost & survey["responded_at"].notna())]
        kept = set(frames["survey"]["survey_id"])
        rows = frames["survey_dimension"]
        frames["survey_dimension"] = rows[rows["survey_id"].isin(kept)]

    report = found(quiet(plant=plant))
    assert leads(report) == [({}, "response_rate")]
    assert report.changes[0].verdict is Verdict.WORSE


def doubled(frames: Frames, hit: pd.Series) -> None:
    """Every record that is hit comes again under another id."""
    records = frames["service_record"]
    again = records[hit].assign(record_id="again" + records["record_id"])
    frames["service_record"] = pd.concat([records, again], ignore_index=True)


def test_a_category_that_doubles(quiet: Callable[..., Store]) -> None:
    def plant(frames: Frames) -> None:
        records = frames["service_record"]
        doubled(frames, (records["category"] == "facilities") & after(records["created_at"]))

    assert ("facilities", "record_count") in [
        (where.get("category"), metric) for where, metric in leads(found(quiet(plant=plant)))
    ]


def test_growth_of_the_whole_is_said_once(quiet: Callable[..., Store]) -> None:
    def plant(frames: Frames) -> None:
        doubled(frames, after(frames["service_record"]["created_at"]))

    report = found(quiet(plant=plant))
    volumes = [dict(each.where) for each in report.changes if each.difference.relative]
    assert volumes == [{}]


def test_what_is_significant_but_trivial_or_large_but_uncertain_stays_out(
    quiet: Callable[..., Store],
) -> None:
    def plant(frames: Frames) -> None:
        project, survey = biggest(frames), frames["survey"]
        answered = survey[(survey["project_id"] == project) & after(survey["responded_at"])]
        few = answered.index[:4]  # far too few of them to tell
        frames["survey"] = survey.assign(csat=survey["csat"].mask(survey.index.isin(few), 1))

    assert found(quiet(plant=plant)).changes == ()


def test_a_month_that_breaks_out(quiet: Callable[..., Store]) -> None:
    def plant(frames: Frames) -> None:
        survey = frames["survey"]
        hit = survey["responded_at"].dt.strftime("%Y-%m") == "2026-02"
        frames["survey"] = survey.assign(csat=survey["csat"].mask(hit & survey["csat"].notna(), 1))

    report = examine(quiet(plant=plant, records=12_000), EVERYTHING, YEAR, None)
    first = report.changes[0]
    assert (first.metric, first.where, first.months) == ("csat", (), ("2026-02",))
    assert first.verdict is Verdict.WORSE


def test_data_that_begin_late_are_no_growth(tmp_path: Path) -> None:
    frames = make_portfolio(3, END, 4_000, QUIET)
    records = frames["service_record"]
    frames["service_record"] = records[records["created_at"] >= "2025-01-01"]
    report = found(published(tmp_path, frames))
    assert not report.covered
    assert not [each for each in report.changes if each.difference.relative]


def test_the_selection_narrows(still: Store) -> None:
    region = replace(YEAR, regions=("华东",))
    for each in _all(found(still, region)):
        assert each.key("region") in (None, "华东")
        assert each.rows.regions == ("华东",)


def _all(report: Report) -> list[Finding]:
    return [one for each in (*report.changes, *report.standing) for one in (each, *each.also)]


def test_nothing_is_found_in_nothing(empty_store: Path, still: Store) -> None:
    empty = Store(Settings(store=empty_store))
    for store, scope in ((empty, EVERYTHING), (still, NOTHING)):
        report = examine(store, scope, YEAR, YEAR.compared(Comparison.PREVIOUS))
        assert (report.changes, report.standing) == ((), ())


@pytest.mark.parametrize(
    "selection",
    [
        Selection(date(2026, 3, 31), END),
        Selection(date(1990, 1, 1), date(1990, 12, 31)),
        Selection(date(2200, 1, 1), date(2200, 1, 31)),
        Selection(date(2020, 1, 1), END),
        Selection(date(2024, 2, 29), date(2026, 2, 28)),
        replace(YEAR, categories=("",)),
        replace(YEAR, projects=("nowhere",)),
        replace(YEAR, kinds=("praise",), levels=("L1",)),
    ],
)
def test_no_selection_breaks_it(still: Store, selection: Selection) -> None:
    for comparison in Comparison:
        report = examine(still, EVERYTHING, selection, selection.compared(comparison))
        assert report.changes == ()
