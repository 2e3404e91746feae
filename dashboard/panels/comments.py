"""What customers wrote, beside their scores."""

from typing import Any

import pandas as pd

from dashboard import ui
from dashboard.ui import Page

MOST_ROWS = 200
RATINGS = ("1", "2", "3", "4", "5")


def comments(page: Page) -> None:
    """Comments of the selection, newest first, filtered by score and searched."""
    t = page.t
    score = ui.choice(
        page,
        "score",
        t("Scores"),
        {
            "": t("All scores"),
            **{each: t("Satisfaction rating {n}", n=each) for each in RATINGS},
            "detractors": t("Detractors (0–6)"),
            "passives": t("Passives (7–8)"),
            "promoters": t("Promoters (9–10)"),
        },
    )
    words = ui.search(page, "words", t("Search the comments"))
    rated = score in RATINGS
    rows = page.rows(
        "survey_comments",
        csat=int(score) if rated else None,
        answer=None if rated else score or None,
        sought=words or None,
        limit=MOST_ROWS,
    )
    found = int(rows["found"].iloc[0]) if len(rows) else 0
    ui.table(
        page,
        _table(page, rows),
        title=t("What customers say"),
        note=_note(page, found),
        empty=t("No comment in the selection says this. Search for less, or widen the filters.")
        if score or words
        else t("No survey of the selection has a comment."),
        drill=lambda survey: page.link(show_survey=survey),
        columns={
            t("Answered"): ui.moment(),
            **{title: ui.whole_number() for title in (t("CSAT"), t("NPS"), t("CES"))},
        },
    )


def _table(page: Page, rows: pd.DataFrame) -> pd.DataFrame:
    t = page.t

    def named(group: str, column: str) -> list[Any]:
        return [None if pd.isna(key) else page.name(group, key) for key in rows[column]]

    return pd.DataFrame(
        {
            "key": rows["survey_id"],
            t("Answered"): rows["responded_at"],
            t("Comment"): rows["comment"],
            t("CSAT"): rows["csat"],
            t("NPS"): rows["nps"],
            t("CES"): rows["ces"],
            t("Project"): rows["project_name"],
            t("Kind"): named("kind", "kind"),
            t("Category"): named("category", "category"),
            t("Record"): rows["record_id"],
        }
    )


def _note(page: Page, found: int) -> str:
    t = page.t
    if found > MOST_ROWS:
        return t(
            "The newest {shown} of {n} comments. Choose a row to open it.",
            shown=t.number(MOST_ROWS),
            n=t.number(found),
        )
    return t.plural(
        "{n} comment. Choose a row to open it.", "{n} comments. Choose a row to open them.", found
    )
