"""Standards, targets, inspections and improvement actions."""

import numpy as np
import pandas as pd

from dashboard.ingest.demo.clock import MONTHS, Period
from dashboard.ingest.demo.draw import Bools, Ints, chance, flags, ids, pick, weighted
from dashboard.ingest.demo.people import POSTS, Staff
from dashboard.ingest.demo.places import Projects
from dashboard.ingest.demo.stories import (
    NEW_STANDARD,
    SILENT_REGION,
)
from dashboard.ingest.demo.words import FINDINGS, INSPECTION_ITEMS

PHASES = ("before", "during", "after")
SEVERITIES = ("minor", "moderate", "severe")
INSPECTIONS_A_MONTH = 2.2
PASS_SCORE = 75.0
RECTIFIED_IN_TIME = 0.86
LONG_AGO = 1200
"""Days before the end since when the older standards are active."""

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
        "standard": _standards(period),
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


def _standards(period: Period) -> pd.DataFrame:
    """One row per version and state; the new standard goes through its whole life here.

    measure is what is timed, scope the level or kind it holds for.
    """
    new, hours = NEW_STANDARD, "h"
    onsite = (new.standard_id, "二级响应24小时到场", "on_site", "L2", 24.0, hours)
    rows = [
        (
            ("STD-L1-RESPONSE", "一级响应2小时确认", "first_response", "L1", 2.0, hours),
            "1.0",
            "active",
            LONG_AGO,
            None,
        ),
        (
            ("STD-L2-ONSITE-48", "二级响应48小时到场", "on_site", "L2", 48.0, hours),
            "1.0",
            "retired",
            LONG_AGO,
            new.active + 1,
        ),
        ((*onsite,), "0.1", "draft", new.draft, new.training + 1),
        ((*onsite,), "0.2", "training", new.training, new.pilot + 1),
        ((*onsite,), "0.9", "pilot", new.pilot, new.active + 1),
        ((*onsite,), "1.0", "active", new.active, None),
        (
            ("STD-L3-COMPLETE", "三级响应3日办结", "resolution", "L3", 72.0, hours),
            "1.0",
            "active",
            LONG_AGO,
            None,
        ),
        (
            ("STD-LEAK-INSPECT", "墙面渗水72小时勘查", "on_site", "leak", 72.0, hours),
            "1.0",
            "active",
            800,
            None,
        ),
        (
            ("STD-RECEPTION", "客户接待不超过15分钟", "reception", "visit", 15.0, "min"),
            "1.0",
            "active",
            LONG_AGO,
            None,
        ),
        (
            (
                "STD-FIRST-FOLLOWUP",
                "签约后24小时内首次跟进",
                "first_follow_up",
                "contract",
                24.0,
                hours,
            ),
            "1.0",
            "active",
            600,
            None,
        ),
        (
            ("STD-DELAY-NOTICE", "延期须在承诺时间前告知", "delay_notice", None, 0.0, hours),
            "0.2",
            "training",
            40,
            None,
        ),
        (
            ("STD-VIP-FEEDBACK", "VIP客户4小时内反馈", "first_response", "vip", 4.0, hours),
            "0.1",
            "draft",
            25,
            None,
        ),
    ]
    since = [period.before_end(days) for *_, days, _ in rows]
    until = [np.nan if days is None else period.before_end(days) for *_, days in rows]
    what = [row[0] for row in rows]
    return pd.DataFrame(
        {
            "standard_id": pd.Series([w[0] for w in what], dtype="str"),
            "version": pd.Series([row[1] for row in rows], dtype="str"),
            "name": pd.Series([w[1] for w in what], dtype="str"),
            "measure": pd.Series([w[2] for w in what], dtype="str"),
            "scope": pd.Series([w[3] for w in what], dtype="str"),
            "threshold": pd.Series([w[4] for w in what]),
            "unit": pd.Series([w[5] for w in what], dtype="str"),
            "state": pd.Series([row[2] for row in rows], dtype="str"),
            "effective_from": period.dates(np.array(since)),
            "effective_to": period.dates(np.array(until, dtype=np.float64)),
        }
    )


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
