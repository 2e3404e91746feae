"""Portfolios whose names and texts try to be markup, formulas and links, and one that is wide."""

import re

import pandas as pd

from tests.stores import Portfolio

PERIOD = {"from": "2024-03-01", "to": "2024-03-31"}
NAMES = (
    "<b>bold</b>",
    "=1+1",
    "![x](http://x.invalid/p.png)",
    "[a](javascript:alert(1))",
    "$x$ and $y^2$",
    ":red[x] :material/warning:",
    "🏠 家园",
    "\u202eevil\u202c",
    "# heading",
    "很长的项目名称" * 8 + "长名",
    "A very long name of a project that never seems to end " + "xx",
    '<img src="http://x.invalid/q.png" onerror="alert(1)">',
)
"""Names of projects, staff and categories; titles and comments hold them, too."""

_LIVE = re.compile(r"(?<!\\)(!?\[[^\]\\]*\]\((http|javascript)|:red\[x|\$x|<b>|<img)")


def live(markdown: str) -> list[str]:
    """Markup of ``NAMES`` that a markdown text would carry out."""
    return [found.group() for found in _LIVE.finditer(markdown)]


def portfolio(each: int = 12) -> Portfolio:
    """Every odd name as a project with its person and its category, ``each`` complaints apiece."""
    numbers = range(len(NAMES))
    rows = [(number, turn) for number in numbers for turn in range(each)]
    created = pd.Timestamp("2024-03-02") + pd.to_timedelta(
        [number * 7 + 50 * turn for number, turn in rows], unit="h"
    )
    ids = [f"R{number}-{turn}" for number, turn in rows]
    names = [NAMES[number] for number, _ in rows]
    projects, staff = [f"P{n}" for n, _ in rows], [f"S{n}" for n, _ in rows]
    resolved = [at if turn % 3 else None for at, (_, turn) in zip(created, rows, strict=True)]
    answered = created + pd.Timedelta(hours=30)
    return {
        "project": pd.DataFrame(
            {
                "project_id": [f"P{n}" for n in numbers],
                "project_name": NAMES,
                "region": NAMES,
                "households": 100,
            }
        ),
        "staff": pd.DataFrame(
            {
                "staff_id": [f"S{n}" for n in numbers],
                "staff_name": NAMES,
                "project_id": [f"P{n}" for n in numbers],
                "team": NAMES,
            }
        ),
        "service_record": pd.DataFrame(
            {
                "record_id": ids,
                "created_at": created,
                "resolved_at": pd.to_datetime(resolved),
                "due_at": created + pd.Timedelta(hours=5),
                "project_id": projects,
                "staff_id": staff,
                "kind": "complaint",
                "channel": ["phone" if turn % 2 else "app" for _, turn in rows],
                "category": names,
                "title": names,
                "status": ["resolved" if turn % 3 else "open" for _, turn in rows],
            }
        ),
        "survey": pd.DataFrame(
            {
                "survey_id": [f"V{each}" for each in ids],
                "record_id": ids,
                "project_id": projects,
                "staff_id": staff,
                "sent_at": created,
                "responded_at": answered,
                "nps": [turn % 11 for _, turn in rows],
                "csat": [1 + turn % 5 for _, turn in rows],
                "ces": [1 + turn % 7 for _, turn in rows],
                "comment": names,
            }
        ),
    }


def many_projects(count: int) -> Portfolio:
    """So many projects, each with ten complaints."""
    few = portfolio()
    template = few["service_record"].iloc[:10]
    projects = [f"P{number:04d}" for number in range(count)]
    records = pd.concat(
        [
            template.assign(
                record_id=[f"{project}-{turn}" for turn in range(10)],
                project_id=project,
                category=f"c{number % 15}",
            )
            for number, project in enumerate(projects)
        ],
        ignore_index=True,
    )
    return few | {
        "project": pd.DataFrame(
            {
                "project_id": projects,
                "project_name": [f"Project {project}" for project in projects],
                "region": [f"Region {number % 9}" for number in range(count)],
                "households": 100,
            }
        ),
        "service_record": records,
        "survey": few["survey"].assign(project_id="P0001", record_id=None),
    }
