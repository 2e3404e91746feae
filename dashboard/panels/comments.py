"""What customers wrote, beside their scores."""

from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import ui
from dashboard.ui import Page, listing

RATINGS = ("1", "2", "3", "4", "5")


def comments(page: Page) -> None:
    """Comments of the selection, newest first, filtered by score and searched."""
    t = page.t
    scores = {
        "": t("All scores"),
        **{each: t("Satisfaction rating {n}", n=each) for each in RATINGS},
        "detractors": t("Detractors (0–6)"),
        "passives": t("Passives (7–8)"),
        "promoters": t("Promoters (9–10)"),
    }
    score = ui.choice(page, "score", t("Scores"), scores)
    words = ui.search(page, "words", t("Search the comments"))
    rated = score in RATINGS
    asked: dict[str, Any] = {
        "csat": int(score) if rated else None,
        "answer": None if rated else score or None,
        "sought": words or None,
    }

    def rows(limit: int, offset: int) -> pd.DataFrame:
        return _in_words(page, page.rows("survey_comments", limit=limit, offset=offset, **asked))

    first = rows(listing.ROWS, 0)
    told = (scores[score] if score else "", t("Search: {text}", text=words) if words else "")
    listing.listing(
        replace(page, subject=" · ".join(filter(None, told))),
        rows,
        {
            "key": t("Record"),
            "responded_at": t("Answered"),
            "comment": t("Comment"),
            "csat": t("CSAT"),
            "nps": t("NPS"),
            "ces": t("CES"),
            "project_name": t("Project"),
            "kind": t("Kind"),
            "category": t("Category"),
        },
        title=t("What customers say"),
        count=int(first["found"].iloc[0]) if len(first) else 0,
        empty=t("No comment in the selection says this. Search for less, or widen the filters.")
        if score or words
        else t("No survey of the selection has a comment."),
        note=_found(page, first),
        metric=("csat", "nps", "ces"),
        opens="key",
    )


def _in_words(page: Page, found: pd.DataFrame) -> pd.DataFrame:
    """The rows of the query with codes in words, and the record (else the survey) to open."""

    def named(group: str) -> list[Any]:
        return [None if pd.isna(key) else page.name(group, key) for key in found[group]]

    recorded = found["record_id"].notna()
    return found.assign(
        table=recorded.map({True: "service_record", False: "survey"}),
        key=found["record_id"].where(recorded, found["survey_id"]),
        kind=named("kind"),
        category=named("category"),
    )


def _found(page: Page, rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    found = int(rows["found"].iloc[0])
    return page.t.plural("{n} comment, newest first.", "{n} comments, newest first.", found)
