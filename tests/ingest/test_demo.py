"""The demo portfolio keeps the contract, is repeatable, and tells its eight stories."""

import json
import re
from datetime import date
from functools import cache
from math import sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from dashboard import published
from dashboard.codes import CODES
from dashboard.commands import demo
from dashboard.contract import TABLES
from dashboard.errors import SettingsError
from dashboard.ingest.demo import make_portfolio, stories
from dashboard.ingest.schema import source_columns
from dashboard.metrics import METRICS

END = date(2026, 3, 31)
SMALL = 3_000
FULL = 60_000
Portfolio = dict[str, pd.DataFrame]

portfolio = cache(make_portfolio)


@pytest.fixture(scope="session")
def full() -> Portfolio:
    return portfolio(1, END, FULL)


@pytest.fixture(scope="session")
def records(full: Portfolio) -> pd.DataFrame:
    """Records that were not cancelled, with their project, customer and staff."""
    found = full["service_record"].query("status != 'cancelled'")
    found = found.merge(full["project"][["project_id", "region", "project_name"]], on="project_id")
    found = found.merge(full["customer"][["customer_id", "vip"]], on="customer_id", how="left")
    return found.merge(full["staff"][["staff_id", "staff_name", "team"]], on="staff_id", how="left")


@pytest.fixture(scope="session")
def answers(full: Portfolio, records: pd.DataFrame) -> pd.DataFrame:
    """Answered surveys with a rating and what their record says."""
    told = full["survey"][["record_id", "sent_at", "responded_at", "csat", "nps"]]
    return told[told["csat"].notna()].merge(records, on="record_id")


def digest(frames: Portfolio) -> dict[str, int]:
    return {
        name: hash(tuple(pd.util.hash_pandas_object(frame, index=False)))
        for name, frame in frames.items()
    }


def z_of(hits_a: pd.Series, hits_b: pd.Series) -> float:
    """Pooled z of the difference of two shares."""
    pooled = (hits_a.sum() + hits_b.sum()) / (len(hits_a) + len(hits_b))
    error = sqrt(pooled * (1 - pooled) * (1 / len(hits_a) + 1 / len(hits_b)))
    return float((hits_a.mean() - hits_b.mean()) / error)


def hours(records: pd.DataFrame, event: str) -> pd.Series:
    return (records[event] - records["created_at"]).dt.total_seconds() / 3600


def satisfied(answers: pd.DataFrame) -> pd.Series:
    return (answers["csat"] >= 4).astype(float)


def days_before_end(days: int) -> pd.Timestamp:
    return pd.Timestamp(END) - pd.Timedelta(days=days)


# repeatable


def test_same_seed_and_end_give_the_same_frames() -> None:
    assert digest(make_portfolio(5, END, SMALL)) == digest(make_portfolio(5, END, SMALL))


@pytest.mark.parametrize("other", [(6, END), (5, date(2026, 3, 30))])
def test_another_seed_or_end_gives_others(other: tuple[int, date]) -> None:
    ours, theirs = digest(portfolio(5, END, SMALL)), digest(portfolio(*other, SMALL))
    assert ours["service_record"] != theirs["service_record"]
    assert ours["survey"] != theirs["survey"]


def test_global_random_state_does_not_matter() -> None:
    before = digest(make_portfolio(5, END, 500))
    np.random.seed(0)
    assert digest(make_portfolio(5, END, 500)) == before


# size


def test_default_size(full: Portfolio) -> None:
    sizes = {name: len(full[name]) for name in ("project", "staff", "customer", "service_record")}
    assert sizes == {"project": 40, "staff": 160, "customer": 12_000, "service_record": FULL}
    assert full["project"]["region"].nunique() == 5


@pytest.mark.parametrize("count", [500, 9_000, 120_000])
def test_size_follows_the_number_of_records(count: int) -> None:
    made = make_portfolio(3, END, count)
    assert len(made["service_record"]) == count
    assert len(made["customer"]) == max(200, count // 5)
    assert made["project"]["region"].value_counts().min() >= 2
    for table, column in (("project", "project_name"), ("staff", "staff_name")):
        assert made[table][column].is_unique


@pytest.mark.parametrize("end", [date(2024, 2, 29), date(2025, 8, 15), date(2026, 12, 31)])
def test_covers_24_months_up_to_the_end(end: date) -> None:
    created = portfolio(2, end, SMALL)["service_record"]["created_at"]
    first = pd.Timestamp(end) + pd.Timedelta(days=1) - pd.DateOffset(months=24)
    assert first <= created.min() < first + pd.Timedelta(days=3)
    assert created.max().date() == end


# the contract

EVERY_TABLE = pytest.mark.parametrize("table", TABLES)


@EVERY_TABLE
def test_columns_are_those_of_the_contract(table: str, full: Portfolio) -> None:
    frame = full[table]
    assert list(frame.columns) == [column.name for column in source_columns(table)] or (
        table == "customer" and set(frame) == {column.name for column in source_columns(table)}
    )
    assert len(frame) > 0
    for column in source_columns(table):
        values = frame[column.name]
        assert not (column.required and values.isna().any()), column.name
        assert values.notna().any(), column.name
        if column.kind in ("DATE", "TIMESTAMP"):
            assert values.dtype.kind == "M", column.name
        if column.kind == "DATE":
            assert (values.dropna() == values.dropna().dt.normalize()).all(), column.name
        if column.kind == "BOOLEAN":
            assert values.dtype.name in ("bool", "boolean"), column.name


@EVERY_TABLE
def test_keys_codes_and_ranges_hold(table: str, full: Portfolio) -> None:
    contract, frame = TABLES[table], full[table]
    assert not frame.duplicated(list(contract.key)).any()
    for column, codes in contract.codes.items():
        assert set(frame[column].dropna()) <= set(CODES[codes]), column
    for column, bounds in contract.ranges.items():
        values = frame[column].dropna().astype(float)
        assert bounds.low is None or (values >= bounds.low).all(), column
        assert bounds.high is None or (values <= bounds.high).all(), column
    for order in (*contract.refused, *contract.warned):
        assert not (frame[order.later] < frame[order.earlier]).any(), order


@EVERY_TABLE
def test_references_exist(table: str, full: Portfolio) -> None:
    parents = ("project", "staff", "customer", "category", "survey")
    keys = {TABLES[parent].key[0]: parent for parent in parents} | {"record_id": "service_record"}
    for column, parent in (keys | {"owner_id": "staff"}).items():
        if column in full[table]:
            known = full[parent][TABLES[parent].key[0]]
            assert full[table][column].dropna().isin(known).all(), column


@EVERY_TABLE
def test_nothing_happens_after_the_end(table: str, full: Portfolio) -> None:
    planned = {"due_at", "due_on"}
    for column, values in full[table].items():
        if values.dtype.kind == "M" and column not in planned:
            assert not (values >= pd.Timestamp(END) + pd.Timedelta(days=1)).any(), column


def test_status_says_what_the_timestamps_say(full: Portfolio) -> None:
    found = full["service_record"]
    implied = np.select(
        [
            found["status"] == "cancelled",
            found["closed_at"].notna(),
            found["resolved_at"].notna(),
            found["first_response_at"].notna() | found["on_site_at"].notna(),
        ],
        ["cancelled", "closed", "resolved", "in_progress"],
        "open",
    )
    assert (found["status"] == implied).all()


def test_people_are_there_when_they_act(full: Portfolio) -> None:
    staff = full["staff"].set_index("staff_id")
    dated = {
        "review": "reviewed_on",
        "training": "held_on",
        "points": "earned_on",
        "inspection": "inspected_on",
        "skill": "assessed_on",
        "contract": "signed_on",
    }
    for table, column in dated.items():
        rows = full[table].dropna(subset="staff_id")
        person = staff.loc[rows["staff_id"]].reset_index(drop=True)
        when = rows[column].reset_index(drop=True)
        assert (person["hired_on"] <= when).all(), table
        assert not (person["left_on"] < when).any(), table


def test_metrics_of_targets_and_actions_exist(full: Portfolio) -> None:
    assert set(full["target"]["metric"]) <= set(METRICS)
    assert set(full["action"]["metric"]) <= set(METRICS)


# belief


def test_texts_name_no_assigned_phone_number(full: Portfolio) -> None:
    details = full["service_record"]["detail"].dropna()
    numbers = details.str.extract(r"(1\d{10})", flags=re.ASCII)[0].dropna()
    assert 0 < len(numbers) < 0.01 * FULL
    assert numbers.str.startswith("154").all()
    assert full["customer"]["phone"].str.fullmatch(r"154\d{8}").all()


def test_levels_are_those_of_a_decent_company(
    full: Portfolio, records: pd.DataFrame, answers: pd.DataFrame
) -> None:
    survey = full["survey"]
    assert 0.25 < survey["responded_at"].notna().mean() < 0.35
    assert 0.79 < satisfied(answers).mean() < 0.86
    nps = survey["nps"].dropna()
    assert 25 < 100 * ((nps >= 9).mean() - (nps <= 6).mean()) < 45
    assert 5.0 < survey["ces"].mean() < 5.6
    assert 0.18 < (records["kind"] == "complaint").mean() < 0.25
    resolved = records[records["resolved_at"].notna()]
    assert 0.04 < (resolved["reopen_count"] > 0).mean() < 0.08
    assert 0.03 < records["escalated"].mean() < 0.05
    old = records[records["created_at"] < days_before_end(30)]
    assert 0.93 < (hours(old, "resolved_at") <= 720).mean() < 0.97
    complaints = old[old["kind"] == "complaint"]
    assert (complaints["resolved_at"].isna()).sum() > 20
    steps = ["first_response_at", "resolved_at", "fed_back_at", "closed_at"]
    assert 0.85 < complaints[steps].notna().all(axis=1).mean() < 0.91


def test_ratings_hang_together(full: Portfolio) -> None:
    scores = full["survey"][["csat", "nps", "ces", "attitude", "efficiency"]].astype("Float64")
    assert scores.corr(method="spearman").to_numpy().min() > 0.35
    comments = full["survey"].dropna(subset=["comment", "csat"])
    assert (
        comments.loc[comments["csat"] <= 2, "comment"].str.contains("点赞|感动|太高效").sum() == 0
    )


# the eight stories


def test_story_1_satisfaction_collapses_after_handover(
    full: Portfolio, records: pd.DataFrame, answers: pd.DataFrame
) -> None:
    story = stories.COLLAPSE
    project = full["project"].query("project_name == @story.project").iloc[0]
    keys = project["handed_over_on"]
    assert keys == days_before_end(story.handed_over_before_end)
    theirs = answers[answers["project_name"] == story.project]
    before, after = (theirs[theirs["created_at"] < keys], theirs[theirs["created_at"] >= keys])
    assert z_of(satisfied(after), satisfied(before)) < -4
    complaints = records[
        (records["project_name"] == story.project) & (records["kind"] == "complaint")
    ]
    since = (complaints["created_at"] - keys).dt.days
    assert since.between(0, 99).sum() > 4 * since.between(-100, -1).sum()


@pytest.mark.parametrize(("region", "months"), [("华东", (6, 7)), ("华南", (8, 9))])
def test_story_2_leaks_follow_the_rain(
    records: pd.DataFrame, region: str, months: tuple[int, int]
) -> None:
    rainy = records["created_at"].dt.month.isin(months)
    leak = (records["category"] == stories.RAINY_LEAKS.category).astype(float)
    there = records["region"] == region
    assert z_of(leak[there & rainy], leak[there & ~rainy]) > 10
    elsewhere = leak[(records["region"] == "华北") & rainy]
    assert z_of(leak[there & rainy], elsewhere) > 5


def test_story_3_a_category_grows(records: pd.DataFrame) -> None:
    month = records["created_at"].dt.to_period("M")
    share = (records["category"] == stories.GROWTH.category).groupby(month).mean()
    slope = np.corrcoef(np.arange(len(share)), share)[0, 1]
    assert slope > 0.9
    assert share.iloc[-3:].mean() > 1.8 * share.iloc[:3].mean()


def test_story_4_a_standard_helps(full: Portfolio, records: pd.DataFrame) -> None:
    story = stories.NEW_STANDARD
    lives = full["standard"].query("standard_id == @story.standard_id")
    assert list(lives["state"]) == ["draft", "training", "pilot", "active"]
    assert lives["effective_from"].is_monotonic_increasing
    level2 = records[records["level"] == "L2"]
    met = (hours(level2, "on_site_at") <= 24).astype(float)
    after = level2["created_at"] >= days_before_end(story.active)
    before = level2["created_at"] < days_before_end(story.pilot)
    assert met[before].mean() < 0.75
    assert met[after].mean() > 0.85


def test_story_5_a_team_excels(
    full: Portfolio, records: pd.DataFrame, answers: pd.DataFrame
) -> None:
    story = stories.EXCELLENT_TEAM
    team = f"{story.region}{story.number}组"
    assert (full["staff"]["team"] == team).sum() >= 8
    theirs = answers["team"] == team
    assert z_of(satisfied(answers[theirs]), satisfied(answers[~theirs])) > 5
    level2 = records[records["level"] == "L2"]
    median = hours(level2, "resolved_at").groupby(level2["team"]).median()
    assert median.idxmin() == team


def test_story_6_a_newcomer_is_perfect(records: pd.DataFrame, answers: pd.DataFrame) -> None:
    story = stories.PERFECT_NEWCOMER
    assert (records["staff_name"] == story.staff_name).sum() == story.cases
    ratings = answers.loc[answers["staff_name"] == story.staff_name, "csat"]
    assert list(ratings) == [5] * story.perfect_surveys
    counts = satisfied(answers).groupby(answers["staff_name"]).agg(["sum", "size", "mean"])
    assert counts["mean"].max() == counts.loc[story.staff_name, "mean"] == 1
    shrunk = (counts["sum"] + 20 * satisfied(answers).mean()) / (counts["size"] + 20)
    assert (shrunk > shrunk[story.staff_name]).sum() > 10


def test_story_7_vips_get_less_than_promised(records: pd.DataFrame) -> None:
    graded = records.dropna(subset=["tier_target", "tier_delivered", "vip"])
    rank = {code: place for place, code in enumerate(CODES["tier_delivered"])}
    target, delivered = graded["tier_target"].map(rank), graded["tier_delivered"].map(rank)
    met = (delivered >= target).astype(float)
    vip = graded["vip"].astype(bool)
    assert set(graded.loc[vip, "tier_target"]) == {"exceeding", "memorable"}
    assert 0.80 < met.mean() < 0.88
    assert met[~vip].mean() - met[vip].mean() > 0.2
    assert z_of(met[vip], met[~vip]) < -10


def test_story_8_a_region_answers_seldom(full: Portfolio) -> None:
    story = stories.SILENT_REGION
    sent = full["survey"].merge(full["project"][["project_id", "region"]], on="project_id")
    rate = sent["responded_at"].notna().groupby(sent["region"]).mean()
    assert rate.idxmin() == story.region
    assert rate[story.region] < 0.6 * rate.drop(story.region).min()


# the command


def run_command(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(demo.command, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def test_the_command_publishes_without_refusals_and_warnings(tmp_path: Path) -> None:
    code, printed = run_command(
        *("--records", "800", "--end", "2026-03-31", "--store", str(tmp_path), "--json")
    )
    made = json.loads(printed)
    assert code == 0
    assert (made["from"], made["to"]) == ("2024-04-01", "2026-03-31")
    assert made["rows"] == {name: len(frame) for name, frame in portfolio(7, END, 800).items()}
    assert made["warnings"] == 0
    assert published.current_version(tmp_path) == 1


@pytest.mark.parametrize("end", ["31.12.2025", "2999-01-01"])
def test_the_command_refuses_an_impossible_end(end: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=re.escape(end)):
        run_command("--end", end, "--store", str(tmp_path))


# the document


def test_the_stories_are_told() -> None:
    told = Path(stories.__file__).with_name("STORIES.md").read_text(encoding="utf-8")
    team = f"{stories.EXCELLENT_TEAM.region}{stories.EXCELLENT_TEAM.number}组"
    names = [
        stories.COLLAPSE.project,
        stories.RAINY_LEAKS.category,
        stories.GROWTH.category,
        stories.NEW_STANDARD.standard_id,
        team,
        stories.PERFECT_NEWCOMER.staff_name,
        stories.SILENT_REGION.region,
    ]
    assert [name for name in names if name not in told] == []
    assert len(re.findall(r"^## \d", told, flags=re.MULTILINE)) == 8
