"""Panels of data quality: what is missing or contradictory, by selection and by load."""

import pandas as pd

from dashboard import quality, ui
from dashboard.ui import Page, words

NAMES = 200


def checks(page: Page) -> None:
    """The checks on the selection that found something."""
    t = page.t
    ui.table(
        page,
        _quality_checks(page),
        title=t("What figures of this selection miss"),
        note=t(
            "Only checks that found something. Names and parents are checked in the whole store."
        ),
        empty=t("Nothing is missing or contradictory."),
        columns=_forms(page),
    )


def loads(page: Page) -> None:
    """What each load refused, warned of or found missing."""
    t = page.t
    ui.table(
        page,
        _load_problems(page),
        title=t("What each load left open"),
        note=t("The share is of the rows read."),
        empty=t("No load refused, warned of or missed anything."),
        columns={t("Loaded"): ui.moment(), **_forms(page)},
    )


def names(page: Page) -> None:
    """Names that records use and no file has described yet."""
    t = page.t
    ui.table(
        page,
        _unregistered(page, NAMES),
        title=t("Names to be registered"),
        note=t(
            "Complete them on the page Data, or load a file of projects, staff or customers that "
            "describes them."
        ),
        empty=t("Every name is registered."),
    )


def _forms(page: Page) -> dict[str, object]:
    t = page.t
    return {
        t("Rows"): ui.whole_number(),
        t("Of"): ui.whole_number(),
        t("Share (%)"): ui.decimal(1),
    }


def _quality_checks(page: Page) -> pd.DataFrame:
    """The checks on the selection that found something: table, what is wrong, rows, of, share."""
    t = page.t
    found = page.rows("data_quality")
    found = found[found["rows"] > 0]
    return pd.DataFrame(
        {
            t("Table"): [t(quality.TABLES[each]) for each in found["table_name"]],
            t("What is wrong"): [t(quality.CHECKS[each]) for each in found["check"]],
            t("Rows"): found["rows"],
            t("Of"): found["of"],
            t("Share (%)"): (100 * found["rows"] / found["of"]).astype("Float64").round(1),
        }
    )


def _load_problems(page: Page) -> pd.DataFrame:
    """What each load refused, warned of or found missing, the latest load first."""
    t = page.t
    loads = page.rows_of_store("load_history")
    problems = page.rows_of_store("load_problems")
    names = words.column_names(t)
    found = problems.merge(loads[["load_id", "loaded_at", "file_name"]], on="load_id", how="left")
    return pd.DataFrame(
        {
            t("Loaded"): found["loaded_at"],
            t("File"): found["file_name"],
            t("Severity"): [t(quality.SEVERITIES[each]) for each in found["severity"]],
            t("Column"): [names.get(each, each) for each in found["column_name"]],
            t("Rule"): [t(quality.RULES[each]) for each in found["rule"]],
            t("Rows"): found["rows"],
            t("Share (%)"): (100 * found["rows"] / found["of"]).round(1),
        }
    )


def _unregistered(page: Page, limit: int) -> pd.DataFrame:
    """Names that records use and no file has described yet."""
    t = page.t
    found = page.rows_of_store("unregistered", table=None, limit=limit)
    return pd.DataFrame(
        {
            t("Table"): [t(quality.TABLES[each]) for each in found["table_name"]],
            t("Name"): found["id"],
        }
    )
