"""What a heatmap of complaints shows: counts by two groups, rates and residuals, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dashboard import measures, stats, ui
from dashboard.estimators import DAYS_OF_MONTH
from dashboard.ui import Page
from dashboard.ui.frames import Axis

ROWS, COLUMNS = 40, 16
MONTHS = 36
_REST = "\0"
"""Key of all groups that are not shown."""

COUNT, RATE, RESIDUAL = "count", "rate", "residual"
TOTAL, SIMILAR = "total", "similar"


@dataclass(frozen=True)
class Kind:
    """One of the heatmaps: what its rows and columns are, and how it reads.

    rate   what the rate is, with ``decimals``
    sides  those without an order of their own: the most first, or the similar side by side
    keys   the keys of a side in their own order
    """

    name: str
    row: str
    column: str
    title: str
    alt: str
    rate: str
    decimals: int = 1
    sides: tuple[str, ...] = ()
    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)
    min_width: int = 640


def limits(kind: Kind) -> dict[str, int | None]:
    """How many groups of a side are told apart: all of those that have an order of their own."""
    rows = ROWS if "row" in kind.sides else None
    return {"rows": rows, "columns": COLUMNS if "column" in kind.sides else None}


def table_of(found: pd.DataFrame, kind: Kind) -> tuple[pd.DataFrame, int]:
    """Counts, a row and a column each for what is put together; how many have no handover."""
    keyed = found.assign(row=found["row"].fillna(_REST), column=found["column"].fillna(_REST))
    unknown = 0
    if kind.column == "handover":
        unknown = int(keyed.loc[keyed["column"] == "", "count"].sum())
        keyed = keyed[keyed["column"] != ""]
    table = keyed.pivot_table(
        index="row", columns="column", values="count", aggfunc="sum", fill_value=0
    )
    return table, unknown


def axis(page: Page, kind: Kind, table: pd.DataFrame, side: str, order: str) -> Axis:
    """The groups of one side that are shown, in the order asked for or in their own."""
    lines = table if side == "row" else table.T
    lines = lines[lines.index != _REST]
    group = kind.row if side == "row" else kind.column
    if side in kind.keys:
        keys = list(kind.keys[side])
    elif group == "month":
        keys = sorted(lines.index)[-MONTHS:]
        names = {key: page.t.month(ui.month_bounds(key)[0]) for key in keys}
        return [(key, names[key]) for key in keys]
    elif order == SIMILAR:
        keys = [lines.index[place] for place in stats.similar_order(lines.to_numpy())]
    else:
        totals = lines.sum(axis=1)
        keys = sorted(lines.index, key=lambda key: (-totals[key], key))
    if group == "hour":
        return [(key, key) for key in keys]
    return [(key, page.name(group, key)) for key in keys]


def share_of_row(_: Page, table: pd.DataFrame) -> pd.DataFrame:
    """Counts as percentages of their row."""
    return table.div(table.sum(axis=1), axis=0) * 100


def share_of_column(_: Page, table: pd.DataFrame) -> pd.DataFrame:
    """Counts as percentages of their column."""
    return table.div(table.sum(axis=0), axis=1) * 100


def per_households(page: Page, table: pd.DataFrame) -> pd.DataFrame:
    """Complaints of a project per 100 of its households and month; NaN where those are unknown."""
    metric = "complaints_per_100_households"
    per: dict[str, float] = {}
    for key, each in page.by("project", (metric,)).items():
        parts = each[metric].parts
        if parts["n"] >= measures.SUPPRESSED_BELOW:
            per[key] = 100 / parts["n"] / (parts["days"] / DAYS_OF_MONTH)
    factors = pd.Series(per, dtype=float).reindex(table.index)
    return table.mul(factors, axis=0)


def cells(
    page: Page,
    kind: Kind,
    table: pd.DataFrame,
    rates: pd.DataFrame,
    axes: tuple[Axis, Axis],
    shows: str,
) -> pd.DataFrame:
    """One row per cell with a complaint: keys, labels, three numbers, its text and its hover."""
    t = page.t
    counts = table.to_numpy()
    numbers = counts, rates.to_numpy(float), stats.adjusted_residuals(counts)
    rows = []
    for row, row_label in axes[0]:
        for column, column_label in axes[1]:
            if row not in table.index or column not in table.columns:
                continue
            place: Any = table.index.get_loc(row), table.columns.get_loc(column)
            count, rate, residual = (float(each[place]) for each in numbers)
            if not count and shows != RESIDUAL:  # none at all may be fewer than expected
                continue
            hover = t.plural(
                "{row}, {column}: {n} complaint, {rate} ({what}), residual {residual}",
                "{row}, {column}: {n} complaints, {rate} ({what}), residual {residual}",
                int(count),
                row=row_label,
                column=page.name(kind.column, column) if kind.column == "hour" else column_label,
                rate=t.number(rate, kind.decimals),
                what=kind.rate,
                residual=t.signed(residual, 1),
            )
            rows.append((row, column, row_label, column_label, int(count), rate, residual, hover))
    names = ["row", "column", "row_label", "column_label", COUNT, RATE, RESIDUAL, "hover"]
    data = pd.DataFrame(rows, columns=names)
    return data.assign(text=[_text(page, kind, shows, each) for each in data[shows]])


def _text(page: Page, kind: Kind, shows: str, value: float) -> str:
    """What stands in a cell; of residuals only those that stand out, marked."""
    if shows == RESIDUAL:
        mark = "▲" if value > 0 else "▼"
        return f"{mark}{page.t.number(abs(value))}" if abs(value) > stats.STANDS_OUT else ""
    return page.t.number(value, decimals(kind, shows))


def decimals(kind: Kind, shows: str) -> int:
    """With how many decimals the number that is shown is written."""
    return {COUNT: 0, RATE: kind.decimals, RESIDUAL: 1}[shows]
