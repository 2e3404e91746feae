"""Standards, targets, inspections and improvement actions."""

import numpy as np
import pandas as pd

from dashboard.ingest.demo.clock import MONTHS, Period
from dashboard.ingest.demo.draw import Bools, Ints, chance, flags, ids, pick, weighted
from dashboard.ingest.demo.people import POSTS, Staff
from dashboard.ingest.demo.places import Projects
from dashboard.ingest.demo.standards import standard_table
from dashboard.ingest.demo.stories import (
    SILENT_REGION,
)
from dashboard.ingest.demo.words import FINDINGS, INSPECTION_ITEMS

PHASES = ("before", "during", "after")
SEVERITIES = ("minor", "moderate", "severe")
INSPECTIONS_A_MONTH = 2.2
PASS_SCORE = 75.0
RECTIFIED_IN_TIME = 0.86

COMPANY_TARGETS = {
    "csat": 85.0,
    "nps": 45.0,
    "ces": 5.5,
    "response_rate": 30.0,
    "response_l1_rate": 90.0,
    "onsite_l2_rate": 90.0,
    "complete_l3_rate": 90.0,
    "resolved_within_30d": 95.0,
    "closed_loop_rate": 95.0,
    "reopen_rate": 5.0,
    "repeat_rate": 5.0,
    "tier_attainment": 90.0,
}
"""In the unit of the metric, percent for shares."""


def make_supervision(
    rng: np.random.Generator, period: Period, projects: Projects, staff: Staff
) -> dict[str, pd.DataFrame]:
    """The tables ``inspection``, ``standard`` and ``target``."""
    return {
        "inspection": _inspections(rng, period, projects, staff),
        "standard": standard_table(period),
        "target": _targets(period, projects),
    }


def _inspections(
    rng: np.random.Generator, period: Period, projects: Projects, staff: Staff
) -> pd.DataFrame:
    """Two a month in every project; one in three has a finding with a deadline."""
    n = int(len(projects) * MONTHS * INSPECTIONS_A_MONTH)
    project, day = rng.integers(0, len(projects), n), np.sort(rng.integers(0, period.days, n))
    person = project * POSTS + rng.integers(0, POSTS, n)
    named = staff.employed(person, day) & chance(rng, 0.6, n)
    score = np.clip(84 + 8 * projects.quality[project] + 8 * rng.standard_normal(n), 30, 100)
    score = score.round()
    found = chance(rng, np.where(score < PASS_SCORE, 0.97, 0.24), n)
    severity = weighted(rng, (62, 30, 8), n)
    allowed = np.array([14, 7, 3])[severity]
    in_time = chance(rng, RECTIFIED_IN_TIME, n)
    late = allowed + 1 + rng.exponential(9, n)
    took = np.where(in_time, rng.uniform(0, 1, n) * allowed, late).round()
    rectified = period.past_days(np.where(found & ~chance(rng, 0.02, n), day + took, np.nan))
    rechecked = period.past_days(rectified + 1 + rng.integers(0, 6, n))
    return pd.DataFrame(
        {
            "inspection_id": ids("I", n, 5),
            "project_id": pick(projects.table["project_id"], project),
            "staff_id": pick(staff.table["staff_id"], np.where(named, person, -1)),
            "inspected_on": period.dates(day),
            "item": pick(INSPECTION_ITEMS, rng.integers(0, len(INSPECTION_ITEMS), n)),
            "phase": pick(PHASES, rng.integers(0, len(PHASES), n)),
            "score": pd.Series(np.where(chance(rng, 0.03, n), np.nan, score)),
            "passed": flags(score >= PASS_SCORE, ~chance(rng, 0.02, n)),
            **_finding(rng, found, severity),
            "due_on": period.dates(np.where(found, day + allowed, np.nan)),
            "rectified_on": period.dates(rectified),
            "rechecked_on": period.dates(rechecked),
            "recheck_passed": flags(chance(rng, 0.92, n), np.isfinite(rechecked)),
        }
    )


def _finding(rng: np.random.Generator, found: Bools, severity: Ints) -> dict[str, "pd.Series[str]"]:
    text = rng.integers(0, len(FINDINGS), len(found))
    return {
        "finding": pick(FINDINGS, np.where(found, text, -1)),
        "severity": pick(SEVERITIES, np.where(found, severity, -1)),
    }


def _targets(period: Period, projects: Projects) -> pd.DataFrame:
    """Company targets, some for a region or a project, and a rising one for the last year's NPS."""
    collapsed = str(projects.table["project_id"].iloc[projects.collapsed])
    months = pd.period_range(
        end=pd.Timestamp(period.date_at(period.days - 1)), periods=12, freq="M"
    )
    rows: list[tuple[str, str, str | None, str | None, float]] = [
        (metric, "company", None, None, value) for metric, value in COMPANY_TARGETS.items()
    ]
    rows += [
        ("nps", "company", None, str(month), 34.0 + place) for place, month in enumerate(months)
    ]
    rows += [
        ("response_rate", "region", SILENT_REGION.region, None, 25.0),
        ("csat", "region", "华北", None, 88.0),
        ("csat", "project", collapsed, None, 80.0),
        ("resolved_within_30d", "project", collapsed, None, 92.0),
    ]
    names = ("metric", "scope_type", "scope_id", "month")
    columns = {
        name: pd.Series([row[place] for row in rows], dtype="str")
        for place, name in enumerate(names)
    }
    return pd.DataFrame({**columns, "value": pd.Series([row[4] for row in rows])})
