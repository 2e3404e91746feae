"""What the frames of several panels share: names, axes, what was left out."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.ui.context import Page
from dashboard.ui.state import GROUP_FIELDS

Axis = list[tuple[str, str]]
"""(key, label) of the rows or columns of a heatmap, in order."""


def left_out(page: Page, what: str, limit: int, known: int) -> str:
    """Says that only the first of many groups are drawn; empty where all are."""
    if known <= limit:
        return ""
    return page.t("{what}: {shown} of {known} shown.", what=what, shown=limit, known=known)


def divided(page: Page, groups: Sequence[str]) -> tuple[str, ...]:
    """Those of the groups that the selection is not held to one of; all where it is to one of each.

    One project lies in one region.
    """
    held = {
        group for group, field in GROUP_FIELDS.items() if len(getattr(page.selection, field)) == 1
    }
    if "project" in held:
        held.add("region")
    return tuple(group for group in groups if group not in held) or tuple(groups)


def staff_names(page: Page) -> dict[str, str]:
    """Staff id → name; two people of one name are told apart by their ids."""
    people = page.rows_of_store("staff_names")
    shared = people["staff_name"].duplicated(keep=False)
    return {
        key: f"{name} ({key})" if twice else name
        for key, name, twice in zip(people["staff_id"], people["staff_name"], shared, strict=True)
    }


def by_total(cells: pd.DataFrame, side: str, labels: Mapping[str, str]) -> Axis:
    """The groups of one side of a heatmap, the largest total first."""
    totals = cells.groupby(side)["count"].sum()
    order = sorted(totals.index, key=lambda key: (-totals[key], key))
    return [(key, labels[key]) for key in order]


def cells_in_words(
    page: Page, cells: pd.DataFrame, rows: Mapping[str, str], columns: Mapping[str, str]
) -> pd.DataFrame:
    """Cells (row, column, count) with what they say when pointed at in ``hover``."""
    t = page.t
    return cells.assign(
        hover=[
            t(
                "{row}, {column}: {count}",
                row=rows.get(row, row),
                column=columns.get(column, column),
                count=t.number(count),
            )
            for row, column, count in zip(
                cells["row"], cells["column"], cells["count"], strict=True
            )
        ]
    )
